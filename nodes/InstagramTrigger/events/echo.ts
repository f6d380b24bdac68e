import { reader } from './define';
import { messageIdentity } from './shared/identity';
import { messageField } from './shared/message';
import { isMessage } from './shared/occurrence';

/**
 * Comes through `messages`; the field `message_echoes` is Messenger's.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export const echo = reader({
	event: 'echo',
	name: 'Message Sent',
	description: 'The account itself sent a message, by hand or through an app',
	field: 'messages',
	pageField: 'message_echoes',
	optional: true,
	textIn: 'message',
	output: { message: messageField },
	reads: isMessage('echo'),
	identity: messageIdentity,
});
