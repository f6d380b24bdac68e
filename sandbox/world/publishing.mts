import type { Hash } from 'node:crypto';
import type { Account } from './accounts.mts';
import type { ProductTag, UserTag } from './posts.mts';

/** An event that an account announces. Times in ms. */
export type UpcomingEvent = {
	id: string;
	account: Account;
	title: string;
	startsAt: number;
	endsAt?: number;
	subtypes: string[];
	target: string;
};

/** Audio of Meta's library. */
export type Audio = {
	id: string;
	type: 'music' | 'original_sound';
	title: string;
	artist: string;
	durationMs: number;
};

/** What becomes of a container: a `media_type` of the publishing calls, or IMAGE. */
export type ContainerKind = 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL';

/** What a container says about its post, beside the media. */
export type ContainerDetails = {
	caption: string;
	altText?: string;
	shareToFeed: boolean;
	aiGenerated: boolean;
	userTags: UserTag[];
	collaborators: string[];
	productTags: ProductTag[];
	audioId?: string;
};

/** A video on its way to the upload host; hashed as it comes, and held once. */
export type Upload = {
	/** Room for the whole file, once its size is known. */
	bytes?: Buffer;
	hash: Hash;
	received: number;
	/** Somebody is sending right now. */
	isBusy: boolean;
};

/** Media on its way to become a post. */
export type Container = ContainerDetails & {
	id: string;
	account: Account;
	kind: ContainerKind;
	createdAt: number;
	/** When processing may end at the earliest, in ms of the sandbox's clock. */
	readyAt: number;
	/** False while bytes are still being fetched or uploaded. */
	fetched: boolean;
	failureSubcode?: number;
	published: boolean;
	isCarouselItem: boolean;
	assetId?: string;
	thumbnailAssetId?: string;
	isVideo: boolean;
	children: Container[];
	/** Set for `upload_type=resumable`. */
	upload?: Upload;
};
