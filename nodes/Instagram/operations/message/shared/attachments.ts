import type { IDataObject } from 'n8n-workflow';
import { inboxOf } from '../../../../meta/login/chooseAccount';
import { formOf } from '../../../../meta/graph/form';
import type { MediaType } from '../../../../meta/messages/files';
import type { RunContext } from '../../define';
import { graphPath } from '../../../../meta/graph/path';

/** Where Meta gets a file from: an address, a file that it keeps, or the bytes themselves. */
export type Media = { url: string } | { attachment_id: string } | File;

/**
 * Gives Meta a file to keep, by its address or with its bytes, and returns the attachment ID.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload
 */
export async function upload({ account, graph }: RunContext, type: MediaType, media: Media): Promise<string> {
	const isFile = media instanceof File;
	const payload = { ...(isFile ? {} : media), is_reusable: true };
	const body: IDataObject = {
		// Instagram Login knows one platform and documents no such parameter.
		...(account().pageId ? { platform: 'instagram' } : {}),
		message: { attachment: { type, payload } },
	};
	const { attachment_id: attachmentId } = await graph({
		method: 'POST',
		path: graphPath`/${inboxOf(account())}/message_attachments`,
		body: isFile ? formOf(body, 'filedata', media) : body,
		repeatable: true,
	});
	return String(attachmentId);
}

/** The payload of an attachment. Bytes are uploaded first: a message carries addresses and IDs only. */
export async function payloadOf(
	ctx: RunContext,
	type: MediaType,
	media: Media,
	isReusable: boolean,
): Promise<IDataObject> {
	if (media instanceof File) return { attachment_id: await upload(ctx, type, media) };
	return isReusable && 'url' in media ? { ...media, is_reusable: true } : media;
}
