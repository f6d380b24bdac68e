import { operation } from '../define';
import { sendAction } from './shared/sending';
import { recipientField } from '../shared/personField';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/sender-actions */
export const showTyping = operation({
	value: 'showTyping',
	name: 'Show Typing',
	action: 'Show that you are typing',
	description: 'Show the person that an answer is being written; it disappears by itself or with the next message',
	lane: (param) => param('recipientId'),
	fields: [recipientField],
	run: async (ctx) => await sendAction(ctx, 'typing_on'),
});
