import { COMMENT_FIELDS } from '../../../meta/reading/comments';
import { commentIdField, commentIdOf, shownComments } from './shared/comments';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies */
export const getReplies = operation({
	value: 'getReplies',
	name: 'Get Replies',
	action: 'Get the replies to a comment',
	description: 'List the replies below a comment',
	fields: [commentIdField, ...returnAllAndLimit, simplify],
	run: async (ctx) =>
		shownComments(
			ctx,
			await ctx.list({
				method: 'GET',
				path: graphPath`/${commentIdOf(ctx)}/replies`,
				query: { fields: COMMENT_FIELDS },
			}),
		),
});
