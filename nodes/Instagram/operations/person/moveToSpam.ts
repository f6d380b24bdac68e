import { operation } from '../define';
import { personField } from '../shared/personField';
import { moderate } from './shared/moderate';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/moderate-conversations
 */
export const moveToSpam = operation({
	value: 'moveToSpam',
	name: 'Move to Spam',
	action: 'Move a conversation to spam',
	description:
		'Mark the conversation with a person as spam and move it to the spam folder of Meta Business Suite. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [personField],
	run: async (ctx) => ({ personId: await moderate(ctx, ['move_to_spam']), movedToSpam: true }),
});
