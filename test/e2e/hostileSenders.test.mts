import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { fetch } from 'undici';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { outputOf } from '../../sandbox/n8n/drive.mts';
import {
	ACCOUNT,
	callbackOf,
	CUSTOMER,
	importTrigger,
	openStage,
	settledExecutions,
	STAGE_TIMEOUT_MS,
} from './support.mts';

jest.setTimeout(180_000);

const HOOK = 'aaaaaaaa-2222-4333-8444-555555555555';
const MEGABYTE = 1024 * 1024;

/** Resident memory of a process in bytes; 0 where the system does not tell. */
const memoryOf = (pid: number): number => {
	const file = `/proc/${pid}/status`;
	const [, kilobytes = '0'] = existsSync(file) ? (/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8')) ?? []) : [];
	return Number(kilobytes) * 1024;
};

describe('senders that mean no good, on a real n8n that takes bodies of a megabyte', () => {
	let stage: Stage;
	let workflowId: string;
	let callback: string;
	let secret: string;
	let genuine: string;
	const sockets: Socket[] = [];

	const sign = (body: Buffer | string, key = secret) => ({
		'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
	});
	const post = async (body: Buffer | string, headers: Record<string, string> = sign(body)) =>
		(await fetch(callback, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }))
			.status;
	/** A connection that has sent the head of a request and begins its body. */
	const begin = (head: string) => {
		const { hostname, port, pathname } = new URL(callback);
		const socket = connect(Number(port), hostname);
		sockets.push(socket);
		socket.on('error', () => {});
		socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n${head}\r\n\r\n`);
		return socket;
	};
	const another = (mid: string) => genuine.replace(/"mid":"[^"]+"/, `"mid":"${mid}"`);
	const nothingStarted = async (act: () => Promise<void>) => {
		const before = await settledExecutions(stage, workflowId);
		await act();
		expect(await settledExecutions(stage, workflowId)).toBe(before);
	};
	/** n8n still takes what Meta sends, within the time that Meta waits. */
	const stillWorks = async (mid: string) => {
		const [before, started] = [await settledExecutions(stage, workflowId), Date.now()];
		expect(await post(another(mid))).toBe(200);
		expect(Date.now() - started).toBeLessThan(5_000);
		expect(await settledExecutions(stage, workflowId)).toBe(before + 1);
	};

	beforeAll(async () => {
		stage = await openStage({ n8nEnv: { N8N_PAYLOAD_SIZE_MAX: '1' } });
		workflowId = await importTrigger(stage, { type: OAUTH_CREDENTIAL, credential: await stage.connect() }, HOOK, {
			events: ['message'],
		});
		callback = callbackOf(stage, HOOK);
		secret = (await stage.control.world()).apps[0].secret;
		await stage.client.workflows.activate(workflowId);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Grüße');
		await stage.client.executions.waitFor(workflowId);
		genuine = (await stage.control.deliveries())[0].body;
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		for (const socket of sockets) socket.destroy();
		await stage?.close();
	});

	it('a body that is too large is refused, signed or not', async () => {
		await nothingStarted(async () => {
			const large = genuine.replace('Gr', 'x'.repeat(2 * MEGABYTE));
			expect(large.length).toBeGreaterThan(2 * MEGABYTE);
			for (const headers of [sign(large), {}]) {
				const status = await post(large, headers).catch(() => 'cut off' as const);
				expect(status).not.toBe(200);
			}
			const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE, ' '));
			expect(bomb.length).toBeLessThan(MEGABYTE / 4);
			expect(await post(bomb, { ...sign(bomb), 'content-encoding': 'gzip' })).not.toBe(200);
		});
		await stillWorks('after-large');
	});

	it('a body without an end is not collected', async () => {
		await nothingStarted(async () => {
			const before = memoryOf(stage.n8n.pid);
			const socket = begin('transfer-encoding: chunked');
			let [sent, ended] = [0, false];
			socket.on('close', () => (ended = true)).on('data', () => (ended = true));
			const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
			for (let i = 0; i < 2_000 && !ended; i++) {
				if (socket.write(chunk)) sent += 0x10000;
				else await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), wait(20)]);
			}
			socket.destroy();
			expect(memoryOf(stage.n8n.pid) - before).toBeLessThan(100 * MEGABYTE);
			expect(sent).toBeGreaterThan(MEGABYTE);
		});
		await stillWorks('after-endless');
	});

	it('senders that stop in the middle keep nobody waiting', async () => {
		await nothingStarted(async () => {
			for (let i = 0; i < 200; i++) begin('content-length: 5000').write('{"object":');
			for (let i = 0; i < 50; i++) begin('content-length: 5000').destroy();
			await wait(300);
		});
		await stillWorks('beside-slow');
	});

	it('a flood of forgeries starts nothing and lets Meta through', async () => {
		await nothingStarted(async () => {
			const forgeries = Array.from(
				{ length: 100 },
				async (_one, i) => await post(another(`forged-${i}`), sign(another(`forged-${i}`), 'guess')),
			);
			expect(new Set(await Promise.all(forgeries))).toEqual(new Set([401]));
		});
		await stillWorks('after-flood');
	});

	it('signed nonsense is refused without an execution', async () => {
		const nested = `{"object":"instagram","entry":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
		const prototype = '{"object":"instagram","entry":[{"id":"1","__proto__":{"x":1},"messaging":[{"__proto__":1}]}]}';
		await nothingStarted(async () => {
			for (const body of [
				'null',
				'[]',
				'"instagram"',
				'{"object":"instagram"}',
				'{"object":"instagram","entry":{}}',
				'',
				nested,
				prototype,
			]) {
				expect([200, 400, 422]).toContain(await post(body));
			}
			expect(await post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).not.toBe(200);
			expect(
				await post(another('utf16'), {
					...sign(another('utf16')),
					'content-type': 'application/json; charset=utf-16le',
				}),
			).not.toBe(200);
			expect(await post(gzipSync(another('gzip')), sign(gzipSync(another('gzip'))))).not.toBe(200);
			expect(await post(another('brotli'), { ...sign('x'), 'content-encoding': 'br' })).not.toBe(200);
		});
		await stillWorks('after-nonsense');
	});

	it('letters beyond ASCII come through unharmed, packed or not', async () => {
		const body = another('plain-utf8').replace(/"text":"[^"]*"/, '"text":"Größe 👋 Å"');
		const packed = body.replace('plain-utf8', 'packed-utf8');
		expect(await post(body, { ...sign(body), 'content-type': 'application/json; charset=utf-8' })).toBe(200);
		expect(await post(gzipSync(packed), { ...sign(packed), 'content-encoding': 'gzip' })).toBe(200);
		await settledExecutions(stage, workflowId);
		const newest = (await stage.client.executions.list(workflowId)).slice(0, 2);
		const texts = await Promise.all(
			newest.map(
				async ({ id }) =>
					(outputOf(await stage.client.executions.get(id), 'Trigger')[0].message as { text: string }).text,
			),
		);
		expect(texts).toEqual(['Größe 👋 Å', 'Größe 👋 Å']);
	});
});
