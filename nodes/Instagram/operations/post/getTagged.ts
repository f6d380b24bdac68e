import { TAGGED_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/tags */
export const getTagged = operation({
	value: 'getTagged',
	name: 'Get Tagged',
	action: 'Get the posts in which the account is tagged',
	description: 'List public posts of others in which the account was tagged in the picture or video',
	fields: [...returnAllAndLimit, fieldsField(TAGGED_FIELDS), simplify],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, TAGGED_FIELDS);
		const path = graphPath`/${ctx.account().id}/tags`;
		return shown(ctx, await ctx.list({ method: 'GET', path, query: { fields: query }, mayLackFields: true }), names);
	},
});
