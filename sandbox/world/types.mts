/** One login configuration of the app (Facebook Login for Business, `config_id`). */
export interface LoginConfiguration {
	id: string;
	tokenKind: 'user' | 'systemUser';
	scopes: string[];
}

/** What an app is subscribed to for one webhook object. */
export interface AppSubscription {
	callbackUrl: string;
	verifyToken: string;
	fields: Set<string>;
	includeValues: boolean;
	version: string;
}

export interface App {
	id: string;
	name: string;
	secret: string;
	redirectUris: string[];
	live: boolean;
	requireAppSecret: boolean;
	/** The Human Agent feature (7-day window), granted by App Review. */
	humanAgent: boolean;
	defaultVersion: string;
	configurations: LoginConfiguration[];
	subscriptions: Map<string, AppSubscription>;
}

/** What a person granted to an app in the login dialog. */
export interface Grant {
	scopes: Set<string>;
	declined: Set<string>;
	pageIds: Set<string>;
}

export interface User {
	id: string;
	name: string;
	email: string;
	grants: Map<string, Grant>;
}

export interface Page {
	id: string;
	name: string;
	username: string;
	category: string;
	tasks: string[];
	accountId?: string;
	/** Owned by a business portfolio, hence listed only with `business_management`. */
	inPortfolio: boolean;
	/** Has a place on the map and may serve as `location_id`. */
	hasLocation: boolean;
	/** App id -> subscribed Page fields. */
	subscribedApps: Map<string, string[]>;
}

export interface Account {
	id: string;
	igId: string;
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
	/** Conversation routing is enabled (it replaced the handover protocol). */
	conversationRouting: boolean;
	/** Posts per rolling 24 hours. */
	quotaTotal: number;
	/** Enforced rate of the Conversations API; 0 means not enforced. */
	conversationCallsPerSecond: number;
	pictureAssetId: string;
	/** Ice breakers and persistent menu, as they were set. */
	profile: { ice_breakers?: unknown[]; persistent_menu?: unknown[] };
	publishedAt: number[];
	containerTimes: number[];
}

export interface Customer {
	username: string;
	name: string;
	/** Account id -> Instagram-scoped id. */
	scopedIds: Map<string, string>;
	follows: Set<string>;
	/** Accounts that this person blocked. */
	blocked: Set<string>;
	pictureAssetId: string;
}

export interface Attachment {
	type: string;
	assetId?: string;
	/** Keys beside `url` in the webhook payload (post shares, templates). */
	extra?: Record<string, unknown>;
}

export interface Reaction {
	by: 'customer' | 'account';
	reaction: string;
	emoji?: string;
}

export interface Message {
	id: string;
	at: number;
	from: 'customer' | 'account';
	text?: string;
	attachments: Attachment[];
	quickReplyPayload?: string;
	quickReplies?: Array<{ title: string; payload?: string; contentType: string }>;
	replyTo?: string;
	postbackPayload?: string;
	reactions: Reaction[];
	edits: number;
	deleted: boolean;
}

export interface Thread {
	id: string;
	number: string;
	account: Account;
	customer: Customer;
	scopedId: string;
	messages: Message[];
	/** Last event of the customer that opens the 24-hour window; 0 = never. */
	openedAt: number;
	/** The customer wrote or tapped at least once, so the profile may be read. */
	consent: boolean;
	updatedAt: number;
	/** What the business did to this person through moderation. */
	moderation: { blocked: boolean; spam: boolean };
	/** The app that controls the conversation, and until when (ms). */
	owner?: { appId: string; expiresAt: number };
}

export interface Media {
	id: string;
	account: Account;
	caption: string;
	mediaType: 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM';
	productType: 'FEED' | 'REELS' | 'STORY';
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
	deleted: boolean;
	privatelyReplied: boolean;
}

export type ContainerKind = 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL';

export interface Container {
	id: string;
	account: Account;
	kind: ContainerKind;
	createdAt: number;
	/** When processing may end at the earliest, in ms of the sandbox's clock. */
	readyAt: number;
	/** False while bytes are still being fetched. */
	fetched: boolean;
	failureSubcode?: number;
	published: boolean;
	isCarouselItem: boolean;
	caption: string;
	altText?: string;
	assetId?: string;
	isVideo: boolean;
	children: Container[];
	shareToFeed: boolean;
	aiGenerated: boolean;
}

export interface Asset {
	id: string;
	bytes: Buffer;
	contentType: string;
	width?: number;
	height?: number;
}

/** Something that happened, from which webhooks are made. */
export type WorldEvent =
	| { type: 'message'; thread: Thread; message: Message }
	| { type: 'postback'; thread: Thread; message: Message; title: string; payload: string }
	| {
			type: 'reaction';
			thread: Thread;
			mid: string;
			action: 'react' | 'unreact';
			reaction?: string;
			emoji?: string;
			at: number;
	  }
	| { type: 'seen'; thread: Thread; mid: string; at: number }
	| { type: 'edit'; thread: Thread; message: Message; at: number }
	| { type: 'delete'; thread: Thread; message: Message; at: number }
	| { type: 'comment'; comment: Comment };
