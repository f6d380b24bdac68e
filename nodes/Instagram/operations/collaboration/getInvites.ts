import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const INVITE_FIELDS = ['media_id', 'media_owner_username', 'caption', 'media_url'];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/collaboration_invites
 */
export const getInvites = operation({
	value: 'getInvites',
	name: 'Get Invites',
	action: 'Get the collaboration invites',
	description:
		'List open invites to collaborate on posts of others. Meta takes 300 calls about invites per day. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [...returnAllAndLimit, simplify],
	run: async (ctx) =>
		shown(
			ctx,
			await ctx.list({
				method: 'GET',
				path: graphPath`/${ctx.account().id}/collaboration_invites`,
				query: { fields: INVITE_FIELDS.join(',') },
			}),
			INVITE_FIELDS,
		),
});
