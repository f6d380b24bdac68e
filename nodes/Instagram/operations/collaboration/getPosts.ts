import { COLLABORATIVE_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const getPosts = operation({
	value: 'getPosts',
	name: 'Get Posts',
	action: 'Get the posts made together with others',
	description: 'List the posts of others on which the account collaborates. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [...returnAllAndLimit, fieldsField(COLLABORATIVE_FIELDS), simplify],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, COLLABORATIVE_FIELDS);
		return shown(
			ctx,
			await ctx.list({
				method: 'GET',
				path: graphPath`/${ctx.account().id}/collaborative_media`,
				query: { fields: query },
				mayLackFields: true,
			}),
			names,
		);
	},
});
