import { commentIdField, commentIdOf } from './shared/comments';
import { operation } from '../define';
import { setLike } from '../shared/likes';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export const unlike = operation({
	value: 'unlike',
	name: 'Unlike',
	action: 'Unlike a comment',
	description: "Take the account's like of a comment back. Needs the capability Likes. Facebook Login only.",
	logins: ['facebookUser', 'facebookPage'],
	capability: 'likes',
	fields: [commentIdField],
	run: async (ctx) => {
		const commentId = commentIdOf(ctx);
		return { commentId, ...(await setLike(ctx, { comment_id: commentId }, false)) };
	},
});
