import fastify from 'fastify';
import jpeg from 'jpeg-js';

/** A picture on a web server, as an operator would have one. */
export interface HostedPicture {
	url: string;
	bytes: Buffer;
	close(): Promise<void>;
}

/** Draws a colour gradient as JPEG; `size` is its edge in pixels. */
export function drawPicture(size: number): Buffer {
	const data = Buffer.alloc(size * size * 4);
	for (let y = 0; y < size; y++) {
		for (let x = 0; x < size; x++) {
			const share = (part: number) => Math.round((255 * part) / size);
			data.set([214, share(x), share(y), 255], (y * size + x) * 4);
		}
	}
	return jpeg.encode({ data, width: size, height: size }, 85).data;
}

/** Serves bytes on a loopback address until closed. */
export async function hostPicture(bytes: Buffer = drawPicture(640), type = 'image/jpeg'): Promise<HostedPicture> {
	const server = fastify({ forceCloseConnections: true });
	server.get('/picture', async (_request, reply) => await reply.type(type).send(bytes));
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	return { url: `${origin}/picture`, bytes, close: async () => await server.close() };
}
