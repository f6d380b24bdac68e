import type { IDataObject } from 'n8n-workflow';
import type { SendOptions } from '../../../meta/messages/send';
import type { MediaType } from '../../../meta/messages/files';
import { payloadOf } from './shared/attachments';
import { operation } from '../define';
import { mediaTypeField, readFiles, sourceFields } from './shared/files';
import { sendMessage, sendOptions } from './shared/sending';
import { recipientField } from '../shared/personField';

type Options = SendOptions & { reusable?: boolean };

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
export const sendMedia = operation({
	value: 'sendMedia',
	name: 'Send Media',
	action: 'Send an image, video, audio or PDF',
	description:
		'Send an image (or up to ten), a video, an audio file or a PDF to a person who wrote within the last 24 hours',
	lane: (param) => param('recipientId'),
	fields: [
		recipientField,
		mediaTypeField,
		...sourceFields(true),
		sendOptions({
			displayName: 'Keep for Later',
			name: 'reusable',
			type: 'boolean',
			default: false,
			description:
				'Whether Meta keeps the file, so that other messages can send it again; the item then has its attachment ID, or attachmentIds for several uploaded images',
		}),
	],
	run: async (ctx) => {
		const type = ctx.param<MediaType>('mediaType', 'image');
		const { reusable = false } = ctx.param<Options>('options', {});
		const payloads: IDataObject[] = [];
		for (const media of await readFiles(ctx, type)) payloads.push(await payloadOf(ctx, type, media, reusable));
		const attachments = payloads.map((payload): IDataObject => ({ type, payload }));
		const pace = type === 'audio' || type === 'video' ? 'heavyMedia' : 'messages';
		const sent = await sendMessage(ctx, attachments.length === 1 ? { attachment: attachments[0] } : { attachments }, {
			pace,
		});
		// Meta names the ID of a file that came with the message; that of an uploaded one was known before.
		const ids = payloads.map(({ attachment_id: id }) => id).filter(Boolean) as string[];
		if (!reusable || ids.length === 0) return sent;
		return { ...sent, ...(ids.length === 1 ? { attachmentId: ids[0] } : { attachmentIds: ids }) };
	},
});
