import { operation } from '../define';
import { answerInvite, invitedPostField } from './shared/invite';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/collaboration_invites
 */
export const decline = operation({
	value: 'decline',
	name: 'Decline',
	action: 'Decline a collaboration invite',
	description: 'Decline an invite to collaborate on a post. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	lane: (param) => param('mediaId'),
	fields: [invitedPostField],
	run: async (ctx) => await answerInvite(ctx, false),
});
