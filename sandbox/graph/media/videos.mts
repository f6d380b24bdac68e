import { makeAsset, sampleAsset, sniffType } from '../../world/assets.mts';
import type { Container } from '../../world/types.mts';
import type { World } from '../../world/world.mts';
import { storeAsset } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { fetchMedia } from './fetchMedia.mts';

const MB = 1024 * 1024;
const TYPES = ['video/mp4', 'video/quicktime'];
/** A video that is being fetched may take this long, in ms. */
const FETCH_TIMEOUT_MS = 60_000;

/**
 * Largest video of a container, in bytes.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export function maxVideoBytes(container: Container): number {
	return (container.kind === 'REELS' ? 300 : 100) * MB;
}

/** Take the bytes of a video; what is wrong with them shows in the status, once it is processed. */
export function takeVideo(world: World, container: Container, bytes: Buffer, digest?: string): void {
	const type = sniffType(bytes);
	if (bytes.length > maxVideoBytes(container)) container.failureSubcode = 2207082;
	else if (type === undefined || !TYPES.includes(type)) container.failureSubcode = 2207026;
	else {
		container.assetId = storeAsset(world, makeAsset(bytes, type, digest)).id;
		container.thumbnailAssetId ??= storeAsset(world, sampleAsset('image')).id;
	}
	container.fetched = true;
}

/** Fetch a video in the background. */
export async function fetchVideo(call: Call, container: Container, url: string): Promise<void> {
	const max = maxVideoBytes(container);
	const fetched = await fetchMedia(call.context.agent, url, max, FETCH_TIMEOUT_MS);
	if (fetched.ok) {
		takeVideo(call.world, container, fetched.bytes);
		return;
	}
	container.failureSubcode = fetched.reason === 'tooLarge' ? 2207082 : 2207077;
	container.fetched = true;
}
