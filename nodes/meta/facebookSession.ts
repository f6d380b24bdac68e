import type { IDataObject } from 'n8n-workflow';
import { fingerprint, RENEW_BEFORE_MS, type Account, type LoginReach } from './login';

/**
 * `oauthTokenData` of a Facebook Login credential. n8n writes `access_token` when the operator connects; the rest is
 * ours and survives a reconnect, which is why `longLivedFor` is bound to the token that it speaks of.
 */
export type FacebookTokenData = IDataObject & {
	access_token: string;
	/** Fingerprint of the long-lived token that the other fields belong to. */
	longLivedFor?: string;
	/** Milliseconds since 1970; absent when the token never ends. */
	longLivedUntil?: number;
	accounts?: Account[];
	pageTokens?: Record<string, string>;
	/** `APP_ID|APP_SECRET` in the form that Meta gave it, for calls about the app itself. */
	appToken?: string;
	/** Only between the two halves of an exchange, in memory: the token to exchange. */
	userToken?: string;
};

/** True when the stored token is a fresh short-lived one, or a long-lived one that is about to end. */
export function needsExchange(data: FacebookTokenData, now: number): boolean {
	if (data.longLivedFor !== fingerprint(data.access_token)) return true;
	return data.longLivedUntil !== undefined && data.longLivedUntil - now < RENEW_BEFORE_MS;
}

/**
 * True for the token of a system user (Login for Business): Meta names no end for it, and there is nothing to exchange.
 * @see https://developers.facebook.com/docs/facebook-login/facebook-login-for-business
 */
export function neverEnds({ expires_in, longLivedFor, longLivedUntil, userToken = '' }: FacebookTokenData): boolean {
	const isRenewal = longLivedFor === fingerprint(userToken);
	return isRenewal ? longLivedUntil === undefined : !(Number(expires_in) > 0);
}

/** True when the stored Page tokens belong to the stored user token and so can be used. */
export const isExchanged = (data: FacebookTokenData): boolean =>
	data.longLivedFor === fingerprint(data.access_token);

/** First half: what n8n must believe so that its refresh path runs and saves the result. */
export function startExchange(data: FacebookTokenData): { grantType: string; oauthTokenData: FacebookTokenData } {
	return { grantType: 'clientCredentials', oauthTokenData: { ...data, userToken: data.access_token } };
}

/** Second half: the token data to save. `app` is what the client_credentials grant of the refresh returned. */
export function finishExchange(
	data: FacebookTokenData,
	exchanged: { accessToken: string; expiresAt?: number },
	reach: LoginReach,
): FacebookTokenData {
	const kept = { ...data };
	// What belongs to the app token and to the token that was exchanged must not describe the new one.
	for (const key of ['userToken', 'longLivedUntil', 'expires_in', 'n8n_expires_at']) delete kept[key];
	return {
		...kept,
		access_token: exchanged.accessToken,
		appToken: data.access_token,
		longLivedFor: fingerprint(exchanged.accessToken),
		...(exchanged.expiresAt ? { longLivedUntil: exchanged.expiresAt } : {}),
		accounts: reach.accounts,
		pageTokens: reach.pageTokens,
	};
}
