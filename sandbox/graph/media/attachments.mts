import { makeAsset, sniffType } from '../../world/assets.mts';
import { newAssetId } from '../../world/ids.mts';
import type { Asset } from '../../world/types.mts';
import { storeAsset } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { invalidParam } from '../engine/errors.mts';
import { fetchMedia } from './fetchMedia.mts';

const MB = 1024 * 1024;

/**
 * What may be sent as each type; sizes in bytes.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
const RULES: Record<string, { types: string[]; max: number }> = {
	image: { types: ['image/png', 'image/jpeg', 'image/gif'], max: 8 * MB },
	audio: { types: ['audio/aac', 'audio/mp4', 'audio/wav', 'video/mp4'], max: 25 * MB },
	video: {
		types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'],
		max: 25 * MB,
	},
	file: { types: ['application/pdf'], max: 25 * MB },
};

/** The attachment types that carry media. */
export function isMediaType(type: string): boolean {
	return Object.hasOwn(RULES, type);
}

/** Check bytes against the rules of an attachment type and keep them; throws 100 with Meta's subcode. */
export function keepAttachment(call: Call, type: string, bytes: Buffer): Asset {
	const rule = RULES[type];
	if (bytes.length > rule.max) throw invalidParam('The attachment is too large', 2018109);
	const found = sniffType(bytes);
	if (found === undefined || !rule.types.includes(found)) {
		throw invalidParam(`The attachment is not of type ${type}`, 2018047);
	}
	return storeAsset(call.world, makeAsset(bytes, found));
}

/** Fetch an attachment by URL and keep it. */
export async function fetchAttachment(call: Call, type: string, url: string): Promise<Asset> {
	const fetched = await fetchMedia(call.context.agent, url, RULES[type].max);
	if (fetched.ok) return keepAttachment(call, type, fetched.bytes);
	throw fetched.reason === 'tooLarge'
		? invalidParam('The attachment is too large', 2018109)
		: invalidParam('The attachment could not be fetched from its URL', 2018008);
}

/** Remember an asset under an attachment id, so that it can be sent again. */
export function makeReusable(call: Call, type: string, assetId: string): string {
	const id = newAssetId();
	call.world.attachments.set(id, { type, assetId });
	return id;
}
