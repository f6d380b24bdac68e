import { reader } from './define';
import { messageIdentity } from './shared/identity';
import { messageField } from './shared/message';
import { isMessage } from './shared/occurrence';

/**
 * Carries the ID of the message that is gone, so it needs a name of its own: as a `message` it would be its repeat.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export const messageDeleted = reader({
	event: 'messageDeleted',
	name: 'Message Deleted',
	description: 'Somebody took a message back; its content must be deleted where it was stored',
	field: 'messages',
	output: { message: messageField },
	reads: isMessage('messageDeleted'),
	identity: (body) => [...messageIdentity(body), 'deleted'],
});
