import { POST_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/stories */
export const getStories = operation({
	value: 'getStories',
	name: 'Get Stories',
	action: 'Get the stories of the account',
	description:
		'List the stories that can be seen now. They are gone 24 hours after they were published; live videos and stories shared from others are not among them.',
	fields: [...returnAllAndLimit, fieldsField(POST_FIELDS), simplify],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, POST_FIELDS);
		const path = graphPath`/${ctx.account().id}/stories`;
		return shown(ctx, await ctx.list({ method: 'GET', path, query: { fields: query }, mayLackFields: true }), names);
	},
});
