import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another tool's webhook: it answers Meta's check, and takes what comes. */
export async function startTool(): Promise<{ url: string; received: string[]; close(): Promise<void> }> {
	const received: string[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (part: Buffer) => (body += part.toString()));
		request.on('end', () => {
			if (request.method === 'POST') received.push(body);
			response.end(new URL(request.url ?? '', 'http://tool').searchParams.get('hub.challenge') ?? 'ok');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/another-tool`,
		received,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
