import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFront, type Front } from '../../sandbox/n8n/front.mts';

/** A server that tells what it got, and is ready or not as n8n says it. */
type Upstream = {
	url: string;
	isReady: boolean;
	/** Breaks the connection after the request has arrived. */
	breaks: boolean;
	got: string[];
	server: Server;
};

async function startUpstream(name: string): Promise<Upstream> {
	const server = createServer((request, response) => {
		if (request.url === '/healthz/readiness') return void response.writeHead(upstream.isReady ? 200 : 503).end();
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			upstream.got.push(Buffer.concat(chunks).toString('utf8'));
			if (upstream.breaks) return void request.socket.destroy();
			response
				.writeHead(202, { 'x-name': name })
				.end(`${request.method} ${request.url} ${request.headers['x-hub-signature-256'] ?? ''}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const upstream: Upstream = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		isReady: true,
		breaks: false,
		got: [],
		server,
	};
	return upstream;
}

describe('the front before several n8n', () => {
	let front: Front;
	let all: Upstream[];
	const passed: string[] = [];

	const post = async (body: string) =>
		await fetch(`${front.url}/webhook/x?y=1`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', 'x-hub-signature-256': 'sha256=ab' },
		});

	beforeEach(async () => {
		all = [await startUpstream('first'), await startUpstream('second')];
		passed.length = 0;
		front = await startFront(
			() => all.map(({ url }) => url),
			({ upstream, body }) => passed.push(`${all.findIndex(({ url }) => url === upstream)} ${body.toString('utf8')}`),
		);
	});
	afterEach(async () => {
		await front.close();
		for (const { server } of all) {
			server.closeAllConnections();
			server.close();
		}
	});

	it('gives each the next request, byte for byte, and brings the answer back', async () => {
		const body = '{ "text": "\\u00fc\\/",  "odd" : 1 }';
		const answers = [await post(body), await post(body), await post(body)];
		expect(answers.map(({ status, headers }) => [status, headers.get('x-name')])).toEqual([
			[202, 'first'],
			[202, 'second'],
			[202, 'first'],
		]);
		expect(await answers[0].text()).toBe('POST /webhook/x?y=1 sha256=ab');
		expect(all.map(({ got }) => got)).toEqual([[body, body], [body]]);
		expect(passed).toEqual([`0 ${body}`, `1 ${body}`, `0 ${body}`]);
	});

	it('passes over one that is not ready or not there, and says so when there is no other', async () => {
		all[0].isReady = false;
		expect([(await post('a')).headers.get('x-name'), (await post('b')).headers.get('x-name')]).toEqual([
			'second',
			'second',
		]);
		all[1].server.closeAllConnections();
		await new Promise((resolve) => all[1].server.close(resolve));
		expect((await post('c')).status).toBe(503);
		all[0].isReady = true;
		expect((await post('d')).headers.get('x-name')).toBe('first');
	});

	it('never repeats a request that one may have seen', async () => {
		all[0].breaks = true;
		expect((await post('once')).status).toBe(502);
		expect(all.map(({ got }) => got)).toEqual([['once'], []]);
	});

	it('passes on what has no body', async () => {
		expect(await (await fetch(`${front.url}/webhook/x?hub.challenge=1`)).text()).toBe(
			'GET /webhook/x?hub.challenge=1 ',
		);
	});
});
