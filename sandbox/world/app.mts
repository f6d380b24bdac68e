/** The two ways to log in: Facebook Login (graph.facebook.com), Instagram Login (graph.instagram.com). */
export type Login = 'facebook' | 'instagram';

/** One login configuration of the app (Facebook Login for Business, `config_id`). */
export type LoginConfiguration = {
	id: string;
	tokenKind: 'user' | 'systemUser';
	scopes: string[];
	/** Life of its system-user tokens, in seconds; absent or 0 = they never expire. */
	tokenSeconds?: number;
};

/** What an app is subscribed to for one webhook object. */
export type AppSubscription = {
	callbackUrl: string;
	verifyToken: string;
	fields: Set<string>;
	includeValues: boolean;
	version: string;
	/** Meta switched it off; the next subscription switches it on. */
	isOff?: boolean;
};

/** Addresses that Meta calls about somebody who logged in. */
export type UserCallbacks = {
	/** Somebody removed the app. */
	deauthorize?: string;
	/** Somebody wants their data deleted. */
	dataDeletion?: string;
};

export type App = {
	id: string;
	name: string;
	secret: string;
	redirectUris: string[];
	live: boolean;
	requireAppSecret: boolean;
	/** The Human Agent feature (7-day window), granted by App Review. */
	humanAgent: boolean;
	/** Granted by App Review; without it, only people with a role on the app are heard and written to. */
	advancedAccess: boolean;
	/** The feature Instagram Public Content Access (hashtags). */
	publicContentAccess: boolean;
	/** The feature Page Public Metadata Access (search of Pages). */
	publicPageAccess: boolean;
	/** Permissions that nobody added to the app's use cases: its login dialog refuses them. */
	missingPermissions: string[];
	defaultVersion: string;
	configurations: LoginConfiguration[];
	subscriptions: Map<string, AppSubscription>;
	/** The "Instagram app" that belongs to this app: what Instagram Login knows it by. */
	instagramAppId: string;
	instagramAppSecret: string;
	/** Redirect URIs of Instagram Login; undefined = the same as those of Facebook Login. */
	instagramRedirectUris?: string[];
	/** Each login has settings of its own. */
	userCallbacks: Record<Login, UserCallbacks>;
	/** The webhook of Instagram Login; set in the App Dashboard, and where `instagramCallbackAt` says. */
	instagramWebhook?: AppSubscription;
};
