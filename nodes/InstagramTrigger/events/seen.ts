import { reader } from './define';
import { actOn } from './shared/identity';
import { isMessaging } from './shared/occurrence';
import { id, ownObject } from './shared/shape';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const seen = reader({
	event: 'seen',
	name: 'Message Seen',
	description: 'Somebody read the messages of the account',
	field: 'messaging_seen',
	output: { seen: ownObject('read', 'What was read', { messageId: id('mid', 'The last message that was read') }) },
	reads: isMessaging('read'),
	identity: (body) => actOn('seen', body, 'read'),
});
