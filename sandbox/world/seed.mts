import { makeAsset, paintJpeg } from './assets.mts';
import { DAY_MS, HOUR_MS } from './clock.mts';
import type { App } from './app.mts';
import type { SeedOptions } from './options.mts';
import type { Account, Business, Customer, Page, User } from './types.mts';
import { addMedia } from './media.mts';
import type { World } from './world.mts';

/** The portfolio of the seed; also what owns a Page that is only said to be in one. */
const PORTFOLIO_ID = '880000000000001';

/** What a token of Instagram Login can be granted at most. */
export const INSTAGRAM_LOGIN_SCOPES: string[] = [
	'instagram_business_basic',
	'instagram_business_content_publish',
	'instagram_business_manage_comments',
	'instagram_business_manage_messages',
	'instagram_business_manage_insights',
];

/** Permissions that the FBL login configurations of the seed ask for. */
export const INSTAGRAM_SCOPES: string[] = [
	'public_profile',
	'pages_show_list',
	'pages_read_engagement',
	'pages_manage_metadata',
	'pages_messaging',
	'business_management',
	'instagram_basic',
	'instagram_manage_messages',
	'instagram_manage_comments',
	'instagram_manage_insights',
	'instagram_content_publish',
	'instagram_manage_contents',
];

const picture = (world: World, size: number, colour: number[]): string => {
	const asset = makeAsset(paintJpeg(size, size, colour), 'image/jpeg');
	world.assets.set(asset.id, asset);
	return asset.id;
};

/** Add a Page; ids are given by the caller so that a reset keeps them. */
export function addPage(world: World, page: Pick<Page, 'id' | 'name' | 'username'> & Partial<Page>): Page {
	const full: Page = {
		category: 'Bakery',
		newExperience: false,
		inPortfolio: false,
		businessId: PORTFOLIO_ID,
		clientOf: new Set(),
		assigned: true,
		hasLocation: true,
		subscribedApps: new Map(),
		...page,
	};
	world.pages.set(full.id, full);
	return full;
}

/** Link a professional account to a Page. */
export function addAccount(
	world: World,
	page: Page,
	account: Pick<Account, 'id' | 'igId' | 'username' | 'name' | 'biography' | 'pictureAssetId'>,
): Account {
	const full: Account = {
		...account,
		website: `https://${account.username.replace('_', '-')}.example`,
		followers: 1250,
		follows: 87,
		accountType: 'BUSINESS',
		grants: new Map(),
		subscribedApps: new Map(),
		checkpointed: false,
		hasRole: true,
		pageId: page.id,
		linked: true,
		allowMessages: true,
		isPrivate: false,
		restricted: false,
		messagingBlocked: false,
		following: new Set(),
		conversationRouting: true,
		quotaTotal: world.settings.quotaTotal,
		conversationCallsPerSecond: world.settings.conversationCallsPerSecond,
		profile: {},
		welcomeFlows: [],
		likes: { times: [], lockedUntil: 0 },
		hashtags: new Map(),
		inviteCalls: [],
		scheduled: [],
		publishedAt: [],
		containerTimes: [],
	};
	page.accountId = full.id;
	world.accounts.set(full.id, full);
	return full;
}

const addWelcomePost = (world: World, account: Account, colour: number[]) => {
	const assetId = picture(world, 400, colour);
	addMedia(world, {
		id: `18${account.id.slice(2)}`,
		account,
		caption: `Welcome to ${account.name} #sandbox`,
		mediaType: 'IMAGE',
		productType: 'FEED',
		assetId,
		at: world.clock.now() - 48 * HOUR_MS,
		likes: 12,
	});
};

/** A customer, made on first use of an unknown username. */
export function customerNamed(world: World, username: string): Customer {
	const known = world.customers.get(username);
	if (known) return known;
	const words = username.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	const customer: Customer = {
		username,
		name: words.join(' '),
		scopedIds: new Map(),
		follows: new Set(),
		blocked: new Set(),
		hasRole: false,
		isPrivate: false,
		pictureAssetId: picture(world, 64, [120, 110, 200]),
	};
	world.customers.set(username, customer);
	return customer;
}

