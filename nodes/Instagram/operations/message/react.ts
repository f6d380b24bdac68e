import { checkFilled } from '../../../meta/input/check';
import { operation } from '../define';
import { messageIdField, sendAction } from './shared/sending';
import { recipientField } from '../shared/personField';

/**
 * Meta documents any emoji with Instagram Login, and `love` alone with Facebook Login.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
export const react = operation({
	value: 'react',
	name: 'React',
	action: 'React to a message',
	description: 'Put a reaction on a message; another one of the account on the same message is replaced',
	lane: (param) => param('recipientId'),
	fields: [
		recipientField,
		messageIdField,
		{
			displayName: 'Reaction',
			name: 'reaction',
			type: 'string',
			default: 'love',
			description: 'The word love for a heart, or any single emoji. With Facebook Login, Meta promises love only.',
		},
	],
	run: async (ctx) => {
		const messageId = ctx.param('messageId').trim();
		const reaction = ctx.param('reaction', 'love').trim();
		checkFilled(ctx.fail, 'Reaction', reaction);
		return { ...(await sendAction(ctx, 'react', { message_id: messageId, reaction })), messageId, reaction };
	},
});
