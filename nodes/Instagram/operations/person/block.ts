import { operation } from '../define';
import { personField } from '../shared/personField';
import { moderate } from './shared/moderate';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/moderate-conversations
 */
export const block = operation({
	value: 'block',
	name: 'Block',
	action: 'Block a person from the account',
	description:
		'Block a person: they cannot write to the account nor be written to, and no longer find its profile, posts and stories. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [
		personField,
		{
			displayName: 'Move to Spam',
			name: 'alsoSpam',
			type: 'boolean',
			default: false,
			description: 'Whether to move the conversation to the spam folder as well',
		},
	],
	run: async (ctx) => {
		const alsoSpam = ctx.param('alsoSpam', false);
		const personId = await moderate(ctx, alsoSpam ? ['block_user', 'move_to_spam'] : ['block_user']);
		return { personId, blocked: true, ...(alsoSpam ? { movedToSpam: true } : {}) };
	},
});
