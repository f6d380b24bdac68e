import type { IDataObject } from 'n8n-workflow';
import { rowsOf } from '../../../meta/graph/list';
import { ACCOUNT_FIELDS } from '../../../meta/reading/fields';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { chosenFields, fieldsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * With Instagram Login, Meta's `id` is one for the app alone; the account's own is the one that everything else wants.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started
 */
export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get the profile of an account',
	description: 'Read the profile of the account: name, biography, picture, and how many followers and posts it has',
	fields: [fieldsField(ACCOUNT_FIELDS), simplify],
	run: async (ctx) => {
		const { id } = ctx.account();
		const { query, names } = chosenFields(ctx, ACCOUNT_FIELDS);
		const answer = await ctx.graph({
			method: 'GET',
			path: graphPath`/${id}`,
			query: { fields: query },
			mayLackFields: true,
		});
		// Meta documents a list with Instagram Login, and answers the object itself.
		const profile: IDataObject = rowsOf(answer)[0] ?? answer;
		return shown(ctx, [ctx.param('simplify', true) ? { ...profile, id } : profile], names);
	},
});
