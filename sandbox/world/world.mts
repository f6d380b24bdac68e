import { createHmac } from 'node:crypto';
import type { Clock } from './clock.mts';
import { DAY_MS } from './clock.mts';
import type { Locale } from './locales.mts';
import type { Settings } from './options.mts';
import type { Token, TokenStore } from './tokens.mts';
import type { App } from './app.mts';
import type {
	Account,
	Asset,
	Audio,
	Business,
	Catalog,
	Comment,
	Container,
	Customer,
	Grant,
	LoginState,
	Media,
	Message,
	Page,
	PublicComment,
	PublicPost,
	Thread,
	UpcomingEvent,
	User,
} from './types.mts';
import type { WorldEvent } from './events.mts';

/** An authorization code that waits to be exchanged. Times in ms. */
type AuthorizationCode = {
	value: string;
	appId: string;
	userId: string;
	redirectUri: string;
	tokenKind: 'user' | 'systemUser';
	scopes: string[];
	pageIds: string[];
	expiresAt: number;
	/** Life of the token it is exchanged for, in seconds; 0 = never. */
	tokenSeconds: number;
	used: boolean;
};

/** The same for Instagram Login, where an account logs in. */
type InstagramCode = {
	value: string;
	appId: string;
	accountId: string;
	redirectUri: string;
	scopes: string[];
	expiresAt: number;
	used: boolean;
};

/** The whole state of the simulated Meta, kept in memory. */
export type World = {
	clock: Clock;
	settings: Settings;
	tokens: TokenStore;
	apps: Map<string, App>;
	/** People. System users stand apart, so that nobody logs in as one. */
	users: Map<string, User>;
	systemUsers: Map<string, User>;
	businesses: Map<string, Business>;
	pages: Map<string, Page>;
	accounts: Map<string, Account>;
	/** By username. */
	customers: Map<string, Customer>;
	threads: Map<string, Thread>;
	messages: Map<string, { thread: Thread; message: Message }>;
	media: Map<string, Media>;
	comments: Map<string, Comment>;
	/** Posts of people who are no accounts of the sandbox, and the comments below them. */
	publicPosts: Map<string, PublicPost>;
	publicComments: Map<string, PublicComment>;
	/** Who was mentioned where; only what one was mentioned in can be read. */
	mentions: Array<{ accountId: string; mediaId: string; commentId?: string }>;
	containers: Map<string, Container>;
	assets: Map<string, Asset>;
	catalogs: Map<string, Catalog>;
	upcomingEvents: Map<string, UpcomingEvent>;
	/** Hashtags that somebody has searched, by id. */
	hashtags: Map<string, { id: string; name: string }>;
	/** Meta's audio library. */
	audio: Map<string, Audio>;
	/** Attachment id -> asset, from uploads and reusable attachments. */
	attachments: Map<string, { type: string; assetId: string }>;
	codes: Map<string, AuthorizationCode>;
	instagramCodes: Map<string, InstagramCode>;
	/** Language of error texts. */
	locale: Locale;
	/** Where the sandbox listens, without a trailing slash. */
	baseUrl: string;
	emit(event: WorldEvent): void;
	/** Called for each event, in order. */
	listen(listener: (event: WorldEvent) => void): void;
};

/** Keep an asset and return it. */
export function storeAsset(world: World, asset: Asset): Asset {
	world.assets.set(asset.id, asset);
	return asset;
}

/** The account with a username. */
export function accountByUsername(world: World, username: string): Account | undefined {
	return [...world.accounts.values()].find((account) => account.username === username);
}

/** The account linked to a Page, if there still is one. */
export function accountOfPage(world: World, page: Page): Account | undefined {
	const account = page.accountId === undefined ? undefined : world.accounts.get(page.accountId);
	return account?.linked ? account : undefined;
}

/** The app behind an Instagram app ID, where that one has a node of its own (`instagramCallbackAt`). */
export function instagramApp(world: World, id: string): App | undefined {
	if (world.settings.instagramCallbackAt !== 'instagramApp') return undefined;
	return [...world.apps.values()].find(({ instagramAppId }) => instagramAppId === id);
}

/** The person or system user with an id. */
export function userById(world: World, id: string): User | undefined {
	return world.users.get(id) ?? world.systemUsers.get(id);
}

/** Who logged in to get a token: a person, a system user, or an account (Instagram Login). */
export function ownerOfToken(world: World, token: Token): (LoginState & { grants: Map<string, Grant> }) | undefined {
	return token.accountId === undefined ? userById(world, token.userId ?? '') : world.accounts.get(token.accountId);
}

/** Whether a token reaches a Page: chosen in the dialog, and the role on it not lost since. */
export function reachesPage(world: World, token: Token, pageId: string): boolean {
	return token.pageIds.includes(pageId) && !userById(world, token.userId ?? '')?.lostPages.has(pageId);
}

/** Whether the person has not been seen for so long that only the login itself is left. */
export function hasLapsed(world: World, token: Token): boolean {
	return token.dataAccessExpiresAt !== 0 && token.dataAccessExpiresAt <= world.clock.now();
}

/** What anybody grants by logging in, and no app needs approval for. */
const PROFILE_SCOPES = ['public_profile', 'email'];

/**
 * Scopes a token can use right now: its own, minus what the person has withdrawn since; hardly any when
 * data access has lapsed, or when the app lacks Advanced Access and the person a role on it.
 * @see https://developers.facebook.com/docs/graph-api/overview/access-levels
 */
export function effectiveScopes(world: World, token: Token): Set<string> {
	const owner = ownerOfToken(world, token);
	const grant = owner?.grants.get(token.appId);
	const isApproved = world.apps.get(token.appId)?.advancedAccess || !owner || owner.hasRole;
	const all = isApproved && !hasLapsed(world, token);
	return new Set(
		token.scopes.filter((scope) => (grant?.scopes.has(scope) ?? true) && (all || PROFILE_SCOPES.includes(scope))),
	);
}

/** Signature of a CDN URL that ends at `ext` (unix seconds, hexadecimal). */
export function cdnSignature(world: World, assetId: string, ext: string): string {
	return createHmac('sha256', world.settings.cdnKey).update(`${assetId}:${ext}`).digest('base64url');
}

/**
 * An expiring CDN URL: a week for message attachments and pictures, as Meta's expire in days; or until
 * a time in ms, for what dies with a story.
 */
export function cdnUrl(world: World, assetId: string, endsAt = world.clock.now() + 7 * DAY_MS): string {
	const ext = Math.floor(endsAt / 1000).toString(16);
	const query = new URLSearchParams({
		asset_id: assetId,
		ext,
		signature: cdnSignature(world, assetId, ext),
	});
	return `${world.baseUrl}/cdn/ig_messaging_cdn/?${query.toString()}`;
}

/** A media URL of a post; does not expire in the sandbox. */
export function mediaUrl(world: World, assetId: string): string {
	const type = world.assets.get(assetId)?.contentType ?? '';
	return `${world.baseUrl}/cdn/media/${assetId}.${type.startsWith('video/') ? 'mp4' : 'jpg'}`;
}
