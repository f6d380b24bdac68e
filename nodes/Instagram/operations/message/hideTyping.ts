import { operation } from '../define';
import { sendAction } from './shared/sending';
import { recipientField } from '../shared/personField';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/sender-actions */
export const hideTyping = operation({
	value: 'hideTyping',
	name: 'Hide Typing',
	action: 'Hide the typing indicator',
	description: 'Stop showing the person that an answer is being written',
	lane: (param) => param('recipientId'),
	fields: [recipientField],
	run: async (ctx) => await sendAction(ctx, 'typing_off'),
});