const addUser = (world: World, user: Pick<User, 'id' | 'name' | 'systemOf'>): User => {
	const full: User = {
		...user,
		email: user.systemOf === undefined ? 'owner@sandbox.example' : '',
		grants: new Map(),
		lostPages: new Set(),
		tasks: new Map(),
		checkpointed: false,
		hasRole: true,
	};
	(user.systemOf === undefined ? world.users : world.systemUsers).set(full.id, full);
	return full;
};

/** Add a business portfolio. */
export function addBusiness(world: World, id: string, name: string, members: string[]): Business {
	const business: Business = { id, name, members: new Set(members) };
	world.businesses.set(id, business);
	return business;
}

/** Add an app with the login configurations that every app of the sandbox has. */
export function addApp(world: World, app: Required<SeedOptions>): App {
	const full: App = {
		id: app.appId,
		name: app.appName,
		secret: app.appSecret,
		redirectUris: [...app.redirectUris],
		live: app.live,
		requireAppSecret: app.requireAppSecret,
		humanAgent: true,
		advancedAccess: true,
		publicContentAccess: true,
		publicPageAccess: true,
		missingPermissions: [],
		defaultVersion: 'v25.0',
		configurations: [
			{ id: '700000000000001', tokenKind: 'user', scopes: INSTAGRAM_SCOPES },
			{ id: '700000000000002', tokenKind: 'systemUser', scopes: INSTAGRAM_SCOPES },
			{
				id: '700000000000003',
				tokenKind: 'systemUser',
				scopes: INSTAGRAM_SCOPES,
				tokenSeconds: 60 * (DAY_MS / 1000),
			},
		],
		subscriptions: new Map(),
		userCallbacks: { facebook: {}, instagram: {} },
		instagramAppId: app.instagramAppId,
		instagramAppSecret: app.instagramAppSecret,
	};
	world.apps.set(full.id, full);
	return full;
}

/** Fill an empty world: one app, one portfolio with one person, three Pages, two linked accounts, three customers. */
export function seedWorld(world: World): void {
	addApp(world, world.settings.seed);
	const owner = addUser(world, { id: '122100000000000001', name: 'Sandbox Owner' });
	const system = addUser(world, {
		id: '122100000000000002',
		name: 'Sandbox System User',
		systemOf: PORTFOLIO_ID,
	});
	addBusiness(world, PORTFOLIO_ID, 'Sandbox Portfolio', [owner.id, system.id]);
	const bakery = addPage(world, {
		id: '101000000000001',
		name: 'Sandbox Bakery',
		username: 'sandboxbakery',
	});
	const florist = addPage(world, {
		id: '101000000000002',
		name: 'Sandbox Florist',
		username: 'sandboxflorist',
		category: 'Florist',
	});
	addPage(world, {
		id: '101000000000003',
		name: 'Sandbox Bookshop',
		username: 'sandboxbookshop',
		category: 'Book store',
	});
	const brown = [214, 150, 80];
	const bread = addAccount(world, bakery, {
		id: '17841400000000001',
		igId: '4000000001',
		username: 'sandbox_bakery',
		name: 'Sandbox Bakery',
		biography: 'Bread, every day.',
		pictureAssetId: picture(world, 64, brown),
	});
	addWelcomePost(world, bread, brown);
	const green = [90, 170, 110];
	const flowers = addAccount(world, florist, {
		id: '17841400000000002',
		igId: '4000000002',
		username: 'sandbox_florist',
		name: 'Sandbox Florist',
		biography: 'Flowers for every day.',
		pictureAssetId: picture(world, 64, green),
	});
	addWelcomePost(world, flowers, green);
	for (const username of ['customer_one', 'customer_two', 'customer_three']) customerNamed(world, username);
}
