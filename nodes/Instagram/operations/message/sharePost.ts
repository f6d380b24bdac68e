import { operation } from '../define';
import { sendMessage, sendOptions } from './shared/sending';
import { recipientField } from '../shared/personField';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
export const sharePost = operation({
	value: 'sharePost',
	name: 'Share Post',
	action: 'Share a post in a message',
	description: "Send one of the account's own published posts to a person who wrote within the last 24 hours",
	lane: (param) => param('recipientId'),
	fields: [
		recipientField,
		{
			displayName: 'Post ID',
			name: 'postId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 17895695668004550',
			description: 'ID of a post, reel or carousel that this account published; posts of others cannot be shared',
		},
		sendOptions(),
	],
	run: async (ctx) =>
		await sendMessage(ctx, { attachment: { type: 'MEDIA_SHARE', payload: { id: ctx.param('postId').trim() } } }),
});
