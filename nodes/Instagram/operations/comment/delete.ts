import { adOf, adOption, commentIdField, commentIdOf } from './shared/comments';
import { operation } from '../define';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment */
const deleteComment = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a comment for good',
	description:
		'Delete a comment below a post of the account for good, with its replies. Comments below posts of others cannot be deleted.',
	lane: (param) => param('commentId'),
	fields: [commentIdField, adOption],
	run: async (ctx) => {
		const commentId = commentIdOf(ctx);
		const ifUnclear =
			'The comment may or may not be gone. Deleting it again does no harm: Meta then says that it does not know the ID.';
		await ctx.graph({ method: 'DELETE', path: graphPath`/${commentId}`, query: adOf(ctx), ifUnclear });
		return { deleted: true, commentId };
	},
});

export { deleteComment as delete };
