import type { IDataObject } from 'n8n-workflow';
import type { SendOptions } from '../../../meta/messages';
import type { MediaType } from '../../../meta/messagesMedia';
import { mediaTypeField, readFiles, sourceFields } from '../mediaFields';
import { operation } from '../define';
import { recipientField, sendMessage, sendOptions } from '../messageFields';

type Options = SendOptions & { reusable?: boolean };

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
export const sendMedia = operation({
	value: 'sendMedia',
	name: 'Send Media',
	action: 'Send an image, video, audio or PDF',
	description: 'Send an image (or up to ten), a video, an audio file or a PDF to a person who wrote within the last 24 hours',
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
			description: 'Whether Meta keeps the file, so that other messages can send it again; the item then has its attachment ID',
		}),
	],
	run: async (ctx) => {
		const type = ctx.param<MediaType>('mediaType', 'image');
		const { reusable } = ctx.param<Options>('options', {});
		const attachments = readFiles(ctx, type).map((payload): IDataObject => ({
			type,
			payload: reusable && payload.url ? { ...payload, is_reusable: true } : payload,
		}));
		const pace = type === 'audio' || type === 'video' ? 'heavyMedia' : 'messages';
		return await sendMessage(ctx, attachments.length === 1 ? { attachment: attachments[0] } : { attachments }, undefined, pace);
	},
});
