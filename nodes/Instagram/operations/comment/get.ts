import { COMMENT_FIELDS } from '../../../meta/reading/comments';
import { commentIdField, commentIdOf, shownComments } from './shared/comments';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment */
export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get a comment',
	description: 'Read one comment or reply: who wrote what, when, below which post, and whether it is hidden',
	fields: [commentIdField, simplify],
	run: async (ctx) =>
		shownComments(ctx, [
			await ctx.graph({ method: 'GET', path: graphPath`/${commentIdOf(ctx)}`, query: { fields: COMMENT_FIELDS } }),
		]),
});
