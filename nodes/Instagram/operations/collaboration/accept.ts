import { operation } from '../define';
import { answerInvite, invitedPostField } from './shared/invite';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/collaboration_invites
 */
export const accept = operation({
	value: 'accept',
	name: 'Accept',
	action: 'Accept a collaboration invite for all to see',
	description: 'Accept an invite: the post then appears in the profile of the account too. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	lane: (param) => param('mediaId'),
	fields: [invitedPostField],
	run: async (ctx) => await answerInvite(ctx, true),
});
