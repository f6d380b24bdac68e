import { operation } from '../define';
import { setLike } from '../shared/likes';
import { anyPostField, postIdOf } from '../shared/postField';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export const like = operation({
	value: 'like',
	name: 'Like',
	action: 'Like a post',
	description:
		'Like a post or reel as the account. Stories and posts of private accounts cannot be liked. Needs the capability Likes. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	capability: 'likes',
	fields: [anyPostField],
	run: async (ctx) => {
		const postId = await postIdOf(ctx);
		return { postId, ...(await setLike(ctx, { media_id: postId }, true)) };
	},
});
