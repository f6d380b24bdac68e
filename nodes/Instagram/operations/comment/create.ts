import { adOf, adOption } from './shared/comments';
import { commentTextField, UNCLEAR_COMMENT } from '../shared/commentText';
import { operation } from '../define';
import { postField, postIdOf } from '../shared/postField';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments */
export const create = operation({
	value: 'create',
	name: 'Create',
	action: 'Write a comment below a post for all to see',
	description: 'Write a comment below a post or reel of the account, for example the first one. Live videos take none.',
	lane: (param) => param('postId'),
	fields: [postField, commentTextField, adOption],
	run: async (ctx) => {
		const text = ctx.param('text');
		const ad = adOf(ctx);
		const postId = await postIdOf(ctx);
		const { id } = await ctx.graph({
			method: 'POST',
			path: graphPath`/${postId}/comments`,
			body: { message: text, ...ad },
			ifUnclear: UNCLEAR_COMMENT,
		});
		return { id, text, mediaId: postId };
	},
});
