import { createHash } from 'node:crypto';
import type { Container, Upload } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { effectiveScopes, reachesPage } from '../../world/world.mts';
import { verifyToken } from '../engine/auth.mts';
import { maxVideoBytes, takeVideo } from '../media/videos.mts';

/**
 * A refusal of the upload host, which has an envelope of its own.
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export class UploadError extends Error {
	readonly status: number;
	readonly body: { debug_info: { retriable: boolean; type: string; message: string } };

	constructor(type: string, message: string, retriable = false, status = 400) {
		super(message);
		this.status = status;
		this.body = { debug_info: { retriable, type, message } };
	}
}

const failed = (message: string): UploadError =>
	new UploadError('ProcessingFailedError', JSON.stringify({ success: false, error: { message } }));

/** Where the video of a container goes. */
export function uploadUrl(world: World, version: string, id: string): string {
	return `${world.baseUrl}/rupload.facebook.com/ig-api-upload/${version}/${id}`;
}

/** A container that waits for its video. */
export type UploadContainer = Container & { upload: Upload };

const waitsForUpload = (container: Container): container is UploadContainer =>
	container.upload !== undefined && !container.fetched;

/** The container that a token may upload to; throws an UploadError. */
export function uploadTarget(world: World, id: string, authorization: string | undefined): UploadContainer {
	const value = /^(?:OAuth|Bearer) (\S+)$/i.exec(authorization ?? '')?.[1];
	const container = world.containers.get(id);
	try {
		const token = verifyToken(world, value ?? '');
		const mine = container && reachesPage(world, token, container.account.pageId);
		const may = effectiveScopes(world, token).has('instagram_content_publish');
		if (!mine || !may) throw failed('unauthorized user request');
	} catch {
		throw failed('unauthorized user request');
	}
	if (!container || !waitsForUpload(container)) throw failed('There is nothing to upload for this container');
	return container;
}

/** An upload of which nothing has come. */
export function newUpload(): Upload {
	return { hash: createHash('sha256'), received: 0, isBusy: false };
}

/** Take the next bytes; those beyond the announced size are counted only. */
export function keep(upload: Upload, chunk: Buffer): void {
	upload.hash.update(chunk);
	if (upload.bytes && upload.received < upload.bytes.length) chunk.copy(upload.bytes, upload.received);
	upload.received += chunk.length;
}

const wholeNumber = (name: string, value: unknown): number => {
	if (typeof value !== 'string' || !/^\d+$/.test(value)) throw failed(`The header ${name} is missing or no number`);
	return Number(value);
};

/** Check the headers of a piece against what has arrived before. */
export function beginPiece(container: UploadContainer, headers: Record<string, unknown>): void {
	const { upload } = container;
	const offset = wholeNumber('offset', headers.offset);
	const size = wholeNumber('file_size', headers.file_size);
	if (size === 0 || size > maxVideoBytes(container) || (upload.bytes?.length ?? size) !== size)
		throw failed('The header file_size does not fit');
	if (upload.isBusy || offset !== upload.received)
		throw new UploadError('OffsetInvalidError', 'Request starting offset is invalid', true, 412);
	upload.bytes ??= Buffer.allocUnsafe(size);
}

/** Keep what has arrived; true when it is the whole file, which is then processed. */
export function endPiece(world: World, container: UploadContainer): boolean {
	const { bytes, hash, received } = container.upload;
	if (!bytes || received > bytes.length) container.upload = newUpload();
	if (!bytes || received !== bytes.length) return false;
	container.readyAt = world.clock.now() + world.settings.videoProcessingMs;
	takeVideo(world, container, bytes, hash.digest('hex'));
	return true;
}
