import { CHILD_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { postField, postIdOf } from '../shared/postField';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/children */
export const getChildren = operation({
	value: 'getChildren',
	name: 'Get Children',
	action: 'Get the pictures and videos of a carousel',
	description: 'List the pictures and videos of a carousel, in their order. Other posts have none.',
	fields: [postField, fieldsField(CHILD_FIELDS), simplify],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, CHILD_FIELDS);
		const postId = await postIdOf(ctx);
		return shown(
			ctx,
			await ctx.wholeList({
				method: 'GET',
				path: graphPath`/${postId}/children`,
				query: { fields: query },
				mayLackFields: true,
			}),
			names,
		);
	},
});
