import { CHILD_FIELDS } from '../../../meta/nodeFields';
import { operation } from '../define';
import { simplify } from '../fields';
import { postField, postIdOf } from '../postPicker';
import { chosenFields, fieldsField, shown } from '../readFields';

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
			await ctx.wholeList({ method: 'GET', path: `/${postId}/children`, query: { fields: query } }),
			names,
		);
	},
});
