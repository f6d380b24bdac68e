import { operation } from '../define';
import { simplify } from '../shared/listing';
import { SHOP_NOTE } from './shared/tags';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const CATALOG_FIELDS = ['catalog_id', 'catalog_name', 'shop_name', 'product_count'];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/available_catalogs
 */
export const getCatalogs = operation({
	value: 'getCatalogs',
	name: 'Get Catalogs',
	action: 'Get the catalogs of the shop',
	description: `List the product catalogs that the account may tag from. ${SHOP_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'products',
	fields: [simplify],
	run: async (ctx) =>
		shown(
			ctx,
			await ctx.wholeList({
				method: 'GET',
				path: graphPath`/${ctx.account().id}/available_catalogs`,
				query: { fields: CATALOG_FIELDS.join(',') },
			}),
			CATALOG_FIELDS,
		),
});
