import type { IDataObject } from 'n8n-workflow';
import { callLogin, isRefused } from './request';
import type { Http } from '../graph/http';
import { DAY_MS } from '../time';

/** A token as Meta hands it out; `expiresAt` in milliseconds since 1970, absent when it does not end. */
export type ExchangedToken = { accessToken: string; expiresAt?: number };

/**
 * Renewing starts this long before a token ends: one of 60 days is renewed when it is a week old, so that a login that is
 * used once in seven weeks lives on. Meta renews a token once a day at most.
 */
export const RENEW_BEFORE_MS = 53 * DAY_MS;

/** Meta counts in seconds, and answers take a while: a renewal that gives more time gives a day at least. */
const SAME_END_MS = 3_600_000;

/**
 * True when a renewal gave a token that ends no later than the old one: for some tokens `expires_in` counts down to the end
 * that the first of them had.
 * @param oldEnd milliseconds since 1970
 */
export function endsNoLater({ expiresAt }: ExchangedToken, oldEnd: number | undefined): boolean {
	return expiresAt !== undefined && oldEnd !== undefined && expiresAt < oldEnd + SAME_END_MS;
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
 * @param isSystemUser renews the token of a system user that has an end, too; Meta wants to be told
 * @throws Error in plain words when Meta refuses
 * @see https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 * @see https://developers.facebook.com/docs/business-management-apis/system-users/install-apps-and-generate-tokens
 */
export async function exchangeUserToken(
	http: Http,
	versionedUrl: string,
	app: { id: string; secret: string },
	userToken: string,
	isSystemUser = false,
): Promise<ExchangedToken> {
	const form = new URLSearchParams({
		...(isSystemUser ? { set_token_expires_in_60_days: 'true' } : {}),
		grant_type: 'fb_exchange_token',
		client_id: app.id,
		client_secret: app.secret,
		fb_exchange_token: userToken,
	});
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
	const options = {
		method: 'POST' as const,
		url: `${versionedUrl}/oauth/access_token`,
		headers,
		body: form.toString(),
	};
	return readExchange(await callLogin(http, options, [userToken, app.secret]));
}

/** Meta documents the token of these two endpoints in the query, and they take no POST. A header keeps it out of the URL, unless that is refused. */
async function askForToken(http: Http, url: string, qs: IDataObject, token: string): Promise<ExchangedToken> {
	const secrets = [token, String(qs.client_secret ?? '')];
	const headers = { Authorization: `Bearer ${token}` };
	const documented = async (error: Error) => {
		if (!isRefused(error)) throw error;
		return await callLogin(http, { method: 'GET', url, qs: { ...qs, access_token: token } }, secrets);
	};
	return readExchange(await callLogin(http, { method: 'GET', url, qs, headers }, secrets).catch(documented));
}

/**
 * Changes the token of an Instagram Login, which lives an hour, into one of 60 days.
 * @param baseUrl `https://graph.instagram.com`, without a version
 * @param appSecret the Instagram app secret; Meta takes it in the query only
 * @see https://developers.facebook.com/docs/instagram-platform/reference/access_token
 */
export async function exchangeInstagramToken(
	http: Http,
	baseUrl: string,
	appSecret: string,
	token: string,
): Promise<ExchangedToken> {
	const qs = { grant_type: 'ig_exchange_token', client_secret: appSecret };
	return await askForToken(http, `${baseUrl}/access_token`, qs, token);
}

/**
 * Renews a long-lived token of Instagram Login that is at least a day old; needs no secret.
 * @param baseUrl `https://graph.instagram.com`, without a version
 * @see https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
 */
export async function renewInstagramToken(http: Http, baseUrl: string, token: string): Promise<ExchangedToken> {
	return await askForToken(http, `${baseUrl}/refresh_access_token`, { grant_type: 'ig_refresh_token' }, token);
}
