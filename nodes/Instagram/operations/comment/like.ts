import { commentIdField, commentIdOf } from './shared/comments';
import { operation } from '../define';
import { setLike } from '../shared/likes';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export const like = operation({
	value: 'like',
	name: 'Like',
	action: 'Like a comment',
	description:
		'Like a comment as the account, whosever post it stands below. Needs the capability Likes. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	capability: 'likes',
	fields: [commentIdField],
	run: async (ctx) => {
		const commentId = commentIdOf(ctx);
		return { commentId, ...(await setLike(ctx, { comment_id: commentId }, true)) };
	},
});
