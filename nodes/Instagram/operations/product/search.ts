import { metaId } from '../shared/metaId';
import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { SHOP_NOTE } from './shared/tags';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const PRODUCT_FIELDS = [
	'product_id',
	'product_name',
	'retailer_id',
	'review_status',
	'image_url',
	'merchant_id',
	'is_checkout_flow',
	'product_variants',
];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/catalog_product_search
 */
export const search = operation({
	value: 'search',
	name: 'Search',
	action: 'Search products',
	description: `Search the products of a catalog that can be tagged. ${SHOP_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'products',
	fields: [
		{
			displayName: 'Catalog ID',
			name: 'catalogId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 960179311066902',
			description: 'ID of the catalog, from Get Catalogs',
		},
		{
			displayName: 'Search Text',
			name: 'searchText',
			type: 'string',
			default: '',
			placeholder: 'e.g. gluten free',
			description: 'Words from the name of the product, or its SKU; all products when empty',
		},
		...returnAllAndLimit,
		simplify,
	],
	run: async (ctx) => {
		const text = ctx.param('searchText', '').trim();
		const query = {
			catalog_id: metaId(ctx, 'catalogId', 'Catalog ID'),
			...(text ? { q: text } : {}),
			fields: PRODUCT_FIELDS.join(','),
		};
		return shown(
			ctx,
			await ctx.list({ method: 'GET', path: graphPath`/${ctx.account().id}/catalog_product_search`, query }),
			PRODUCT_FIELDS,
		);
	},
});
