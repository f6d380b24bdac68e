import { operation } from '../define';
import { setLike } from '../shared/likes';
import { anyPostField, postIdOf } from '../shared/postField';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export const unlike = operation({
	value: 'unlike',
	name: 'Unlike',
	action: 'Unlike a post',
	description: "Take the account's like of a post or reel back. Needs the capability Likes. Facebook Login only.",
	logins: ['facebookUser', 'facebookPage'],
	capability: 'likes',
	fields: [anyPostField],
	run: async (ctx) => {
		const postId = await postIdOf(ctx);
		return { postId, ...(await setLike(ctx, { media_id: postId }, false)) };
	},
});
