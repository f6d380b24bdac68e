import { createHash } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { GRAPH_PAGE_SIZE } from './constants';
import { describe, type GraphError } from './errors';

/** An Instagram professional account that a login reaches. IDs are strings: they pass 2^53. */
export type Account = {
	/** Instagram account ID, the `entry.id` of webhooks. */
	id: string;
	username: string;
	name: string;
	/** Facebook Page that the account is linked to; absent with Instagram Login. */
	pageId?: string;
	pageName?: string;
};

/** What kind of token a login rests on; decides host, lists and signing. */
export type LoginKind = 'facebookUser' | 'facebookPage' | 'instagram';

/** Everything that a login can do, as stored (encrypted by n8n) in its credential. */
export type LoginReach = { accounts: Account[]; pageTokens: Record<string, string> };

export type ExchangedToken = { accessToken: string; expiresAt?: number };

/** How this module reaches HTTP: the `httpRequest` helper that n8n hands to a credential. */
export type Http = (options: IHttpRequestOptions) => Promise<unknown>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Renewing starts this long before a token ends. Meta renews a token once a day at most. */
export const RENEW_BEFORE_MS = 10 * DAY_MS;

/** A base URL as an operator may have typed it, without blanks around it and slashes at its end. */
export const trimUrl = (url: unknown): string => String(url ?? '').trim().replace(/\/+$/, '');

/** Short mark of a token; tells whether two tokens are the same without storing either. */
export function fingerprint(token: string): string {
	return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

/** Sends one call for a credential. Errors carry plain words, never the token. */
async function call(http: Http, options: IHttpRequestOptions): Promise<IDataObject> {
	const { body, statusCode } = (await http({
		...options,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as { body: IDataObject; statusCode: number };
	const error = (body as { error?: GraphError } | undefined)?.error;
	if (!error && statusCode < 400) return body;
	const { message, description } = describe({ status: statusCode, error });
	// Meta quotes a malformed token, and what was pasted by mistake may look like anything.
	const given = String(options.headers?.Authorization ?? '').replace('Bearer ', '');
	const words = `${message}. ${description}`;
	throw Object.assign(new Error(given ? words.replaceAll(given, '[token]') : words), { graphError: error });
}

const readExchange = (answer: IDataObject): ExchangedToken => {
	if (typeof answer.access_token !== 'string') throw new Error('Meta answered the token exchange without a token');
	const seconds = Number(answer.expires_in);
	return {
		accessToken: answer.access_token,
		expiresAt: seconds > 0 ? Date.now() + seconds * 1000 : undefined,
	};
};

/**
 * Changes a user token into one that lives about 60 days; a long-lived one that is still valid is renewed.
 * Sent as a form, so that neither token nor secret stands in an URL.
 * @param versionedUrl `https://graph.facebook.com/v25.0`
 * @throws Error in plain words when Meta refuses
 * @see https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
export async function exchangeUserToken(
	http: Http,
	versionedUrl: string,
	app: { id: string; secret: string },
	userToken: string,
): Promise<ExchangedToken> {
	const form = new URLSearchParams({
		grant_type: 'fb_exchange_token',
		client_id: app.id,
		client_secret: app.secret,
		fb_exchange_token: userToken,
	});
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
	return readExchange(
		await call(http, { method: 'POST', url: `${versionedUrl}/oauth/access_token`, headers, body: form.toString() }),
	);
}

/**
 * Renews a long-lived Instagram Login token that is at least a day old; needs no secret.
 * @param baseUrl `https://graph.instagram.com`, without a version
 * @see https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
 */
export async function renewInstagramToken(http: Http, baseUrl: string, token: string): Promise<ExchangedToken> {
	return readExchange(
		await call(http, {
			method: 'GET',
			url: `${baseUrl}/refresh_access_token`,
			qs: { grant_type: 'ig_refresh_token' },
			headers: { Authorization: `Bearer ${token}` },
		}),
	);
}

type PageNode = {
	id: string;
	name?: string;
	access_token?: string;
	instagram_business_account?: { id: string; username?: string; name?: string };
};

/** Fields of a Page that tell its account. */
export const PAGE_FIELDS = 'id,name,instagram_business_account{id,username,name}';

/** Reads the account off a Page; `undefined` when none is linked. */
export function accountOfPage(page: PageNode): Account | undefined {
	const linked = page.instagram_business_account;
	if (!linked) return undefined;
	return {
		id: String(linked.id),
		username: linked.username ?? '',
		name: linked.name ?? page.name ?? '',
		pageId: String(page.id),
		pageName: page.name ?? '',
	};
}

/**
 * Lists every account that a user (or system user) token reaches, over all pages of the list, with Page tokens.
 * Page tokens from a long-lived user token do not expire.
 * @see https://developers.facebook.com/docs/graph-api/reference/user/accounts
 */
export async function reachOfUser(http: Http, versionedUrl: string, token: string): Promise<LoginReach> {
	const reach: LoginReach = { accounts: [], pageTokens: {} };
	let after: string | undefined;
	do {
		const answer = await call(http, {
			method: 'GET',
			url: `${versionedUrl}/me/accounts`,
			qs: { fields: `access_token,${PAGE_FIELDS}`, limit: GRAPH_PAGE_SIZE, ...(after ? { after } : {}) },
			headers: { Authorization: `Bearer ${token}` },
		});
		for (const page of (answer.data ?? []) as PageNode[]) {
			const account = accountOfPage(page);
			if (!account?.pageId) continue;
			reach.accounts.push(account);
			if (page.access_token) reach.pageTokens[account.pageId] = page.access_token;
		}
		const paging = answer.paging as { next?: string; cursors?: { after?: string } } | undefined;
		after = paging?.next ? paging.cursors?.after : undefined;
	} while (after);
	return reach;
}

/** The one account behind a pasted Page token. */
export async function reachOfPage(http: Http, versionedUrl: string, token: string): Promise<LoginReach> {
	const page = (await call(http, {
		method: 'GET',
		url: `${versionedUrl}/me`,
		qs: { fields: PAGE_FIELDS },
		headers: { Authorization: `Bearer ${token}` },
	})) as unknown as PageNode;
	const account = accountOfPage(page);
	if (!account) throw new Error(`The Page "${page.name ?? page.id}" of this token has no linked Instagram account. Link one in the Page settings`);
	return { accounts: [account], pageTokens: { [page.id]: token } };
}

/**
 * The one account behind an Instagram Login token. Meta documents `{ data: [..] }` and answers a flat object: both are read.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started
 */
export async function reachOfInstagram(http: Http, versionedUrl: string, token: string): Promise<LoginReach> {
	const answer = await call(http, {
		method: 'GET',
		url: `${versionedUrl}/me`,
		qs: { fields: 'user_id,username,name' },
		headers: { Authorization: `Bearer ${token}` },
	});
	const me = ((answer.data as IDataObject[] | undefined)?.[0] ?? answer) as IDataObject;
	const account = { id: String(me.user_id), username: String(me.username ?? ''), name: String(me.name ?? '') };
	return { accounts: [account], pageTokens: {} };
}

/** True when Meta said that the object has no such field: a Page token asked for `/me/accounts`. */
export const isMissingField = (error: unknown): boolean =>
	(error as { graphError?: GraphError }).graphError?.code === 100;
