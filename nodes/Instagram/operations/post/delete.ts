import { operation } from '../define';
import { postField, postIdOf } from '../shared/postField';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media
 */
const deletePost = operation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a post for good',
	description:
		'Delete a post, reel, story or whole carousel of the account for good. Ads and single pictures of a carousel stay. Needs the capability Deleting Posts. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	capability: 'deletion',
	lane: (param) => param('postId'),
	fields: [postField],
	run: async (ctx) => {
		const postId = await postIdOf(ctx);
		const ifUnclear =
			'The post may or may not be gone. Deleting it again does no harm: Meta then says that it does not know the ID.';
		await ctx.graph({ method: 'DELETE', path: graphPath`/${postId}`, ifUnclear });
		return { deleted: true, postId };
	},
});

export { deletePost as delete };
