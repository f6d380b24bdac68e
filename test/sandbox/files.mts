import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server with files by path; HTML with 404 for others. */
export async function startFiles(files: Record<string, Buffer>) {
	const server = createServer((request, response) => {
		const file = files[(request.url ?? '').split('?')[0]];
		response.writeHead(file ? 200 : 404).end(file ?? '<html>Not found</html>');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
	};
}

/** The smallest bytes that pass for an MP4 video, filled up to a size. */
export function mp4(size = 64): Buffer {
	const head = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom')]);
	return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length), 7)]);
}
