import { id, object, text, type Field, type Shape } from './shape';
import { isObject } from './values';

const ad = (key: string) => (referral: { ads_context_data?: unknown }) =>
	isObject(referral.ads_context_data) ? referral.ads_context_data[key] : undefined;

/** How a person came to the conversation: an ig.me link, an ad, a product of the shop. */
export const referralShape: Shape = {
	ref: text('ref', 'Your own word from the link or the ad'),
	source: text('source', 'Where from: `ADS`, `SHORTLINK` or the ig.me link'),
	type: text('type', '`OPEN_THREAD`'),
	adId: id('ad_id', 'The ad'),
	adTitle: text(ad('ad_title'), 'Title of the ad'),
	photoUrl: text(ad('photo_url'), 'Picture of the ad'),
	videoUrl: text(ad('video_url'), 'Preview picture of the video of the ad'),
	postId: id(ad('post_id'), 'Post that the ad shows'),
	productId: id(
		(referral) => (isObject(referral.product) ? referral.product.id : ad('product_id')(referral)),
		'Product of the shop',
	),
};

export const referralField: Field = object(
	'referral',
	'How the person came to the conversation, when they came from a link, an ad or a product',
	referralShape,
);
