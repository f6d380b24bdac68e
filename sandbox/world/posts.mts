import type { Account, Customer } from './accounts.mts';

/** Somebody tagged in a post; positions on photos only, from 0 to 1. */
export type UserTag = {
	username: string;
	x?: number;
	y?: number;
};

/** Somebody who was asked to appear as an author, too. */
export type Collaborator = {
	username: string;
	status: 'Pending' | 'Accepted' | 'Declined';
};

/** A product of a catalog. */
export type Product = {
	id: string;
	name: string;
	/** As it is shown, e.g. "$3.50". */
	price: string;
	retailerId: string;
	reviewStatus: 'approved' | 'rejected' | 'pending' | 'outdated' | '';
	/** Set once the business asked for another look at a rejection. */
	appealed: boolean;
};

/** A catalog of an account's shop. */
export type Catalog = {
	id: string;
	accountId: string;
	name: string;
	products: Product[];
};

/** A product tagged in a post; positions on photos only, from 0 to 1. */
export type ProductTag = {
	product: Product;
	x?: number;
	y?: number;
};

/** A post, reel, story, live video or carousel child of an account. */
export type Media = {
	id: string;
	account: Account;
	caption: string;
	mediaType: 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM';
	/** LIVE only while it is being broadcast. */
	productType: 'FEED' | 'REELS' | 'STORY' | 'LIVE';
	assetId: string;
	thumbnailAssetId?: string;
	shortcode: string;
	at: number;
	altText?: string;
	likes: number;
	commentsEnabled: boolean;
	sharedToFeed: boolean;
	aiGenerated: boolean;
	children: Media[];
	/** A carousel child: has no caption, no permalink, and stands in no list. */
	isChild: boolean;
	comments: Comment[];
	/** Who is tagged, and which products. */
	userTags: UserTag[];
	productTags: ProductTag[];
	collaborators: Collaborator[];
	/** Music from the library, instead of the sound of the video. */
	audioId?: string;
	/** Usernames of who likes it through the API. */
	likedBy: Set<string>;
	/** The post of the ad that was made from this one. */
	adMediaId?: string;
	/** People who have seen a story; Meta hides figures below five. */
	viewers: number;
	/** Link sticker of a story; only the app can put one there. */
	linkStickerUrl?: string;
};

/** A post of somebody who is no account of the sandbox: what mentions, tags and hashtags are about. */
export type PublicPost = {
	id: string;
	owner: Customer;
	caption: string;
	mediaType: 'IMAGE' | 'VIDEO';
	productType: 'FEED' | 'REELS';
	assetId: string;
	shortcode: string;
	at: number;
	likes: number;
	comments: PublicComment[];
	userTags: UserTag[];
	likedBy: Set<string>;
};

/** A comment below such a post. */
export type PublicComment = {
	id: string;
	post: PublicPost;
	text: string;
	at: number;
	from: Comment['from'];
	likes: number;
	likedBy: Set<string>;
};

/** A comment below an account's post, or a reply to one. */
export type Comment = {
	id: string;
	media: Media;
	text: string;
	at: number;
	from: { kind: 'customer'; customer: Customer } | { kind: 'account'; account: Account };
	parent?: Comment;
	hidden: boolean;
	likes: number;
	likedBy: Set<string>;
	deleted: boolean;
	privatelyReplied: boolean;
};

/** The bytes of a picture, a video or an attachment. */
export type Asset = {
	id: string;
	bytes: Buffer;
	/** In lower-case hexadecimal. */
	sha256: string;
	contentType: string;
	width?: number;
	height?: number;
};
