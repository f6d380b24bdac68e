import { makeAsset, sniffType } from '../world/assets.mts';
import { newContainerId } from '../world/ids.mts';
import type { Account, Container, ContainerKind } from '../world/types.mts';
import { storeAsset } from '../world/world.mts';
import type { Call } from './call.mts';
import {
	checkAltText,
	checkCaption,
	checkCollaborators,
	checkLocation,
	checkProductTags,
	checkUserTags,
} from './captionRules.mts';
import { GraphError, invalidParam, publishingError } from './errors.mts';
import { fetchMedia } from './fetchMedia.mts';
import { fetchImage } from './imageRules.mts';
import { needScopes } from './tasks.mts';

const MB = 1024 * 1024;
const SHARED = ['media_type', 'is_ai_generated'];
const OPTIONAL_FBL = ['branded_content_sponsor_ids', 'is_paid_partnership'];

/** Parameters that each kind of container takes, by the table of section 7.1. */
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
	VIDEO: [
		'media_type',
		'video_url',
		'upload_type',
		'is_carousel_item',
		'user_tags',
		'product_tags',
		'thumb_offset',
	],
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

const text = (call: Call, name: string): string | undefined =>
	call.params[name] as string | undefined;
const list = (call: Call, name: string): unknown[] =>
	(call.params[name] as unknown[] | undefined) ?? [];

const kindOf = (call: Call): ContainerKind => {
	const type = text(call, 'media_type')?.toUpperCase() ?? 'IMAGE';
	const child = call.params.is_carousel_item === true;
	if (type === 'IMAGE' || type === 'REELS' || type === 'STORIES' || type === 'CAROUSEL') {
		if (child && type !== 'IMAGE')
			throw invalidParam(`A ${type} container cannot be a carousel item`);
		return type;
	}
	if (type === 'VIDEO' && child) return 'VIDEO';
	throw publishingError(100, 2207023, `The media_type ${type} is unknown or not supported here`);
};

const checkAllowed = (call: Call, kind: ContainerKind): void => {
	const allowed = ALLOWED[call.params.is_carousel_item === true ? 'CHILD' : kind];
	const strange = Object.keys(call.params).filter((name) => !allowed.includes(name));
	if (strange.length > 0)
		throw invalidParam(`Param ${strange[0]} is not allowed for this kind of media`);
};

const checkDetails = (call: Call, kind: ContainerKind, isVideo: boolean): void => {
	checkCaption(text(call, 'caption') ?? '');
	checkAltText(text(call, 'alt_text') ?? '');
	checkCollaborators(call, list(call, 'collaborators'));
	const positions = isVideo ? 'refused' : kind === 'STORIES' ? 'optional' : 'required';
	checkUserTags(call, list(call, 'user_tags'), positions);
	const location = text(call, 'location_id');
	if (location !== undefined) checkLocation(call, location);
	if (call.params.product_tags !== undefined) {
		needScopes(call, ['catalog_management', 'instagram_shopping_tag_products']);
		checkProductTags(list(call, 'product_tags'), isVideo);
	}
	if (Number(call.params.thumb_offset ?? 0) < 0)
		throw publishingError(1, 2207057, 'The thumb_offset is out of bounds');
	if (list(call, 'branded_content_sponsor_ids').length > 2)
		throw invalidParam('Param branded_content_sponsor_ids has more than 2 ids');
};

const childrenOf = (call: Call, account: Account): Container[] => {
	const ids = list(call, 'children').map(String);
	if (ids.length < 2 || ids.length > 10)
		throw publishingError(100, 2207028, 'A carousel needs 2 to 10 items');
	return ids.map((id) => {
		const child = call.world.containers.get(id);
		if (!child || child.account !== account || !child.isCarouselItem) {
			throw invalidParam(`Param children names ${id}, which is no carousel item of this account`);
		}
		return child;
	});
};

/** Fetch a video in the background; what is wrong with it shows in the container's status. */
const processVideo = async (call: Call, container: Container, url: string): Promise<void> => {
	const max = (container.kind === 'REELS' ? 300 : 100) * MB;
	const fetched = await fetchMedia(call.context.agent, url, max, 60_000);
	const type = fetched.ok ? sniffType(fetched.bytes) : undefined;
	if (!fetched.ok) container.failureSubcode = fetched.reason === 'tooLarge' ? 2207082 : 2207077;
	else if (type === 'video/mp4' || type === 'video/quicktime')
		container.assetId = storeAsset(call.world, makeAsset(fetched.bytes, type)).id;
	else container.failureSubcode = 2207026;
	container.fetched = true;
};

const readSource = (call: Call, kind: ContainerKind): { image?: string; video?: string } => {
	const image = text(call, 'image_url');
	const video = text(call, 'video_url');
	if (call.params.upload_type !== undefined) {
		throw new GraphError({
			code: 3,
			message: '(#3) Resumable uploads are not enabled for this app',
		});
	}
	if (image !== undefined && video !== undefined)
		throw invalidParam('Params image_url and video_url exclude each other');
	if (kind === 'IMAGE' && image === undefined)
		throw invalidParam('The parameter image_url is required');
	if ((kind === 'VIDEO' || kind === 'REELS') && video === undefined)
		throw invalidParam('The parameter video_url is required');
	if (kind === 'STORIES' && image === undefined && video === undefined)
		throw invalidParam('One of image_url and video_url is required');
	return { image, video };
};

/** Make a container from a checked `POST /<IG_ID>/media` (sections 7.1 to 7.6). */
export const createContainer = async (call: Call, account: Account): Promise<Container> => {
	const { world } = call;
	const kind = kindOf(call);
	checkAllowed(call, kind);
	const children = kind === 'CAROUSEL' ? childrenOf(call, account) : [];
	const { image, video } = kind === 'CAROUSEL' ? {} : readSource(call, kind);
	checkDetails(call, kind, video !== undefined);
	const asset = image === undefined ? undefined : await fetchImage(call, image, kind === 'IMAGE');
	if (text(call, 'cover_url') !== undefined)
		await fetchImage(call, String(call.params.cover_url), false);
	const now = world.clock.now();
	const { imageProcessingMs, videoProcessingMs } = world.settings;
	const container: Container = {
		id: newContainerId(),
		account,
		kind,
		createdAt: now,
		readyAt: now + (video === undefined ? imageProcessingMs : videoProcessingMs),
		fetched: video === undefined,
		published: false,
		isCarouselItem: call.params.is_carousel_item === true,
		caption: text(call, 'caption') ?? '',
		altText: text(call, 'alt_text'),
		assetId: asset?.id,
		isVideo: video !== undefined,
		children,
		shareToFeed: call.params.share_to_feed !== false,
		aiGenerated: call.params.is_ai_generated === true,
	};
	world.containers.set(container.id, container);
	account.containerTimes.push(now);
	if (video !== undefined) void processVideo(call, container, video);
	return container;
};
