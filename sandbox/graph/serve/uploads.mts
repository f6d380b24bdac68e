import { finished } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context/context.mts';
import type { Fault } from '../../context/faults.mts';
import type { Upload } from '../../world/types.mts';
import { fetchMedia } from '../media/fetchMedia.mts';
import { beginPiece, endPiece, keep, UploadError, uploadTarget } from '../publishing/uploadRules.mts';
import { maxVideoBytes, takeVideo } from '../media/videos.mts';

type UploadCall = FastifyRequest<{ Params: { id: string }; Body: AsyncIterable<Buffer> }>;

const MAX_BODY_BYTES = 400 * 1024 * 1024;
const OK = { success: true, message: 'Upload successful.' };

/** Keep the bytes of a body as they come, also of one that breaks off; true when it was cut on purpose. */
const receive = async (upload: Upload, body: AsyncIterable<Buffer>, stopAfter = Infinity): Promise<boolean> => {
	const begun = upload.received;
	upload.isBusy = true;
	try {
		for await (const chunk of body) {
			const left = begun + stopAfter - upload.received;
			keep(upload, chunk.subarray(0, left));
			if (chunk.length >= left) return true;
		}
		return false;
	} catch {
		// The other side hung up: what has come stays.
		return false;
	} finally {
		upload.isBusy = false;
	}
};

const faultError = ({ error, status }: Fault): UploadError | undefined =>
	error &&
	new UploadError(
		'ProcessingFailedError',
		error.message ?? 'Request processing failed',
		error.is_transient ?? false,
		status ?? 400,
	);

const takePiece = async (
	context: Context,
	{ params: { id }, headers, body }: UploadCall,
	fault: Fault | undefined,
): Promise<unknown> => {
	const { world } = context;
	const container = uploadTarget(world, id, headers.authorization);
	if (typeof headers.file_url === 'string') {
		const fetched = await fetchMedia(context.agent, headers.file_url, maxVideoBytes(container));
		if (!fetched.ok) throw new UploadError('ProcessingFailedError', 'Request processing failed');
		takeVideo(world, container, fetched.bytes);
		return OK;
	}
	beginPiece(container, headers);
	const isCut = await receive(container.upload, body, fault?.afterBytes);
	if (isCut) return undefined;
	if (endPiece(world, container)) return OK;
	throw new UploadError('PartialRequestError', 'Partial request (did not match length of file)', true);
};

const answer = async (context: Context, request: UploadCall, reply: FastifyReply) => {
	const path = `/ig-api-upload/${request.params.id}`;
	// A body that is left in the middle takes its socket along.
	const { socket } = request.raw;
	const { offset, file_size: size, file_url: url } = request.headers;
	const record = context.requests.add({
		at: new Date(context.world.clock.now()).toISOString(),
		method: request.method,
		host: 'rupload.facebook.com',
		path,
		version: null,
		query: {},
		body: { offset, file_size: size, file_url: url },
		token: null,
		tokenIn: 'header',
		status: null,
	});
	const fault = context.faults.take(request.method, path);
	const cut = () => {
		reply.hijack();
		socket.destroy();
	};
	if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
	if (fault?.reset === 'before') return cut();
	try {
		const planned = fault && faultError(fault);
		if (planned) throw planned;
		const done = await takePiece(context, request, fault);
		if (done === undefined || fault?.reset === 'after') return cut();
		record.status = 200;
		return reply.send(done);
	} catch (error) {
		if (!(error instanceof UploadError)) throw error;
		// Who is refused while still sending may find a broken connection in place of the answer.
		await finished(request.raw.resume(), { writable: false }).catch(() => {});
		record.status = error.status;
		return reply.code(error.status).send(error.body);
	}
};

/**
 * The upload host: a whole file, or the rest of one after a break, or a URL to fetch. GET
 * tells how much has arrived.
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export async function serveUploads(server: FastifyInstance, context: Context): Promise<void> {
	const plugin = async (scope: FastifyInstance): Promise<void> => {
		scope.removeAllContentTypeParsers();
		scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
		for (const base of ['/rupload.facebook.com/ig-api-upload', '/rupload.facebook.com/ig-api-upload/:version']) {
			scope.post<{ Params: { id: string }; Body: AsyncIterable<Buffer> }>(
				`${base}/:id`,
				{ bodyLimit: MAX_BODY_BYTES },
				(request, reply) => answer(context, request, reply),
			);
			scope.get<{ Params: { id: string } }>(`${base}/:id`, (request, reply) => {
				try {
					const { id } = request.params;
					const { upload } = uploadTarget(context.world, id, request.headers.authorization);
					return { offset: upload.received };
				} catch (error) {
					if (!(error instanceof UploadError)) throw error;
					return reply.code(error.status).send(error.body);
				}
			});
		}
	};
	// Fastify would look for the name among all modules that are loaded: thousands in a test.
	await server.register(Object.assign(plugin, { [Symbol.for('fastify.display-name')]: 'uploads' }));
}
