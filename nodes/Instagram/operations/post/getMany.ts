import { POST_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { chosenFields, fieldsField, optionsField, publishedRange, rangeOf, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media */
export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many posts',
	description:
		'List the posts and reels of the account, newest first, without stories. Meta reaches the newest 10,000.',
	fields: [...returnAllAndLimit, fieldsField(POST_FIELDS), simplify, optionsField(...publishedRange)],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, POST_FIELDS);
		const path = graphPath`/${ctx.account().id}/media`;
		return shown(
			ctx,
			await ctx.list({ method: 'GET', path, query: { fields: query, ...rangeOf(ctx) }, mayLackFields: true }),
			names,
		);
	},
});
