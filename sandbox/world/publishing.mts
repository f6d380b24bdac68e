import type { Hash } from 'node:crypto';
import type { Account } from './types.mts';

/** Somebody tagged in a post; positions on photos only, from 0 to 1. */
export interface UserTag {
	username: string;
	x?: number;
	y?: number;
}

/** Somebody who was asked to appear as an author, too. */
export interface Collaborator {
	username: string;
	status: 'Pending' | 'Accepted' | 'Declined';
}

export interface Product {
	id: string;
	name: string;
	/** As it is shown, e.g. "$3.50". */
	price: string;
	retailerId: string;
	reviewStatus: 'approved' | 'rejected' | 'pending' | 'outdated' | '';
	/** Set once the business asked for another look at a rejection. */
	appealed: boolean;
}

/** A catalog of an account's shop. */
export interface Catalog {
	id: string;
	accountId: string;
	name: string;
	products: Product[];
}

export interface ProductTag {
	product: Product;
	x?: number;
	y?: number;
}

/** An event that an account announces. Times in ms. */
export interface UpcomingEvent {
	id: string;
	account: Account;
	title: string;
	startsAt: number;
	endsAt?: number;
	subtypes: string[];
	target: string;
}

/** A post that the owner scheduled in the app. */
export interface ScheduledPost {
	id: string;
	caption: string;
	assetId: string;
	publishAt: number;
}

/** Audio of Meta's library. */
export interface Audio {
	id: string;
	type: 'music' | 'original_sound';
	title: string;
	artist: string;
	durationMs: number;
}

export type ContainerKind = 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL';

/** What a container says about its post, beside the media. */
export interface ContainerDetails {
	caption: string;
	altText?: string;
	shareToFeed: boolean;
	aiGenerated: boolean;
	userTags: UserTag[];
	collaborators: string[];
	productTags: ProductTag[];
	audioId?: string;
}

/** A video on its way to the upload host; hashed as it comes, and held once. */
export interface Upload {
	/** Room for the whole file, once its size is known. */
	bytes?: Buffer;
	hash: Hash;
	received: number;
	/** Somebody is sending right now. */
	isBusy: boolean;
}

export interface Container extends ContainerDetails {
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
}
