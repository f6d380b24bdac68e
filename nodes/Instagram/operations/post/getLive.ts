import { LIVE_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/live_media */
export const getLive = operation({
	value: 'getLive',
	name: 'Get Live',
	action: 'Get the live video of the account',
	description: 'List the live video of the account while it is on air; nothing otherwise',
	fields: [...returnAllAndLimit, fieldsField(LIVE_FIELDS), simplify],
	run: async (ctx) => {
		const { query, names } = chosenFields(ctx, LIVE_FIELDS);
		const path = graphPath`/${ctx.account().id}/live_media`;
		return shown(ctx, await ctx.list({ method: 'GET', path, query: { fields: query }, mayLackFields: true }), names);
	},
});
