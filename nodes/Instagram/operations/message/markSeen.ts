import { operation } from '../define';
import { sendAction } from './shared/sending';
import { recipientField } from '../shared/personField';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/sender-actions */
export const markSeen = operation({
	value: 'markSeen',
	name: 'Mark Seen',
	action: 'Mark a conversation as seen',
	description: 'Show the person that their newest message was seen',
	lane: (param) => param('recipientId'),
	fields: [recipientField],
	run: async (ctx) => await sendAction(ctx, 'mark_seen'),
});
