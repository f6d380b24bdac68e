import { commentIdField, commentIdOf } from './shared/comments';
import { commentTextField, UNCLEAR_COMMENT } from '../shared/commentText';
import { operation } from '../define';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies */
export const reply = operation({
	value: 'reply',
	name: 'Reply',
	action: 'Reply to a comment for all to see',
	description:
		'Answer a comment in public, below it. An answer to a reply stands below the comment that began. Hidden comments and those of live videos cannot be answered.',
	lane: (param) => param('commentId'),
	fields: [commentIdField, commentTextField],
	run: async (ctx) => {
		const text = ctx.param('text');
		const parentId = commentIdOf(ctx);
		const { id } = await ctx.graph({
			method: 'POST',
			path: graphPath`/${parentId}/replies`,
			body: { message: text },
			ifUnclear: UNCLEAR_COMMENT,
		});
		return { id, text, parentId };
	},
});
