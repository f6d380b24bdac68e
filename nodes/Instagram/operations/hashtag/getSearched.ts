import { operation } from '../define';
import { alsoAsUser } from '../shared/alsoAsUser';
import { simplify } from '../shared/listing';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/recently_searched_hashtags
 */
export const getSearched = operation({
	value: 'getSearched',
	name: 'Get Searched',
	action: 'Get the hashtags searched of late',
	description:
		'List the hashtags that the account searched within the last 7 days, 30 at most. Those can be searched again at no cost. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [simplify],
	run: alsoAsUser(async (ctx) =>
		shown(
			ctx,
			await ctx.wholeList({
				method: 'GET',
				path: graphPath`/${ctx.account().id}/recently_searched_hashtags`,
				query: { fields: 'id,name' },
			}),
		),
	),
});
