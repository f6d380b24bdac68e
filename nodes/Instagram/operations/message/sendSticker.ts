import { operation } from '../define';
import { sendMessage, sendOptions } from './shared/sending';
import { recipientField } from '../shared/personField';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
export const sendSticker = operation({
	value: 'sendSticker',
	name: 'Send Sticker',
	action: 'Send a sticker',
	description:
		'Send the heart sticker, the only one that Meta offers to apps, to a person who wrote within the last 24 hours',
	lane: (param) => param('recipientId'),
	fields: [
		recipientField,
		{
			displayName: 'Sticker',
			name: 'sticker',
			type: 'options',
			default: 'like_heart',
			description: 'Sticker to send',
			options: [{ name: 'Heart', value: 'like_heart' }],
		},
		sendOptions(),
	],
	run: async (ctx) => await sendMessage(ctx, { attachment: { type: ctx.param('sticker', 'like_heart') } }),
});
