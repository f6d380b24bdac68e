import type { ContainerKind } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import { invalidParam, publishingError } from '../engine/errors.mts';

const SHARED = ['media_type', 'is_ai_generated'];
const OPTIONAL_FBL = ['branded_content_sponsor_ids', 'is_paid_partnership'];

/**
 * Parameters that each kind of container takes.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
const ALLOWED: Record<ContainerKind | 'CHILD', string[]> = {
	IMAGE: [
		...SHARED,
		...OPTIONAL_FBL,
		'image_url',
		'is_carousel_item',
		'caption',
		'location_id',
		'user_tags',
		'collaborators',
		'product_tags',
		'alt_text',
	],
	CHILD: [
		'media_type',
		'image_url',
		'video_url',
		'upload_type',
		'is_carousel_item',
		'user_tags',
		'product_tags',
		'alt_text',
		'thumb_offset',
	],
	VIDEO: ['media_type', 'video_url', 'upload_type', 'is_carousel_item', 'user_tags', 'product_tags', 'thumb_offset'],
	REELS: [
		...SHARED,
		...OPTIONAL_FBL,
		'video_url',
		'upload_type',
		'caption',
		'location_id',
		'user_tags',
		'collaborators',
		'product_tags',
		'cover_url',
		'thumb_offset',
		'share_to_feed',
		'audio_name',
		'trial_params',
		'audio_configuration',
	],
	STORIES: [...SHARED, 'image_url', 'video_url', 'upload_type', 'user_tags'],
	CAROUSEL: [
		...SHARED,
		...OPTIONAL_FBL,
		'children',
		'caption',
		'location_id',
		'collaborators',
		'product_tags',
		'share_to_feed',
	],
};

/** A text parameter of a container, if it was given. */
export function textParam(call: Call, name: string): string | undefined {
	return call.params[name] as string | undefined;
}
/** A list parameter of a container; empty when it was not given. */
export function listParam(call: Call, name: string): unknown[] {
	return (call.params[name] as unknown[] | undefined) ?? [];
}

/** What kind of container is asked for; throws 100/2207023 for unknown and retired ones. */
export function kindOf(call: Call): ContainerKind {
	const type = textParam(call, 'media_type')?.toUpperCase() ?? 'IMAGE';
	const child = call.params.is_carousel_item === true;
	if (type === 'IMAGE' || type === 'REELS' || type === 'STORIES' || type === 'CAROUSEL') {
		if (child && type !== 'IMAGE') throw invalidParam(`A ${type} container cannot be a carousel item`);
		return type;
	}
	if (type === 'VIDEO' && child) return 'VIDEO';
	throw publishingError(100, 2207023, `The media_type ${type} is unknown or not supported here`);
}

/** Refuse parameters that this kind of container does not take. */
export function checkAllowed(call: Call, kind: ContainerKind): void {
	const allowed = ALLOWED[call.params.is_carousel_item === true ? 'CHILD' : kind];
	const strange = Object.keys(call.params).filter((name) => !allowed.includes(name));
	if (strange.length > 0) throw invalidParam(`Param ${strange[0]} is not allowed for this kind of media`);
}
