import { createHash } from 'node:crypto';
import type { Stored } from './runNode.mts';

export const GRAPH = 'https://graph.facebook.com';
export const BAKERY = {
	id: '17841400000000001',
	username: 'sandbox_bakery',
	name: 'Bakery',
	pageId: '100000000000001',
	pageName: 'Bakery Page',
};
export const FLORIST = {
	id: '17841400000000002',
	username: 'sandbox_florist',
	name: 'Florist',
	pageId: '100000000000002',
	pageName: 'Florist Page',
};

const fingerprint = (token: string) => createHash('sha256').update(token).digest('hex').slice(0, 16);

/** Token strings that only look like tokens. */
export const tokens = {
	short: 'EAAshort0000',
	long: 'EAAlong00000',
	bakery: 'EAAbakery000',
	florist: 'EAAflorist00',
	app: '123456|made-up-app',
};

const app = {
	clientId: '123456',
	clientSecret: 'made-up',
	grantType: 'authorizationCode',
	accessTokenUrl: `${GRAPH}/v25.0/oauth/access_token`,
	authentication: 'body',
	scope: '',
	graphBaseUrl: GRAPH,
	graphVersion: 'v25.0',
	defaultAccount: '',
	webhookVerifyToken: '',
};

/** A Facebook Login that was connected just now and never used. */
export function freshLogin(): Stored {
	return {
		instagramFacebookLoginOAuth2Api: {
			...app,
			oauthTokenData: { access_token: tokens.short, token_type: 'bearer', expires_in: 3600 },
		},
	};
}

const PAGE_TOKENS = { [BAKERY.pageId]: tokens.bakery, [FLORIST.pageId]: tokens.florist };

/**
 * A Facebook Login whose tokens were exchanged and stored.
 * @param more adds to the token data
 * @param fields adds to the credential's own fields
 */
export function settledLogin(
	accounts = [BAKERY],
	more: { pageTokens?: Record<string, string>; [key: string]: unknown } = {},
	fields: object = {},
): Stored {
	return {
		instagramFacebookLoginOAuth2Api: {
			...app,
			...fields,
			oauthTokenData: {
				access_token: tokens.long,
				token_type: 'bearer',
				longLivedFor: fingerprint(tokens.long),
				longLivedUntil: Date.now() + 59 * 24 * 3600 * 1000,
				appToken: tokens.app,
				accounts,
				pageTokens: PAGE_TOKENS,
				uploadTokens: Object.fromEntries(
					Object.entries(more.pageTokens ?? PAGE_TOKENS).map(([pageId, token]) => [pageId, `OAuth ${token}`]),
				),
				permissions: { granted: ['instagram_basic', 'pages_show_list'], declined: [] },
				unlinked: [],
				...more,
			},
		},
	};
}

let logins = 0;

/** A settled login with a token of its own: what the process remembers of other logins does not count for it. */
export function newLogin(
	accounts = [BAKERY],
	more: object = {},
	fields: object = {},
): { credentials: Stored; token: string } {
	const token = `EAAown${String(++logins).padStart(6, '0')}`;
	return {
		credentials: settledLogin(accounts, { access_token: token, longLivedFor: fingerprint(token), ...more }, fields),
		token,
	};
}
