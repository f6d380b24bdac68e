import { operation } from '../define';
import { productIdField, productIdOf, SHOP_NOTE } from './shared/tags';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/product_appeal
 */
export const appeal = operation({
	value: 'appeal',
	name: 'Appeal',
	action: 'Appeal the rejection of a product',
	description: `Ask Meta to review a rejected product once more. ${SHOP_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'products',
	fields: [
		productIdField,
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. It is a toy, no weapon.',
			description: 'Why the rejection is wrong',
		},
	],
	run: async (ctx) => {
		const productId = productIdOf(ctx);
		const body = { product_id: productId, appeal_reason: ctx.param('reason') };
		const ifUnclear = 'The appeal may or may not have been filed: Get Appeal tells.';
		await ctx.graph({ method: 'POST', path: graphPath`/${ctx.account().id}/product_appeal`, body, ifUnclear });
		return { productId, appealed: true };
	},
});
