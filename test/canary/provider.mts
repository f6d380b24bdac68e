import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that n8n, or the probe inside it, made. */
type Seen = {
	path: string;
	body: Record<string, unknown>;
};

/** The service behind the probe's credentials, which also hears what the probe has to tell. */
export type Provider = {
	url: string;
	seen: Seen[];
	stop(): void;
};

/** A token endpoint is never that fast in life: executions that start together must have time to meet. */
const GRANT_MS = 150;

const bodyOf = (raw: string, type = ''): Record<string, unknown> =>
	type.includes('json') ? (JSON.parse(raw) as Record<string, unknown>) : Object.fromEntries(new URLSearchParams(raw));

/** Starts it on a free loopback port. */
export async function startProvider(): Promise<Provider> {
	const seen: Seen[] = [];
	const answers: Record<string, (body: Record<string, unknown>) => [number, object]> = {
		'/token': ({ grant_type }) => [
			200,
			grant_type === 'client_credentials'
				? { access_token: 'app', token_type: 'bearer' }
				: { access_token: 'short', token_type: 'bearer', extra: 'of the person' },
		],
		'/refused': () => [400, { error: 'refused' }],
		'/asked': () => [200, {}],
		'/told': () => [200, {}],
	};
	const server = createServer((request, response) => {
		void (async () => {
			const path = new URL(request.url ?? '/', 'http://host').pathname;
			const body = bodyOf(await text(request), request.headers['content-type']);
			seen.push({ path, body });
			const [status, answer] = answers[path]?.(body) ?? [200, { authorization: request.headers.authorization ?? '' }];
			if (path === '/token') await new Promise((resolve) => setTimeout(resolve, GRANT_MS));
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		seen,
		stop: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}
