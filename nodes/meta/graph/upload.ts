import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Connection, MetaContext } from '../connection';
import { redact } from '../errors/tokens';
import { send, type FullResponse } from './send';

/** A file, or the rest of one, on its way to the upload host. */
export type UploadCall = {
	url: string;
	/** Page ID whose token signs. */
	signAs: string;
	/** Where in the file the body begins, and how long the whole file is, in bytes. */
	offset: number;
	size: number;
	/** A stream, or a buffer. */
	body: object;
};

/** What the upload host answered, without tokens; Meta tells problems there in a shape of its own. */
export type UploadAnswer = {
	isDone: boolean;
	/** HTTP status; 0 when no answer came. */
	status: number;
	problem?: { type?: string; message?: string; retriable?: boolean };
	cause?: string;
};

/**
 * Sends a file to Meta's upload host as it is read. Redirects are not followed: that would keep the file in memory.
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export async function sendUpload(
	n8n: MetaContext,
	connection: Connection,
	{ signAs, body, offset, size, url }: UploadCall,
): Promise<UploadAnswer> {
	const headers = {
		offset: String(offset),
		file_size: String(size),
		'Content-Length': String(size - offset),
		'Content-Type': 'application/octet-stream',
	};
	const options: IHttpRequestOptions = {
		method: 'POST',
		url,
		headers,
		body,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const clean = (text?: string) => text && redact(text, [connection.appSecret]);
	try {
		const { body: answer, statusCode: status } = (await send(n8n, connection, options, signAs, true)) as FullResponse;
		const { success, debug_info: problem } = (answer ?? {}) as {
			success?: boolean;
			debug_info?: UploadAnswer['problem'];
		};
		return {
			isDone: status === 200 && success === true,
			status,
			problem: problem && { ...problem, message: clean(problem.message) },
		};
	} catch (error) {
		return { isDone: false, status: 0, cause: clean((error as Error).message) };
	}
}
