/** What a person granted to an app in the login dialog. */
export type Grant = {
	scopes: Set<string>;
	declined: Set<string>;
	pageIds: Set<string>;
};

/** What is wrong or right with somebody who can log in, beside single tokens. */
export type LoginState = {
	/** Has to log in to Facebook or Instagram itself first (190/459). */
	checkpointed: boolean;
	/** Has a role on the app, hence may use it before it is live. */
	hasRole: boolean;
};

/** What somebody may do on a Page; MANAGE covers the others. */
export type Task = 'ANALYZE' | 'ADVERTISE' | 'MODERATE' | 'CREATE_CONTENT' | 'MESSAGING' | 'MANAGE';

/** A person, or a system user, who logs in with Facebook Login. */
export type User = LoginState & {
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
};

/** A business portfolio. Which Pages it owns or works for stands with the Pages. */
export type Business = {
	id: string;
	name: string;
	/** People and system users who belong to it. */
	members: Set<string>;
};

/** A Facebook Page; an Instagram account may be linked to it. */
export type Page = {
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
};

/** An Instagram account of the sandbox, which apps work for. */
export type Account = LoginState & {
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
};

/** Somebody who grants permissions: a person, a system user, or an account (Instagram Login). */
export type Grantor = User | Account;

/** What people are greeted with who come through an ad. */
export type WelcomeFlow = {
	id: string;
	name: string;
	/** Steps as they were sent. */
	messages: unknown[];
	platforms: string[];
	updatedAt: number;
	isUsedInAd: boolean;
};

/** Somebody with an Instagram account that no app works for. */
export type Customer = {
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
};

/** A post that the owner scheduled in the app. */
export type ScheduledPost = {
	id: string;
	caption: string;
	assetId: string;
	publishAt: number;
};
