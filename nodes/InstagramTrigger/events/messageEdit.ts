import { reader } from './define';
import { actOn } from './shared/identity';
import { isMessaging } from './shared/occurrence';
import { count, id, ownObject, text } from './shared/shape';

/**
 * An edit that counts no change announces a new message, and is told as that (`asNewMessage`).
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export const messageEdit = reader({
	event: 'messageEdit',
	name: 'Message Edited',
	description: 'Somebody changed a message that they had sent',
	field: 'message_edit',
	textIn: 'messageEdit',
	output: {
		messageEdit: ownObject('message_edit', 'The message as it is now', {
			id: id('mid', 'The message'),
			text: text('text', 'What it says now; null when Meta does not tell it'),
			editCount: count('num_edit', 'How often it was changed'),
		}),
	},
	reads: isMessaging('message_edit'),
	identity: (body) => actOn('edit', body, 'message_edit', 'num_edit'),
});
