import { operation } from '../define';
import { messageIdField, sendAction } from './shared/sending';
import { recipientField } from '../shared/personField';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
export const removeReaction = operation({
	value: 'removeReaction',
	name: 'Remove Reaction',
	action: 'Remove a reaction from a message',
	description: "Take the account's own reaction off a message",
	lane: (param) => param('recipientId'),
	fields: [recipientField, messageIdField],
	run: async (ctx) => {
		const messageId = ctx.param('messageId').trim();
		return { ...(await sendAction(ctx, 'unreact', { message_id: messageId })), messageId };
	},
});
