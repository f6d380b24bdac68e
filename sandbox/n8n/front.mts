import fastify from 'fastify';
import { Agent, request, type Dispatcher } from 'undici';

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const READY_TIMEOUT_MS = 2_000;
// Of one connection, not of the message (https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1); the lengths and the host are set anew.
const NOT_PASSED_ON = new Set([
	'connection',
	'keep-alive',
	'transfer-encoding',
	'upgrade',
	'te',
	'trailer',
	'host',
	'content-length',
]);

/** A request on its way to one of the servers behind the front. */
export type Passed = {
	/** Base URL of the server. */
	upstream: string;
	body: Buffer;
};

/** One address for several servers. */
export type Front = {
	/** Base URL without a trailing slash. */
	readonly url: string;
	close(): Promise<void>;
};

type Call = { method: Dispatcher.HttpMethod; headers: Record<string, string | string[]>; body: Buffer | null };

const passedOn = (headers: Record<string, string | string[] | undefined>): Record<string, string | string[]> =>
	Object.fromEntries(
		Object.entries(headers).filter(
			(entry): entry is [string, string | string[]] => entry[1] !== undefined && !NOT_PASSED_ON.has(entry[0]),
		),
	);

/**
 * What stands between Meta and n8n: a load balancer on loopback that gives each request to the next server in turn.
 * A server that does not call itself ready is passed over, because an n8n that starts answers everything with 200.
 * A request that a server may have seen is never repeated; it ends with 502.
 * @param upstreams base URLs without a trailing slash, asked for at each request
 * @param onPass hears of each request right before a server gets it
 */
export async function startFront(upstreams: () => string[], onPass?: (passed: Passed) => void): Promise<Front> {
	const agent = new Agent();
	let turn = 0;

	const isReady = async (upstream: string): Promise<boolean> => {
		try {
			const { statusCode, body } = await request(`${upstream}/healthz/readiness`, {
				dispatcher: agent,
				signal: AbortSignal.timeout(READY_TIMEOUT_MS),
			});
			await body.dump();
			return statusCode === 200;
		} catch {
			return false;
		}
	};
	const nextReady = async (): Promise<string | undefined> => {
		const all = upstreams();
		const first = turn++;
		for (let tries = 0; tries < all.length; tries++) {
			const upstream = all[(first + tries) % all.length];
			if (await isReady(upstream)) return upstream;
		}
		return undefined;
	};
	const pass = async (upstream: string, path: string, call: Call) => {
		const answer = await request(upstream + path, { ...call, dispatcher: agent });
		return {
			status: answer.statusCode,
			headers: passedOn(answer.headers),
			body: Buffer.from(await answer.body.arrayBuffer()),
		};
	};

	const server = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	server.all('*', async ({ method, url, headers, body }, reply) => {
		const upstream = await nextReady();
		if (upstream === undefined) return await reply.code(503).send();
		const payload = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
		const call = {
			method: method as Dispatcher.HttpMethod,
			headers: passedOn(headers),
			body: payload.length > 0 ? payload : null,
		};
		onPass?.({ upstream, body: payload });
		try {
			const answer = await pass(upstream, url, call);
			return await reply.code(answer.status).headers(answer.headers).send(answer.body);
		} catch {
			return await reply.code(502).send();
		}
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		url,
		async close() {
			await server.close();
			await agent.destroy();
		},
	};
}
