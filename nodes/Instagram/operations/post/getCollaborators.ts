import { operation } from '../define';
import { simplify } from '../shared/listing';
import { postField, postIdOf } from '../shared/postField';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const COLLABORATOR_FIELDS = ['id', 'username', 'invite_status'];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/collaborators
 */
export const getCollaborators = operation({
	value: 'getCollaborators',
	name: 'Get Collaborators',
	action: 'Get the collaborators of a post',
	description:
		'List the accounts that were invited to collaborate on a post, with what they answered. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [postField, simplify],
	run: async (ctx) => {
		const postId = await postIdOf(ctx);
		return shown(
			ctx,
			await ctx.wholeList({
				method: 'GET',
				path: graphPath`/${postId}/collaborators`,
				query: { fields: COLLABORATOR_FIELDS.join(',') },
			}),
			COLLABORATOR_FIELDS,
		);
	},
});
