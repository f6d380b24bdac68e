import { reader } from './define';
import { messageField } from './shared/message';
import { messageIdentity } from './shared/identity';
import { isMessage } from './shared/occurrence';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const message = reader({
	event: 'message',
	name: 'Message Received',
	description: 'Somebody sent a direct message: text, attachments, a quick reply; story replies and mentions included',
	field: 'messages',
	textIn: 'message',
	output: { message: messageField },
	reads: isMessage('message'),
	identity: messageIdentity,
});
