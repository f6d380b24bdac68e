import { randomBytes } from 'node:crypto';
import { newAppId, newAppSecret } from './ids.mts';
import type { Locale } from './locales.mts';

/** What the sandbox's single app looks like at the start. */
export type SeedOptions = {
	appId?: string;
	appSecret?: string;
	appName?: string;
	instagramAppId?: string;
	instagramAppSecret?: string;
	redirectUris?: string[];
	live?: boolean;
	requireAppSecret?: boolean;
};

/**
 * Options of a sandbox. Where Meta's own documentation contradicts itself, the choice is here.
 */
export type SandboxOptions = {
	/** Port on 127.0.0.1; 0 or absent takes a free one. */
	port?: number;
	seed?: SeedOptions;
	/** Life of a user token from the login dialog, in seconds. */
	shortTokenSeconds?: number;
	/** Life of a long-lived user token, in seconds. */
	longTokenSeconds?: number;
	/** Life of an authorization code, in seconds. */
	codeSeconds?: number;
	/** How long an image container stays IN_PROGRESS, in ms. */
	imageProcessingMs?: number;
	/** How long a video container stays IN_PROGRESS, in ms. */
	videoProcessingMs?: number;
	/** Waits before each further delivery attempt, in ms. */
	retryDelaysMs?: number[];
	/**
	 * After how long of nothing but failures an app loses its subscription to an account's messaging
	 * events, in ms (Messenger Platform page: an hour); 0 = never (Instagram Platform page).
	 */
	disableMessagingAfterMs?: number;
	/** How long after its end a story's insights are sent, in ms (at once, or an hour, by page). */
	storyInsightsDelayMs?: number;
	/** How long an endpoint may take to answer a delivery or a challenge, in ms. */
	deliveryTimeoutMs?: number;
	/** Events that arrive within this many ms travel in one delivery; 0 = each alone. */
	batchWindowMs?: number;
	/** Posts per account and rolling 24 hours (guide: 100, references: 50). */
	quotaTotal?: number;
	/** Key of the comment id in `comments` webhooks (live payloads: `id`, FBL sample: `comment_id`). */
	commentIdKey?: 'id' | 'comment_id';
	/** Enforced rate of the Conversations API per account (Meta: 2); 0 = not enforced. */
	conversationCallsPerSecond?: number;
	/** HTTP status of code 190 answers (real logs: 400; some answers: 401). */
	tokenErrorStatus?: 400 | 401;
	/** Life of an authorization code of Instagram Login, in seconds. */
	instagramCodeSeconds?: number;
	/** Answer of api.instagram.com: `flat` (real, `user_id` unquoted) or `data` (documentation). */
	instagramTokenShape?: 'flat' | 'data';
	/** Answer of `/me` on graph.instagram.com: `flat` (real) or `data` (documentation). */
	instagramMeShape?: 'flat' | 'data';
	/** Changes of Instagram Login: in `changes[]` (real) or directly in the entry (documentation). */
	instagramChangesShape?: 'changes' | 'entry';
	/** Hashtags that Meta deems sensitive. */
	sensitiveHashtags?: string[];
	/** Refuse parameters that an edge does not know (100), for tests; Meta ignores them. */
	strictParameters?: boolean;
	/**
	 * Where the callback of Instagram Login can be read and set besides the App Dashboard: at `/subscriptions`
	 * of the Meta app or of the Instagram app, or nowhere (documentation; live reports contradict each other).
	 */
	instagramCallbackAt?: 'metaApp' | 'instagramApp' | 'dashboard';
	/** Whether the exchange of a long-lived user token that is a day old begins its life anew, or counts down to the old end (live reports: both). */
	longTokenRenewal?: 'anew' | 'oldEnd';
	/** Hashtags that a caption may have (documentation: 30; live use since December 2025: 5). */
	maxHashtags?: number;
	/** What becomes of a caption with more of them: live reports have both. */
	surplusHashtags?: 'refused' | 'stripped';
	/** What `online_followers` tells: followers by hour, or `{}`, as live accounts get at times. */
	onlineFollowers?: 'byHour' | 'empty';
	/** Language of error texts (`en_US`, or one of world/locales.mts). */
	locale?: Locale;
};

export type Settings = Required<Omit<SandboxOptions, 'port' | 'seed'>> & {
	seed: Required<SeedOptions>;
	/** Key of the CDN's URL signatures. */
	cdnKey: string;
};

const HOUR = 3_600_000;

/** Retries until 36 hours have passed: at once, then ever further apart (Instagram webhooks page). */
export const META_RETRY_DELAYS_MS: number[] = [
	0,
	1_000,
	5_000,
	30_000,
	120_000,
	600_000,
	...[0.5, 1, 2, 4, 8, 20].map((hours) => hours * HOUR),
];

/** Fill in the defaults; secrets are random per start unless given. */
export function resolveOptions(options: SandboxOptions): Settings {
	return {
		shortTokenSeconds: options.shortTokenSeconds ?? 3_600,
		longTokenSeconds: options.longTokenSeconds ?? 5_183_944,
		codeSeconds: options.codeSeconds ?? 600,
		imageProcessingMs: options.imageProcessingMs ?? 800,
		videoProcessingMs: options.videoProcessingMs ?? 3_000,
		retryDelaysMs: options.retryDelaysMs ?? META_RETRY_DELAYS_MS,
		disableMessagingAfterMs: options.disableMessagingAfterMs ?? HOUR,
		storyInsightsDelayMs: options.storyInsightsDelayMs ?? 0,
		deliveryTimeoutMs: options.deliveryTimeoutMs ?? 5_000,
		batchWindowMs: options.batchWindowMs ?? 0,
		quotaTotal: options.quotaTotal ?? 100,
		commentIdKey: options.commentIdKey ?? 'id',
		conversationCallsPerSecond: options.conversationCallsPerSecond ?? 0,
		tokenErrorStatus: options.tokenErrorStatus ?? 400,
		instagramCodeSeconds: options.instagramCodeSeconds ?? 3_600,
		instagramTokenShape: options.instagramTokenShape ?? 'flat',
		instagramMeShape: options.instagramMeShape ?? 'flat',
		instagramChangesShape: options.instagramChangesShape ?? 'changes',
		sensitiveHashtags: options.sensitiveHashtags ?? ['sensitive'],
		strictParameters: options.strictParameters ?? false,
		instagramCallbackAt: options.instagramCallbackAt ?? 'metaApp',
		longTokenRenewal: options.longTokenRenewal ?? 'anew',
		maxHashtags: options.maxHashtags ?? 5,
		surplusHashtags: options.surplusHashtags ?? 'refused',
		onlineFollowers: options.onlineFollowers ?? 'byHour',
		locale: options.locale ?? 'en_US',
		cdnKey: randomBytes(16).toString('hex'),
		seed: {
			appId: options.seed?.appId ?? newAppId(),
			appSecret: options.seed?.appSecret ?? newAppSecret(),
			appName: options.seed?.appName ?? 'Sandbox App',
			instagramAppId: options.seed?.instagramAppId ?? newAppId(),
			instagramAppSecret: options.seed?.instagramAppSecret ?? newAppSecret(),
			redirectUris: options.seed?.redirectUris ?? ['http://localhost:5678/rest/oauth2-credential/callback'],
			live: options.seed?.live ?? true,
			requireAppSecret: options.seed?.requireAppSecret ?? false,
		},
	};
}
