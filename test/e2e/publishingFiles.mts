import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPicture } from '../../sandbox/demo/picture.mts';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { film } from '../support/mp4.mts';
import { instagram, makeFile, outcomeOf, runFlow, type FlowRun } from './fileFlow.mts';
import { ACCOUNT, operation, type Login } from './support.mts';

export const FROM_FILE = { source: 'binary', binaryField: 'data' };
/** All files of an item, in the order of their names. */
export const ALL_FILES =
	'={{ Object.entries($binary).sort((a, b) => a[1].fileName.localeCompare(b[1].fileName)).map(([binary]) => ({ binary })) }}';

export function picture(shade: number) {
	return drawPicture(400 + shade, 400);
}
function base64(bytes: Buffer) {
	return { file: bytes.toString('base64') };
}

/** A reel for which the node waits no longer than a second. */
export function impatientReel(login: Login, caption: string) {
	return operation(login, 'post', 'publishReel', { ...FROM_FILE, caption, options: { maxWait: 1 } });
}

/** Writes the files of a carousel, pictures and videos, and gives them back in their order. */
export async function writeParts(folder: string, prefix: string, count: number): Promise<Buffer[]> {
	const parts = Array.from({ length: count }, (_, index) =>
		index % 3 === 1 ? film({ size: 100_000 + index }) : picture(index),
	);
	await Promise.all(
		parts.map(
			async (bytes, index) =>
				await writeFile(
					join(folder, `${prefix}-${String(index).padStart(2, '0')}.${index % 3 === 1 ? 'mp4' : 'jpg'}`),
					bytes,
				),
		),
	);
	return parts;
}

/** What the address of a file, as n8n signed it, stands for. */
export function claimsOf(url: string) {
	return JSON.parse(
		Buffer.from(new URL(url).searchParams.get('token')?.split('.')[1] ?? '', 'base64url').toString(),
	) as {
		id: string;
		exp: number;
		iat: number;
	};
}

/** What Meta was asked and has. */
export function published(stage: () => Stage) {
	const requests = async (since: number) => await stage().control.requests(since);
	return {
		requests,
		lastRequest: async () => (await requests(0)).at(-1)?.seq ?? 0,
		postsOf: async (caption: string) =>
			(await stage().control.feed(ACCOUNT)).filter((post) => post.caption === caption),
		made: async (since: number) =>
			(await requests(since))
				.filter(({ method, path }) => method === 'POST' && path.endsWith('/media'))
				.map(({ body }) => body as Record<string, string>),
		uploads: async (since: number) =>
			(await requests(since)).filter(({ method, path }) => method === 'POST' && path.startsWith('/ig-api-upload/')),
		fault: async (path: string, more: object) => await stage().control.call('POST', '/faults', { path, ...more }),
		/** The bytes of a post, or of the items of a carousel, as Meta has them. */
		bytesOf(id: unknown): Buffer[] {
			const { world } = stage().sandbox;
			const media = world.media.get(String(id));
			const parts = media?.children.length ? media.children : media ? [media] : [];
			return parts.map(({ assetId }) => world.assets.get(assetId)?.bytes ?? Buffer.alloc(0));
		},
	};
}

/** Publishes a file that is made in the workflow. */
export async function publishMade(
	stage: Stage,
	login: Login,
	name: 'publishImage' | 'publishReel',
	caption: string,
	bytes: Buffer,
): Promise<FlowRun> {
	const parameters = operation(login, 'post', name, { ...FROM_FILE, caption });
	return await runFlow(stage, [makeFile('file'), instagram(login, parameters)], [base64(bytes)]);
}

/** Publishes a picture for each caption in one execution. */
export async function publishEach(stage: Stage, login: Login, captions: string[]): Promise<FlowRun> {
	const parameters = operation(login, 'post', 'publishImage', {
		...FROM_FILE,
		caption: '={{ $("Start").item.json.caption }}',
	});
	return await runFlow(
		stage,
		[makeFile('file'), instagram(login, parameters)],
		captions.map((caption, index) => ({ caption, ...base64(picture(20 + index)) })),
	);
}

/** n8n's own retry of an execution that failed. */
export async function retry(stage: Stage, { execution, workflowId }: FlowRun): Promise<FlowRun> {
	const { id } = await stage.client.executions.retry(execution.id);
	return outcomeOf(workflowId, await stage.client.executions.get(id));
}
