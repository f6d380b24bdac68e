import { createHmac } from 'node:crypto';
import type { Clock } from './clock.mts';
import { createClock, DAY_MS } from './clock.mts';
import type { Locale } from './locales.mts';
import type { Settings } from './options.mts';
import { seedLibrary } from './library.mts';
import { seedWorld } from './seed.mts';
import type { Token, TokenStore } from './tokens.mts';
import { createTokenStore } from './tokens.mts';
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
export interface AuthorizationCode {
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
}

/** The same for Instagram Login, where an account logs in. */
export interface InstagramCode {
	value: string;
	appId: string;
	accountId: string;
	redirectUri: string;
	scopes: string[];
	expiresAt: number;
	used: boolean;
}

/** The whole state of the simulated Meta, kept in memory. */
export interface World {
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
}

/** A fresh, seeded world. */
export const createWorld = (settings: Settings, baseUrl: string): World => {
	const clock = createClock();
	const listeners: Array<(event: WorldEvent) => void> = [];
	const world: World = {
		clock,
		settings,
		tokens: createTokenStore(clock),
		apps: new Map(),
		users: new Map(),
		systemUsers: new Map(),
		businesses: new Map(),
		pages: new Map(),
		accounts: new Map(),
		customers: new Map(),
		threads: new Map(),
		messages: new Map(),
		media: new Map(),
		comments: new Map(),
		publicPosts: new Map(),
		publicComments: new Map(),
		mentions: [],
		containers: new Map(),
		assets: new Map(),
		catalogs: new Map(),
		upcomingEvents: new Map(),
		hashtags: new Map(),
		audio: new Map(),
		attachments: new Map(),
		codes: new Map(),
		instagramCodes: new Map(),
		locale: settings.locale,
		baseUrl,
		emit: (event) => listeners.forEach((listener) => listener(event)),
		listen: (listener) => listeners.push(listener),
	};
	seedWorld(world);
	seedLibrary(world);
	return world;
};

/** Keep an asset and return it. */
export const storeAsset = (world: World, asset: Asset): Asset => {
	world.assets.set(asset.id, asset);
	return asset;
};

export const accountByUsername = (world: World, username: string): Account | undefined =>
	[...world.accounts.values()].find((account) => account.username === username);

/** The account linked to a Page, if there still is one. */
export const accountOfPage = (world: World, page: Page): Account | undefined => {
	const account = page.accountId === undefined ? undefined : world.accounts.get(page.accountId);
	return account?.linked ? account : undefined;
};

/** The person or system user with an id. */
export const userById = (world: World, id: string): User | undefined =>
	world.users.get(id) ?? world.systemUsers.get(id);

/** Who logged in to get a token: a person, a system user, or an account (Instagram Login). */
export const ownerOfToken = (world: World, token: Token): (LoginState & { grants: Map<string, Grant> }) | undefined =>
	token.accountId === undefined ? userById(world, token.userId ?? '') : world.accounts.get(token.accountId);

/** Whether a token reaches a Page: chosen in the dialog, and the role on it not lost since. */
export const reachesPage = (world: World, token: Token, pageId: string): boolean =>
	token.pageIds.includes(pageId) && !userById(world, token.userId ?? '')?.lostPages.has(pageId);

/** Whether the person has not been seen for so long that only the login itself is left (section 2.3). */
export const hasLapsed = (world: World, token: Token): boolean =>
	token.dataAccessExpiresAt !== 0 && token.dataAccessExpiresAt <= world.clock.now();

/** What anybody grants by logging in, and no app needs approval for. */
const PROFILE_SCOPES = ['public_profile', 'email'];

/**
 * Scopes a token can use right now: its own, minus what the person has withdrawn since; hardly any when
 * data access has lapsed, or when the app lacks Advanced Access and the person a role on it (section 10).
 */
export const effectiveScopes = (world: World, token: Token): Set<string> => {
	const owner = ownerOfToken(world, token);
	const grant = owner?.grants.get(token.appId);
	const isApproved = world.apps.get(token.appId)?.advancedAccess || !owner || owner.hasRole;
	const all = isApproved && !hasLapsed(world, token);
	return new Set(
		token.scopes.filter((scope) => (grant?.scopes.has(scope) ?? true) && (all || PROFILE_SCOPES.includes(scope))),
	);
};

/** Signature of a CDN URL that ends at `ext` (unix seconds, hexadecimal). */
export const cdnSignature = (world: World, assetId: string, ext: string): string =>
	createHmac('sha256', world.settings.cdnKey).update(`${assetId}:${ext}`).digest('base64url');

/**
 * An expiring CDN URL: a week for message attachments and pictures, as Meta's expire in days; or until
 * a time in ms, for what dies with a story.
 */
export const cdnUrl = (world: World, assetId: string, endsAt = world.clock.now() + 7 * DAY_MS): string => {
	const ext = Math.floor(endsAt / 1000).toString(16);
	const query = new URLSearchParams({
		asset_id: assetId,
		ext,
		signature: cdnSignature(world, assetId, ext),
	});
	return `${world.baseUrl}/cdn/ig_messaging_cdn/?${query.toString()}`;
};

/** A media URL of a post; does not expire in the sandbox. */
export const mediaUrl = (world: World, assetId: string): string => {
	const type = world.assets.get(assetId)?.contentType ?? '';
	return `${world.baseUrl}/cdn/media/${assetId}.${type.startsWith('video/') ? 'mp4' : 'jpg'}`;
};
