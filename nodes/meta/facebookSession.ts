import type { IDataObject } from 'n8n-workflow';
import type { LoginReach } from './login';
import { fingerprint } from './loginCall';
import { uploadAuthorization } from './signing';
import { RENEW_BEFORE_MS, type ExchangedToken } from './tokens';

/**
 * `oauthTokenData` of a Facebook Login credential. n8n writes `access_token` when the operator connects; the rest is
 * ours and survives a reconnect, which is why `longLivedFor` is bound to the token that it speaks of.
 */
export type FacebookTokenData = IDataObject & Partial<LoginReach> & {
	access_token: string;
	/** Fingerprint of the long-lived token that the other fields belong to. */
	longLivedFor?: string;
	/** Milliseconds since 1970; absent when the token never ends. */
	longLivedUntil?: number;
	/** `APP_ID|APP_SECRET` in the form that Meta gave it, for calls about the app itself. */
	appToken?: string;
	/** Page tokens as the upload host wants them, by Page ID; made anew for each call, in memory. */
	uploadTokens?: Record<string, string>;
	/** Only between the two halves of an exchange, in memory: the token to exchange. */
	userToken?: string;
};

/** True when the stored Page tokens belong to the stored user token and so can be used. */
export const isExchanged = (data: FacebookTokenData): boolean => data.longLivedFor === fingerprint(data.access_token);

/** True when a long-lived token is about to end. */
export const endsSoon = ({ longLivedUntil }: FacebookTokenData, now: number): boolean =>
	longLivedUntil !== undefined && longLivedUntil - now < RENEW_BEFORE_MS;

/** True when the stored token is a fresh one or about to end. */
export const needsExchange = (data: FacebookTokenData, now: number): boolean => !isExchanged(data) || endsSoon(data, now);

/**
 * The token that stays as it is in the second half of an exchange; `undefined` when it has to be changed at Meta. Meta
 * names no end for the token of a system user (Login for Business): there is nothing to exchange. A lasting one that
 * is far from its end stays too, when only the accounts are read again.
 * @see https://developers.facebook.com/docs/facebook-login/facebook-login-for-business
 */
export function keptToken(data: FacebookTokenData, now: number): ExchangedToken | undefined {
	const { expires_in, longLivedFor, longLivedUntil, userToken = '' } = data;
	const isRenewal = longLivedFor === fingerprint(userToken);
	if (isRenewal) return endsSoon(data, now) ? undefined : { accessToken: userToken, expiresAt: longLivedUntil };
	return Number(expires_in) > 0 ? undefined : { accessToken: userToken };
}

/** A token that Meta does not exchange, with the end that it came with. */
export const asItIs = (data: FacebookTokenData, userToken: string, now: number): ExchangedToken => ({
	accessToken: userToken,
	expiresAt: data.longLivedFor === fingerprint(userToken) ? data.longLivedUntil : now + Number(data.expires_in) * 1000,
});

/** First half: what n8n must believe so that its refresh path runs and saves the result. */
export function startExchange(data: FacebookTokenData): { grantType: string; oauthTokenData: FacebookTokenData } {
	return { grantType: 'clientCredentials', oauthTokenData: { ...data, userToken: data.access_token } };
}

/** Second half: the token data to save. `app` is what the client_credentials grant of the refresh returned. */
export function finishExchange(data: FacebookTokenData, exchanged: ExchangedToken, reach: LoginReach): FacebookTokenData {
	const kept = { ...data };
	// What belongs to the app token, to the token that was exchanged and to its reach must not describe the new one.
	for (const key of ['userToken', 'uploadTokens', 'longLivedUntil', 'expires_in', 'n8n_expires_at', 'permissions', 'unlinked']) delete kept[key];
	return {
		...kept,
		access_token: exchanged.accessToken,
		appToken: data.access_token,
		longLivedFor: fingerprint(exchanged.accessToken),
		...(exchanged.expiresAt ? { longLivedUntil: exchanged.expiresAt } : {}),
		...reach,
	};
}

/** Token data that can also sign for the upload host: n8n writes only `Bearer` before a token by itself. */
export function withUploadTokens(data: FacebookTokenData): { oauthTokenData: FacebookTokenData } {
	const uploadTokens = Object.fromEntries(Object.entries(data.pageTokens ?? {}).map(([id, token]) => [id, uploadAuthorization(token)]));
	return { oauthTokenData: { ...data, uploadTokens } };
}
