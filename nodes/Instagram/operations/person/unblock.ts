import { operation } from '../define';
import { personField } from '../shared/personField';
import { moderate } from './shared/moderate';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/moderate-conversations
 */
export const unblock = operation({
	value: 'unblock',
	name: 'Unblock',
	action: 'Unblock a person',
	description:
		'Take a block off a person: they can write to the account and see its content again. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [personField],
	run: async (ctx) => ({ personId: await moderate(ctx, ['unblock_user']), blocked: false }),
});
