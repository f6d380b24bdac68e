import { reader } from './define';
import { actOn } from './shared/identity';
import { isMessaging } from './shared/occurrence';
import { id, ownObject, text } from './shared/shape';

/** @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples */
export const reaction = reader({
	event: 'reaction',
	name: 'Reaction',
	description: 'Somebody reacted to a message, or took the reaction back',
	field: 'message_reactions',
	output: {
		reaction: ownObject('reaction', 'The reaction', {
			messageId: id('mid', 'The message that it belongs to'),
			action: text('action', '`react`, or `unreact` when it was taken back'),
			reaction: text(
				'reaction',
				'`love`, `like`, `laugh`, `wow`, `sad`, `angry`, `other`; null when it was taken back',
			),
			emoji: text('emoji', 'The emoji itself; null when it was taken back'),
		}),
	},
	reads: isMessaging('reaction'),
	identity: (body) => actOn('reaction', body, 'reaction', 'action', 'reaction', 'emoji'),
});
