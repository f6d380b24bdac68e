import { createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { OAUTH_CREDENTIAL, type Stage } from '../sandbox/demo/stage.mts';
import { errorOf, type CredentialRef, type WorkflowNode } from '../sandbox/n8n/drive.mts';
import { beginPeak, readMemory } from '../sandbox/n8n/memory.mts';

const MB = 1024 * 1024;
const ACCOUNT = 'sandbox_bakery';
/** What n8n gives back by itself after a warm-up is given back by then. */
const SETTLE_MS = 2000;
/** Meta's answer waits this long, so that the memory before the first byte can be read. */
const HOLD_MS = 1000;

/** A video on the disk. */
export type VideoFile = {
	path: string;
	bytes: number;
	sha256: string;
};

/** Writes what passes for an MP4 with random media, piece by piece: nobody holds the whole. @param bytes size, whole megabytes */
export async function writeVideo(path: string, bytes: number): Promise<VideoFile> {
	const head = Buffer.alloc(32);
	head.writeUInt32BE(24, 0);
	head.write('ftypisom', 4, 'latin1');
	head.writeUInt32BE(bytes - 24, 24);
	head.write('mdat', 28, 'latin1');
	const hash = createHash('sha256');
	const file = await open(path, 'w');
	try {
		for (let at = 0; at < bytes; at += MB) {
			const piece = randomBytes(MB);
			if (at === 0) head.copy(piece);
			hash.update(piece);
			await file.write(piece);
		}
	} finally {
		await file.close();
	}
	return { path, bytes, sha256: hash.digest('hex') };
}

/** How a video got to Meta, and what n8n's process held meanwhile, in bytes. */
export type Sent = {
	baseline: number;
	/** At most, over the whole execution: n8n's own reading of the file included. */
	growth: number;
	/** Growth over the most that n8n held before, from the moment on in which the node asks Meta for a container: what sending adds. */
	sending: number;
	ms: number;
	/** Where each piece of the upload began. */
	offsets: number[];
	/** Of what arrived. */
	sha256: string;
};

const node = (name: string, type: string, parameters: object, more: object = {}): WorkflowNode =>
	({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...more }) as WorkflowNode;
const link = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

/**
 * Publishes a video of n8n's disk as a reel, on a real n8n.
 * @param breakAt cuts the connection once this many bytes have come
 * @throws Error when n8n does not publish it, or on other systems than Linux
 */
export async function sendVideo(
	stage: Stage,
	credential: CredentialRef,
	{ path }: VideoFile,
	breakAt?: number,
): Promise<Sent> {
	const { client, control, n8n, sandbox } = stage;
	const since = (await control.requests()).at(-1)?.seq ?? 0;
	const parameters = {
		authentication: OAUTH_CREDENTIAL,
		resource: 'post',
		operation: 'publishReel',
		account: { __rl: true, mode: 'id', value: ACCOUNT },
		source: 'binary',
		binaryField: 'data',
		caption: path,
	};
	const { id } = await client.workflows.import({
		name: 'large video',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node('Read', 'n8n-nodes-base.readWriteFile', { operation: 'read', fileSelector: path, options: {} }),
			node('Instagram', n8n.packageType('instagram'), parameters, { credentials: { [OAUTH_CREDENTIAL]: credential } }),
		],
		connections: { Start: link('Read'), Read: link('Instagram') },
	});
	if (breakAt !== undefined)
		await control.call('POST', '/faults', { method: 'POST', path: '^/ig-api-upload/', afterBytes: breakAt });
	await delay(SETTLE_MS);
	const { now: baseline } = await readMemory(n8n.pid);
	await beginPeak(n8n.pid);
	const startedAt = Date.now();
	await control.call('POST', '/faults', { method: 'POST', path: '/media$', delayMs: HOLD_MS });
	await client.executions.run(id, { trigger: 'Start' });
	const isAsked = async () =>
		(await control.requests(since)).some(
			({ method, path: called }) => method === 'POST' && called.endsWith('/media'),
		) || undefined;
	await control.until('the call that makes a container', isAsked, 60_000);
	const before = await readMemory(n8n.pid);
	await beginPeak(n8n.pid);
	const error = errorOf(await client.executions.waitFor(id, { timeoutMs: 5 * 60_000 }));
	if (error) throw new Error(`${error.message}: ${error.description}`);
	const ms = Date.now() - startedAt;
	const { peak } = await readMemory(n8n.pid);
	const growth = Math.max(peak, before.peak) - baseline;
	const [post] = await control.feed(ACCOUNT);
	// Once is enough to compare: the next one needs the room.
	const media = sandbox.world.media.get(post.id);
	if (media) sandbox.world.assets.delete(media.assetId);
	const pieces = (await control.requests(since)).filter(
		({ method, path: called }) => method === 'POST' && called.startsWith('/ig-api-upload/'),
	);
	return {
		baseline,
		growth,
		sending: peak - Math.max(baseline, before.now),
		ms,
		offsets: pieces.map(({ body }) => Number((body as { offset: string }).offset)),
		sha256: post.sha256,
	};
}
