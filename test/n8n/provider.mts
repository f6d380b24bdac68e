import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for the service behind a credential: an OAuth2 token endpoint, and `/me` for a key. */
export type Provider = {
	url: string;
	/** What the token endpoint answers next: an access token, or a refusal. */
	refuse: boolean;
	stop(): void;
};

/** Starts the stand-in on a free loopback port; only the key `right` is accepted at `/me`. */
export async function startProvider(): Promise<Provider> {
	const server: Server = createServer((request, response) => {
		response.setHeader('content-type', 'application/json');
		if (request.url === '/me') {
			response.statusCode = request.headers['x-key'] === 'right' ? 200 : 401;
			response.end('{}');
		} else {
			response.statusCode = provider.refuse ? 400 : 200;
			const refusal = { error: 'invalid_grant' };
			response.end(JSON.stringify(provider.refuse ? refusal : { access_token: 'T', token_type: 'bearer' }));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const provider: Provider = { url, refuse: false, stop: () => void server.close() };
	return provider;
}
