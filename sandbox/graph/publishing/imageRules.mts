import { imageSize } from 'image-size';
import { makeAsset, sniffType } from '../../world/assets.mts';
import type { Asset } from '../../world/types.mts';
import { storeAsset } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { publishingError } from '../engine/errors.mts';
import { fetchMedia } from '../media/fetchMedia.mts';

/** Largest image, in bytes. */
const MAX_IMAGE_BYTES = 8 * 1024 * 1024;
const MIN_RATIO = 4 / 5;
const MAX_RATIO = 1.91;
/** EXIF orientations that turn an image by a quarter. */
const QUARTER_TURNS = [5, 6, 7, 8];

const notFetched = () => publishingError(9004, 2207052, 'The media could not be fetched from this URI');
const wrongFormat = () => publishingError(36001, 2207005, 'The image format is not supported; only JPEG is');

/** JPEGs that hold several pictures (MPO) carry an APP2 segment marked MPF. */
const isMultiPicture = (bytes: Buffer): boolean => bytes.subarray(0, 65_536).includes('MPF\0');

const measure = (bytes: Buffer): { width: number; height: number } => {
	try {
		const { width, height, orientation } = imageSize(bytes);
		return QUARTER_TURNS.includes(orientation ?? 1) ? { width: height, height: width } : { width, height };
	} catch {
		throw wrongFormat();
	}
};

/** Whether a ratio is within 4:5 and 1.91:1, allowing for the rounding of one pixel. */
function isFeedRatio(width: number, height: number): boolean {
	return (width + 1) / height >= MIN_RATIO && (width - 1) / height <= MAX_RATIO;
}

/**
 * Fetch an image to publish and check it by its bytes: fetchable, at most 8 MiB,
 * JPEG, and for the feed within the aspect ratio.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export async function fetchImage(call: Call, url: string, forFeed: boolean): Promise<Asset> {
	const fetched = await fetchMedia(call.context.agent, url, MAX_IMAGE_BYTES);
	if (!fetched.ok) {
		if (fetched.reason === 'tooLarge') throw publishingError(36000, 2207004, 'The image is larger than 8 MiB');
		if (fetched.reason === 'timeout') throw publishingError(-2, 2207003, 'The media took too long to download', true);
		throw notFetched();
	}
	const type = sniffType(fetched.bytes);
	if (type === undefined || !type.startsWith('image/')) throw notFetched();
	if (type !== 'image/jpeg' || isMultiPicture(fetched.bytes)) throw wrongFormat();
	const { width, height } = measure(fetched.bytes);
	if (forFeed && !isFeedRatio(width, height)) {
		throw publishingError(36003, 2207009, 'The aspect ratio is outside of 4:5 to 1.91:1');
	}
	return storeAsset(call.world, makeAsset(fetched.bytes, type));
}
