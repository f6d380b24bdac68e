import { sampleAsset } from '../world/assets.mts';
import { newMediaId, numericId } from '../world/ids.mts';
import { addMedia } from '../world/media.mts';
import type { Account, Catalog, Product } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { storeAsset } from '../world/world.mts';
import { refuse } from './refuse.mts';

/** Products of a catalog to make. */
export type CatalogBody = {
	name?: string;
	products?: Array<Partial<Pick<Product, 'name' | 'price' | 'retailerId' | 'reviewStatus'>>>;
};

/** A post to schedule in the app. */
export type ScheduleBody = {
	caption?: string;
	/** ISO 8601. */
	publishAt?: string;
};

/** Give an account's shop a catalog; returns its id and those of its products. */
export function addCatalog(
	world: World,
	account: Account,
	{ name = 'Sandbox Shop', products = [] }: CatalogBody,
): { id: string; productIds: string[] } {
	const catalog: Catalog = {
		id: numericId('61', 15),
		accountId: account.id,
		name,
		products: products.map((product, index) => ({
			id: numericId('40', 16),
			name: product.name ?? `Product ${index + 1}`,
			price: product.price ?? '$1.00',
			retailerId: product.retailerId ?? `sku-${index + 1}`,
			reviewStatus: product.reviewStatus ?? 'approved',
			appealed: false,
		})),
	};
	world.catalogs.set(catalog.id, catalog);
	return { id: catalog.id, productIds: catalog.products.map(({ id }) => id) };
}

/** Schedule a post as its owner does in the app; the clock publishes it. */
export function schedulePost(
	world: World,
	account: Account,
	{ caption = '', publishAt = '' }: ScheduleBody,
): { id: string } {
	const time = Date.parse(publishAt);
	if (!(time > world.clock.now())) throw refuse(400, 'publishAt must be a time to come.');
	const id = newMediaId();
	const assetId = storeAsset(world, sampleAsset('image')).id;
	account.scheduled.push({ id, caption, assetId, publishAt: time });
	world.clock.at(time, () => {
		account.scheduled = account.scheduled.filter((post) => post.id !== id);
		addMedia(world, {
			id,
			account,
			caption,
			assetId,
			mediaType: 'IMAGE',
			productType: 'FEED',
		});
	});
	return { id };
}
