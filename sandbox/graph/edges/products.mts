import type { Account, Catalog, Media, Product, ProductTag } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import { edgePage } from '../engine/paging.mts';
import { productsOf, readProductTags } from '../publishing/productRules.mts';
import type { NodeType } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'catalog_management', 'instagram_shopping_tag_products'];
/**
 * Product tags of a published post.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/product_tags
 */
const MAX_TAGS = { FEED: 20, REELS: 30 };

const checkEligible = ({ accountType }: Account): void => {
	if (accountType !== 'BUSINESS') throw invalidParam('Only business accounts can tag products, creators cannot');
};

const catalogNode: NodeType<Catalog> = {
	name: 'UserAvailableCatalogs',
	defaults: ['catalog_id', 'catalog_name', 'shop_name', 'product_count'],
	fields: {
		catalog_id: ({ id }) => id,
		catalog_name: ({ name }) => name,
		shop_name: ({ name }) => name,
		product_count: ({ products }) => products.length,
	},
};

const pictureOf = (call: Call, account: Account) => mediaUrl(call.world, account.pictureAssetId);

/** A product in the results of a search; ids are numbers in this answer (reference). */
const productNode = (account: Account): NodeType<Product> => ({
	name: 'ShadowIGUserCatalogProductSearch',
	defaults: [
		'product_id',
		'merchant_id',
		'product_name',
		'image_url',
		'retailer_id',
		'review_status',
		'is_checkout_flow',
	],
	fields: {
		product_id: ({ id }) => Number(id),
		merchant_id: () => Number(account.pageId),
		product_name: ({ name }) => name,
		image_url: (_product, { call }) => pictureOf(call, account),
		retailer_id: ({ retailerId }) => retailerId,
		review_status: ({ reviewStatus }) => reviewStatus,
		is_checkout_flow: () => false,
		product_variants: () => undefined,
	},
});

const tagNode = (account: Account): NodeType<ProductTag> => ({
	name: 'ShadowIGMediaProductTags',
	defaults: ['product_id', 'merchant_id', 'name', 'price_string', 'image_url', 'review_status'],
	fields: {
		product_id: ({ product }) => Number(product.id),
		merchant_id: () => Number(account.pageId),
		name: ({ product }) => product.name,
		price_string: ({ product }) => product.price,
		stripped_price_string: ({ product }) => product.price,
		stripped_sale_price_string: () => undefined,
		image_url: (_tag, { call }) => pictureOf(call, account),
		review_status: ({ product }) => product.reviewStatus,
		is_checkout: () => false,
		x: ({ x }) => x,
		y: ({ y }) => y,
	},
});

const updateTags = (call: Call, post: Media): unknown => {
	checkEligible(post.account);
	const index = call.params.child_index as number | undefined;
	const media = index === undefined ? post : post.children[index];
	if (!media) throw invalidParam('Param child_index names no item of this carousel');
	const type = post.productType;
	if (type !== 'FEED' && type !== 'REELS') throw invalidParam('Stories and live videos have no product tags');
	const isVideo = media.mediaType === 'VIDEO';
	const given = call.params.updated_tags as unknown[];
	const tags = readProductTags(call.world, post.account, given, isVideo, MAX_TAGS[type]);
	const others = media.productTags.filter((known) => !tags.some(({ product }) => product === known.product));
	if (others.length + tags.length > MAX_TAGS[type])
		throw invalidParam(`A post has at most ${MAX_TAGS[type]} product tags`);
	media.productTags = [...others, ...tags];
	return { success: true };
};

const needProduct = (call: Call, account: Account): Product => {
	const found = productsOf(call.world, account).find(({ id }) => id === call.params.product_id);
	if (!found) throw invalidParam('Param product_id names no product of this shop');
	return found;
};

const appealNode: NodeType<Product> = {
	name: 'IGShoppingProductAppeal',
	defaults: ['product_id', 'product_appeal_status', 'review_status', 'eligible_for_appeal'],
	fields: {
		product_id: ({ id }) => Number(id),
		product_appeal_status: ({ appealed }) => (appealed ? 'pending' : ''),
		review_status: ({ reviewStatus }) => reviewStatus,
		eligible_for_appeal: ({ reviewStatus, appealed }) => reviewStatus === 'rejected' && !appealed,
		rejection_reasons: ({ reviewStatus }) =>
			reviewStatus === 'rejected' ? ['It does not follow the commerce policies.'] : [],
	},
};

const onAccount = (
	edge: string,
	method: 'GET' | 'POST',
	params: Endpoint['params'],
	run: (call: Call, account: Account) => unknown,
): Endpoint =>
	endpoint({
		on: 'account',
		edge,
		method,
		token: 'any',
		scopes: SCOPES,
		params,
		run: (call, account) => {
			checkEligible(account);
			return run(call, account);
		},
	});

const catalogsOf = (call: Call, account: Account): Catalog[] =>
	[...call.world.catalogs.values()].filter(({ accountId }) => accountId === account.id);

/**
 * Catalogs, products and product tags of an account with a shop.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/catalog_product_search
 */
export const productEndpoints: Endpoint[] = [
	onAccount('available_catalogs', 'GET', {}, (call, account) =>
		edgePage(call, {
			items: catalogsOf(call, account),
			keyOf: ({ id }) => id,
			type: catalogNode,
		}),
	),
	onAccount('catalog_product_search', 'GET', { catalog_id: 'string!', q: 'string' }, (call, account) => {
		const catalog = catalogsOf(call, account).find(({ id }) => id === call.params.catalog_id);
		if (!catalog) throw invalidParam('Param catalog_id names no catalog of this account');
		const words = String(call.params.q ?? '').toLowerCase();
		const items = catalog.products.filter(({ name }) => name.toLowerCase().includes(words));
		return edgePage(call, { items, keyOf: ({ id }) => id, type: productNode(account) });
	}),
	onAccount('product_appeal', 'GET', { product_id: 'string!' }, (call, account) =>
		edgePage(call, {
			items: [needProduct(call, account)],
			keyOf: ({ id }) => id,
			type: appealNode,
		}),
	),
	onAccount('product_appeal', 'POST', { appeal_reason: 'string!', product_id: 'string!' }, (call, account) => {
		const product = needProduct(call, account);
		if (product.reviewStatus !== 'rejected' || product.appealed)
			throw invalidParam('Only a rejection that was not appealed yet can be appealed');
		product.appealed = true;
		return { success: true };
	}),
	endpoint({
		on: 'media',
		edge: 'product_tags',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, media) =>
			edgePage(call, {
				items: media.productTags,
				keyOf: ({ product }) => product.id,
				type: tagNode(media.account),
			}),
	}),
	endpoint({
		on: 'media',
		edge: 'product_tags',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { child_index: 'int', updated_tags: 'list!' },
		run: updateTags,
	}),
];
