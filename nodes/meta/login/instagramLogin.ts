import type { IDataObject } from 'n8n-workflow';
import { reachOfInstagram } from './reach';
import type { Account } from '../accounts';
import { fingerprint } from './request';
import type { Http } from '../graph/http';
import { isRenewalDue } from './pastedToken';
import { endsNoLater, exchangeInstagramToken, renewInstagramToken } from './exchange';

/**
 * `oauthTokenData` of an Instagram Login credential. n8n writes Meta's answer to the pop-up, in one of two documented
 * shapes; the rest is ours and survives a reconnect, which is why `longLivedFor` is bound to its token.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
export type InstagramTokenData = IDataObject & {
	access_token?: string;
	data?: Array<{ access_token?: string }>;
	/** Fingerprint of the token of 60 days that the other fields belong to. */
	longLivedFor?: string;
	/** Milliseconds since 1970. */
	longLivedUntil?: number;
	/** When a renewal was last tried, in milliseconds since 1970. */
	renewedAt?: number;
	/** When Meta last renewed the token without giving it more time, in milliseconds since 1970. */
	unextendedAt?: number;
	accounts?: Account[];
};

/** Token data whose token lasts 60 days and whose account is known. */
export type LastingTokenData = InstagramTokenData &
	Required<Pick<InstagramTokenData, 'access_token' | 'longLivedFor' | 'accounts'>>;

/** The token of either shape. What stands in `data` came with the last pop-up; we take it away when we store. */
export function tokenOf(data: InstagramTokenData | undefined): string {
	return data?.data?.[0]?.access_token ?? data?.access_token ?? '';
}

/** True when the token is one of 60 days whose account is known. */
export function isLasting(data: InstagramTokenData | undefined): data is LastingTokenData {
	return data?.longLivedFor !== undefined && data.longLivedFor === fingerprint(tokenOf(data));
}

/** True when the token ends soon and was not renewed in the last day. */
export function isDue({ longLivedUntil, renewedAt = 0 }: InstagramTokenData, now: number): boolean {
	return isRenewalDue({ expiresAt: longLivedUntil, renewedAt }, now);
}

/** Base URL without version, version, and the Instagram app secret. */
export type InstagramApp = { baseUrl: string; version: string; secret: string };

/**
 * Makes the token of the pop-up last, or renews a lasting one. When Meta refuses a renewal, the token is kept and the
 * next attempt comes a day later.
 * @throws Error in plain words when Meta refuses the exchange
 */
export async function prolongInstagramLogin(
	http: Http,
	app: InstagramApp,
	data: InstagramTokenData,
): Promise<LastingTokenData> {
	const token = tokenOf(data);
	const wasLasting = isLasting(data);
	const tried = { ...data, access_token: token, renewedAt: Date.now() };
	const renewed = wasLasting
		? await renewInstagramToken(http, app.baseUrl, token).catch(() => undefined)
		: await exchangeInstagramToken(http, app.baseUrl, app.secret, token);
	if (!renewed) return tried as LastingTokenData;
	// The old token may end with its renewal: a login whose account is known goes on with the new one in any case.
	const orKnown = (error: Error) => {
		if (wasLasting) return data;
		throw error;
	};
	const { accounts } = await reachOfInstagram({
		http,
		versionedUrl: `${app.baseUrl}/${app.version}`,
		token: renewed.accessToken,
	}).catch(orKnown);
	// What came with the pop-up, the number that lost its last digits included, does not describe the new token.
	for (const key of ['data', 'user_id', 'expires_in', 'n8n_expires_at', 'longLivedUntil', 'unextendedAt'])
		delete (tried as IDataObject)[key];
	return {
		...tried,
		access_token: renewed.accessToken,
		longLivedFor: fingerprint(renewed.accessToken),
		...(renewed.expiresAt ? { longLivedUntil: renewed.expiresAt } : {}),
		...(wasLasting && endsNoLater(renewed, data.longLivedUntil) ? { unextendedAt: Date.now() } : {}),
		accounts,
	};
}
