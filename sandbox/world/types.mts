import type { Collaborator, ProductTag, ScheduledPost, UserTag } from './publishing.mts';

export type * from './messaging.mts';
export type * from './publishing.mts';

/** What a person granted to an app in the login dialog. */
export interface Grant {
	scopes: Set<string>;
	declined: Set<string>;
	pageIds: Set<string>;
}

/** What is wrong or right with somebody who can log in, beside single tokens. */
export interface LoginState {
	/** Has to log in to Facebook or Instagram itself first (190/459). */
	checkpointed: boolean;
	/** Has a role on the app, hence may use it before it is live. */
	hasRole: boolean;
}

/** What somebody may do on a Page; MANAGE covers the others. */
export type Task = 'ANALYZE' | 'ADVERTISE' | 'MODERATE' | 'CREATE_CONTENT' | 'MESSAGING' | 'MANAGE';

export interface User extends LoginState {
	id: string;
	name: string;
	email: string;
	/** App id -> what was granted to it. */
	grants: Map<string, Grant>;
	/** Pages on which this person has lost the role (190/492). */
	lostPages: Set<string>;
	/** Page id -> tasks of this person on it; all of the Page's when absent. */
	tasks: Map<string, Task[]>;
	/** A system user of this portfolio, not a person. */
	systemOf?: string;
}

/** A business portfolio. Which Pages it owns or works for stands with the Pages. */
export interface Business {
	id: string;
	name: string;
	/** People and system users who belong to it. */
	members: Set<string>;
}

export interface Page {
	id: string;
	name: string;
	username: string;
	category: string;
	/** New Pages Experience: the same tasks under other names. */
	newExperience: boolean;
	accountId?: string;
	/** Owned by a business portfolio, hence listed only with `business_management`. */
	inPortfolio: boolean;
	/** The portfolio that owns it when `inPortfolio`. */
	businessId: string;
	/** Portfolios (agencies) that the owner shares it with. */
	clientOf: Set<string>;
	/** The person has a task on the Page itself; without, only the portfolio's own lists show it. */
	assigned: boolean;
	/** Has a place on the map and may serve as `location_id`. */
	hasLocation: boolean;
	/** App id -> subscribed Page fields. */
	subscribedApps: Map<string, string[]>;
}

export interface Account extends LoginState {
	id: string;
	igId: string;
	/** Only professional accounts can log in to an app. */
	accountType: 'BUSINESS' | 'MEDIA_CREATOR' | 'PERSONAL';
	/** App id -> what the owner granted to it through Instagram Login. */
	grants: Map<string, Grant>;
	/** App id -> fields subscribed through Instagram Login. */
	subscribedApps: Map<string, string[]>;
	username: string;
	name: string;
	biography: string;
	website: string;
	followers: number;
	follows: number;
	pageId: string;
	/** Still linked to its Page. */
	linked: boolean;
	/** The owner's "Allow access to messages" switch. */
	allowMessages: boolean;
	/** Private accounts send no comment webhooks. */
	isPrivate: boolean;
	/** Publishing is restricted by a checkpoint (25/2207050). */
	restricted: boolean;
	/** Meta keeps the business from messaging by API (100/2534029). */
	messagingBlocked: boolean;
	/** Usernames of people that the account follows. */
	following: Set<string>;
	/** Conversation routing is enabled (it replaced the handover protocol). */
	conversationRouting: boolean;
	/** Posts per rolling 24 hours. */
	quotaTotal: number;
	/** Enforced rate of the Conversations API; 0 means not enforced. */
	conversationCallsPerSecond: number;
	pictureAssetId: string;
	/** Ice breakers and persistent menu, as they were set. */
	profile: { ice_breakers?: unknown[]; persistent_menu?: unknown[] };
	welcomeFlows: WelcomeFlow[];
	/** Likes through the API: when, and until when no more are taken. */
	likes: { times: number[]; lockedUntil: number };
	/** Hashtags searched, and when each was first searched within a week. */
	hashtags: Map<string, number>;
	/** When invites to posts were asked for or answered. */
	inviteCalls: number[];
	scheduled: ScheduledPost[];
	publishedAt: number[];
	containerTimes: number[];
}

/** What people are greeted with who come through an ad. */
export interface WelcomeFlow {
	id: string;
	name: string;
	/** Steps as they were sent. */
	messages: unknown[];
	platforms: string[];
	updatedAt: number;
	isUsedInAd: boolean;
}

export interface Customer {
	username: string;
	name: string;
	/** Account id -> Instagram-scoped id. */
	scopedIds: Map<string, string>;
	follows: Set<string>;
	/** Accounts that this person blocked. */
	blocked: Set<string>;
	/** Has a role on the app, hence can be written to before it is live. */
	hasRole: boolean;
	/** Only followers see the posts and stories of a private person. */
	isPrivate: boolean;
	pictureAssetId: string;
}

export interface Media {
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
}

/** A post of somebody who is no account of the sandbox: what mentions, tags and hashtags are about. */
export interface PublicPost {
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
}

export interface PublicComment {
	id: string;
	post: PublicPost;
	text: string;
	at: number;
	from: Comment['from'];
	likes: number;
	likedBy: Set<string>;
}

export interface Comment {
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
}

export interface Asset {
	id: string;
	bytes: Buffer;
	/** In lower-case hexadecimal. */
	sha256: string;
	contentType: string;
	width?: number;
	height?: number;
}
