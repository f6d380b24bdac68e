import { rowsOf } from '../../../meta/graph/list';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { productIdField, productIdOf, SHOP_NOTE } from './shared/tags';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const APPEAL_FIELDS = [
	'product_id',
	'review_status',
	'eligible_for_appeal',
	'product_appeal_status',
	'rejection_reasons',
];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/product_appeal
 */
export const getAppeal = operation({
	value: 'getAppeal',
	name: 'Get Appeal',
	action: 'Get the review of a product',
	description: `Tell whether Meta approved a product, why not, and whether that was appealed or can be. ${SHOP_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'products',
	fields: [productIdField, simplify],
	run: async (ctx) => {
		const query = { product_id: productIdOf(ctx), fields: APPEAL_FIELDS.join(',') };
		return shown(
			ctx,
			rowsOf(await ctx.graph({ method: 'GET', path: graphPath`/${ctx.account().id}/product_appeal`, query })),
			APPEAL_FIELDS,
		);
	},
});
