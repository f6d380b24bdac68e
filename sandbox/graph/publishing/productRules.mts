import type { Account, Product, ProductTag } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { invalidParam, publishingError } from '../engine/errors.mts';

/** Most product tags in one call that makes a container. */
const MAX_PRODUCT_TAGS = 5;

/** Products of all catalogs of an account's shop. */
export function productsOf(world: World, account: Account): Product[] {
	return [...world.catalogs.values()]
		.filter(({ accountId }) => accountId === account.id)
		.flatMap(({ products }) => products);
}

const isFraction = (value: unknown): boolean => {
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && number >= 0 && number <= 1;
};

/**
 * Read product tags: a known product that was not rejected, with a position on photos (required) and
 * none on videos. Throws 100 with a subcode.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
 */
export function readProductTags(
	world: World,
	account: Account,
	tags: unknown[],
	isVideo: boolean,
	max = MAX_PRODUCT_TAGS,
): ProductTag[] {
	if (tags.length > max) throw invalidParam(`More than ${max} product tags`);
	return tags.map((tag) => {
		const { product_id: id, x, y } = (tag ?? {}) as Record<string, unknown>;
		if (isVideo && (x !== undefined || y !== undefined))
			throw publishingError(100, 2207035, 'Product tags on videos have no position');
		if (!isVideo && !(isFraction(x) && isFraction(y)))
			throw publishingError(100, 2207036, 'Product tags on photos need a position');
		const product = productsOf(world, account).find((one) => one.id === String(id));
		if (!product || product.reviewStatus === 'rejected')
			throw publishingError(100, 2207037, 'The product cannot be tagged');
		return { product, ...(!isVideo && { x: Number(x), y: Number(y) }) };
	});
}
