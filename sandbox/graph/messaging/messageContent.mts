import type { Attachment } from '../../world/types.mts';
import type { MessageContent } from '../../world/threads.mts';
import { fetchAttachment, isMediaType, makeReusable } from '../media/attachments.mts';
import type { Call } from '../engine/call.mts';
import { invalidParam } from '../engine/errors.mts';
import { checkTemplate, invalidMessage, onlyKeys, readQuickReplies, shapes } from './templates.mts';

type Shape = Record<string, unknown>;

const MAX_TEXT_BYTES = 1_000;

const readText = (value: unknown): string => {
	if (typeof value !== 'string' || value.trim() === '') throw invalidMessage('The message text is empty');
	if (Buffer.byteLength(value) > MAX_TEXT_BYTES) {
		throw invalidMessage(`The message text is longer than ${MAX_TEXT_BYTES} bytes`);
	}
	return value;
};

/** An attachment as sent, with the id it can be reused by when that was asked for. */
type SentAttachment = Attachment & {
	attachmentId?: string;
};

const readUploaded = (call: Call, id: string): SentAttachment => {
	const known = call.world.attachments.get(id);
	if (!known) throw invalidParam('There is no attachment with this attachment_id', 2018074);
	return { type: known.type, assetId: known.assetId };
};

const shareOwnPost = (call: Call, id: unknown): SentAttachment => {
	const media = call.world.media.get(String(id));
	if (!media || media.account !== call.account || media.isChild) {
		throw invalidMessage('The shared post does not exist or belongs to somebody else');
	}
	return {
		type: 'ig_post',
		assetId: media.assetId,
		extra: { ig_post_media_id: media.id, title: media.caption },
	};
};

const readAttachment = async (call: Call, value: unknown): Promise<SentAttachment> => {
	if (typeof value !== 'object' || value === null) throw invalidMessage('An attachment must be an object');
	const attachment = value as Shape;
	onlyKeys('Attachment', attachment, ['type', 'payload']);
	const type = String(attachment.type).toLowerCase();
	if (type === 'like_heart') return { type: 'like_heart' };
	const payload = attachment.payload;
	if (typeof payload !== 'object' || payload === null) throw invalidMessage('The attachment has no payload');
	const { url, attachment_id: id, is_reusable: reusable } = payload as Shape;
	if (type === 'template') {
		checkTemplate(payload as Shape);
		if (call.login === 'instagram' && (payload as Shape).template_type === 'product')
			throw invalidMessage('Product templates need the catalog of a Page');
		return { type: 'template', extra: payload as Shape };
	}
	if (id !== undefined && (isMediaType(type) || type === 'media_share')) return readUploaded(call, String(id));
	if (type === 'media_share') return shareOwnPost(call, (payload as Shape).id);
	if (!isMediaType(type)) throw invalidMessage(`Unknown attachment type ${type}`);
	if (typeof url !== 'string') throw invalidMessage('The attachment payload needs url or attachment_id');
	const asset = await fetchAttachment(call, type, url);
	const keep = String(reusable) === 'true';
	return {
		type,
		assetId: asset.id,
		...(keep && { attachmentId: makeReusable(call, type, asset.id) }),
	};
};

/** Content of a message to send, with the id of an attachment that was asked to be reusable. */
export type SentContent = MessageContent & {
	attachmentId?: string;
};

/**
 * Check the `message` of a Send API call and fetch what it refers to.
 * Refusals are 100/2534015, or the attachment subcodes.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
export async function readMessage(call: Call, message: Shape): Promise<SentContent> {
	onlyKeys('message', message, ['text', 'attachment', 'attachments', 'quick_replies']);
	const content: SentContent = {};
	const sent: SentAttachment[] = [];
	if (message.text !== undefined) content.text = readText(message.text);
	if (message.attachment !== undefined) sent.push(await readAttachment(call, message.attachment));
	if (message.attachments !== undefined) {
		const list = Array.isArray(message.attachments) ? message.attachments : [message.attachments];
		const images = shapes('attachments', list, 1, 10);
		if (images.length > 1 && images.some(({ type }) => type !== 'image')) {
			throw invalidMessage('Several attachments must all be images');
		}
		for (const image of images) sent.push(await readAttachment(call, image));
	}
	if (content.text !== undefined && sent.length > 0) {
		throw invalidMessage('A message has either a text or attachments');
	}
	if (content.text === undefined && sent.length === 0) throw invalidMessage('The message is empty');
	if (message.quick_replies !== undefined) {
		if (content.text === undefined) throw invalidMessage('Quick replies need a text');
		content.quickReplies = readQuickReplies(message.quick_replies);
	}
	content.attachmentId = sent.find(({ attachmentId }) => attachmentId !== undefined)?.attachmentId;
	content.attachments = sent.map(({ type, assetId, extra }) => ({ type, assetId, extra }));
	return content;
}
