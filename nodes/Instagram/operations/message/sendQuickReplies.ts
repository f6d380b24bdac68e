import { checkText } from '../../../meta/messages/limits';
import { operation } from '../define';
import { sendMessage, sendOptions, textField } from './shared/sending';
import { recipientField } from '../shared/personField';
import { quickReplyFields, readQuickReplies } from '../shared/quickReplies';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/quick-replies */
export const sendQuickReplies = operation({
	value: 'sendQuickReplies',
	name: 'Send Quick Replies',
	action: 'Send a question with quick replies',
	description: 'Send a text with up to 13 buttons for the answer to a person who wrote within the last 24 hours',
	lane: (param) => param('recipientId'),
	fields: [
		recipientField,
		{ ...textField, placeholder: 'e.g. What can we do for you?' },
		...quickReplyFields,
		sendOptions(),
	],
	run: async (ctx) => {
		const text = ctx.param('text');
		checkText(ctx.fail, text);
		return await sendMessage(ctx, { text, quick_replies: readQuickReplies(ctx) });
	},
});
