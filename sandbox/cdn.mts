import type { FastifyInstance } from 'fastify';
import type { Context } from './context/context.mts';
import { cdnSignature } from './world/world.mts';

/** The CDN: media of posts, and message attachments behind signed URLs that expire. */
export function serveCdn(server: FastifyInstance, context: Context): void {
	server.get<{ Params: { file: string } }>('/cdn/media/:file', (request, reply) => {
		const asset = context.world.assets.get(request.params.file.replace(/\.\w+$/, ''));
		if (!asset) return reply.code(404).type('text/plain').send('Not found');
		return reply.type(asset.contentType).send(asset.bytes);
	});
	server.get<{ Querystring: Record<string, string | undefined> }>('/cdn/ig_messaging_cdn/', (request, reply) => {
		const { asset_id: id = '', ext = '', signature } = request.query;
		const asset = context.world.assets.get(id);
		const fits = signature === cdnSignature(context.world, id, ext);
		const expired = Number.parseInt(ext, 16) * 1000 <= context.world.clock.now();
		if (!asset || !fits || expired) return reply.code(403).type('text/plain').send('URL signature expired');
		return reply.type(asset.contentType).send(asset.bytes);
	});
}
