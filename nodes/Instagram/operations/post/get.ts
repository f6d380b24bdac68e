import { POST_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { postField, postIdOf } from '../shared/postField';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media */
export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get a post',
	description: 'Read one post, reel or story of the account. Links to pictures and videos work for a short time.',
	fields: [postField, fieldsField(POST_FIELDS), simplify],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, POST_FIELDS);
		const postId = await postIdOf(ctx);
		return shown(
			ctx,
			[await ctx.graph({ method: 'GET', path: graphPath`/${postId}`, query: { fields: query }, mayLackFields: true })],
			names,
		);
	},
});
