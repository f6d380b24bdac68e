import type { Media } from '../../world/types.mts';

/** The address of a post in the app. */
export function permalinkFor(
	productType: Media['productType'],
	shortcode: string,
	username: string,
	id: string,
): string {
	if (productType === 'STORY') return `https://www.instagram.com/stories/${username}/${id}`;
	return `https://www.instagram.com/${productType === 'REELS' ? 'reel' : 'p'}/${shortcode}/`;
}

/** Where a post of an account lives in the app. */
export function permalinkOf({ productType, shortcode, account, id }: Media): string {
	return permalinkFor(productType, shortcode, account.username, id);
}
