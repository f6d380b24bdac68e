import { fetchAttachment, isMediaType, keepAttachment, makeReusable } from '../media/attachments.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import { readEnum } from '../engine/params.mts';
import { invalidMessage } from '../messaging/templates.mts';

const upload = async (call: Call): Promise<unknown> => {
	const platform = readEnum('platform', call.params.platform, ['INSTAGRAM', 'MESSENGER']);
	// graph.instagram.com speaks of one platform, and documents the parameter for the other host.
	if ((platform ?? (call.login === 'instagram' ? 'INSTAGRAM' : undefined)) !== 'INSTAGRAM')
		throw invalidParam('Param platform must be instagram for an Instagram attachment');
	const { attachment } = call.params.message as {
		attachment?: { type?: unknown; payload?: { url?: unknown } };
	};
	const type = String(attachment?.type).toLowerCase();
	if (!isMediaType(type)) throw invalidMessage('The attachment needs a type: image, audio, video or file');
	const file = call.params.filedata;
	const url = attachment?.payload?.url;
	const { fileName = '' } = (file ?? {}) as { fileName?: string };
	// Meta refuses names beyond ASCII (Attachment Upload page).
	if (!/^[\x20-\x7e]*$/.test(fileName))
		throw invalidParam('The file could not be uploaded: its name is not ASCII', 2018047);
	if (Buffer.isBuffer(file)) return { attachment_id: makeReusable(call, type, keepAttachment(call, type, file).id) };
	if (typeof url !== 'string') throw invalidMessage('The attachment needs payload.url, or the file as filedata');
	return { attachment_id: makeReusable(call, type, (await fetchAttachment(call, type, url)).id) };
};

const SHARED: Pick<Endpoint, 'edge' | 'method' | 'scopes' | 'params' | 'run'> = {
	edge: 'message_attachments',
	method: 'POST',
	scopes: ['instagram_basic', 'instagram_manage_messages'],
	params: { message: 'object!', platform: 'string', filedata: 'file' },
	run: upload,
};

/**
 * Attachment upload: by URL, or as multipart `filedata`.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload
 */
export const attachmentEndpoints: Endpoint[] = [
	endpoint({ on: 'page', token: 'page', pageScopes: ['pages_messaging'], ...SHARED }),
	endpoint({ on: 'account', token: 'any', login: 'instagram', ...SHARED }),
];
