import fastify from 'fastify';
import jpeg from 'jpeg-js';

/** A picture on a web server, as an operator would have one. */
export type HostedPicture = {
	url: string;
	bytes: Buffer;
	close(): Promise<void>;
};

/** Draws a colour gradient as JPEG, `width` by `height` pixels. */
export function drawPicture(width: number, height: number): Buffer {
	const data = Buffer.alloc(width * height * 4);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			data.set([214, Math.round((255 * x) / width), Math.round((255 * y) / height), 255], (y * width + x) * 4);
		}
	}
	return jpeg.encode({ data, width, height }, 85).data;
}

/** Serves bytes on a loopback address until closed. */
export async function hostPicture(bytes: Buffer = drawPicture(640, 640), type = 'image/jpeg'): Promise<HostedPicture> {
	const server = fastify({ forceCloseConnections: true });
	server.get('/picture', async (_request, reply) => await reply.type(type).send(bytes));
	const origin = await server.listen({ host: '127.0.0.1', port: 0 });
	return { url: `${origin}/picture`, bytes, close: async () => await server.close() };
}
