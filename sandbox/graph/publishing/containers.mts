import { newContainerId } from '../../world/ids.mts';
import type { Account, Container, ContainerKind } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import { readDetails } from './containerDetails.mts';
import { checkAllowed, kindOf, listParam, textParam } from './containerParams.mts';
import { invalidParam, publishingError } from '../engine/errors.mts';
import { fetchImage } from './imageRules.mts';
import { readEnum } from '../engine/params.mts';
import { newUpload } from './uploadRules.mts';
import { fetchVideo } from '../media/videos.mts';

const childrenOf = (call: Call, account: Account): Container[] => {
	const ids = listParam(call, 'children').map(String);
	if (ids.length < 2 || ids.length > 10) throw publishingError(100, 2207028, 'A carousel needs 2 to 10 items');
	return ids.map((id) => {
		const child = call.world.containers.get(id);
		if (!child || child.account !== account || !child.isCarouselItem) {
			throw invalidParam(`Param children names ${id}, which is no carousel item of this account`);
		}
		return child;
	});
};

/** Where the media comes from: fetched from one of two URLs, or sent to the upload host afterwards. */
type Source = {
	image?: string;
	video?: string;
	isUpload: boolean;
};

const readSource = (call: Call, kind: ContainerKind): Source => {
	const image = textParam(call, 'image_url');
	const video = textParam(call, 'video_url');
	const isUpload = readEnum('upload_type', call.params.upload_type, ['resumable']) !== undefined;
	if (image !== undefined && video !== undefined)
		throw invalidParam('Params image_url and video_url exclude each other');
	if (isUpload) {
		if (kind === 'IMAGE' || image !== undefined || video !== undefined)
			throw invalidParam('Param upload_type is for videos, which then have no URL');
		return { isUpload };
	}
	if (kind === 'IMAGE' && image === undefined) throw invalidParam('The parameter image_url is required');
	if ((kind === 'VIDEO' || kind === 'REELS') && video === undefined)
		throw invalidParam('The parameter video_url is required');
	if (kind === 'STORIES' && image === undefined && video === undefined)
		throw invalidParam('One of image_url and video_url is required');
	return { image, video, isUpload };
};

/**
 * Make a container from a checked `POST /<IG_ID>/media`.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export async function createContainer(call: Call, account: Account): Promise<Container> {
	const { world } = call;
	const kind = kindOf(call);
	checkAllowed(call, kind);
	const children = kind === 'CAROUSEL' ? childrenOf(call, account) : [];
	const source = kind === 'CAROUSEL' ? { isUpload: false } : readSource(call, kind);
	const { image, video, isUpload }: Source = source;
	const isVideo = video !== undefined || isUpload;
	const details = readDetails(call, account, kind, isVideo);
	const asset = image === undefined ? undefined : await fetchImage(call, image, kind === 'IMAGE');
	const cover = textParam(call, 'cover_url');
	const thumbnail = cover === undefined ? undefined : await fetchImage(call, cover, false);
	const now = world.clock.now();
	const { imageProcessingMs, videoProcessingMs } = world.settings;
	const container: Container = {
		...details,
		id: newContainerId(),
		account,
		kind,
		createdAt: now,
		readyAt: now + (isVideo ? videoProcessingMs : imageProcessingMs),
		fetched: !isVideo,
		published: false,
		isCarouselItem: call.params.is_carousel_item === true,
		assetId: asset?.id,
		thumbnailAssetId: thumbnail?.id,
		isVideo,
		children,
		...(isUpload && { upload: newUpload() }),
	};
	world.containers.set(container.id, container);
	account.containerTimes.push(now);
	if (video !== undefined) void fetchVideo(call, container, video);
	return container;
}
