import { operation } from '../define';
import { simplify } from '../shared/listing';
import { postField, postIdOf } from '../shared/postField';
import { SHOP_NOTE } from './shared/tags';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const TAG_FIELDS = [
	'product_id',
	'name',
	'price_string',
	'stripped_price_string',
	'stripped_sale_price_string',
	'image_url',
	'review_status',
	'merchant_id',
	'is_checkout',
	'x',
	'y',
];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/product_tags
 */
export const getTags = operation({
	value: 'getTags',
	name: 'Get Tags',
	action: 'Get the product tags of a post',
	description: `List the products that are tagged on a post, with price and position. For one picture of a carousel, give the ID of that picture. ${SHOP_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'products',
	fields: [postField, simplify],
	run: async (ctx) => {
		const postId = await postIdOf(ctx);
		return shown(
			ctx,
			await ctx.wholeList({
				method: 'GET',
				path: graphPath`/${postId}/product_tags`,
				query: { fields: TAG_FIELDS.join(',') },
			}),
			TAG_FIELDS,
		);
	},
});
