import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { isUnsuitable, reachOfUser } from './reach';
import type { LoginReach } from '../accounts';
import { fingerprint, trimUrl } from './request';
import type { Http } from '../graph/http';
import { uploadAuthorization } from '../graph/signAs';
import { endsNoLater, exchangeUserToken, type ExchangedToken } from './exchange';
import { isRenewalDue } from './pastedToken';

/**
 * `oauthTokenData` of a Facebook Login credential. n8n writes `access_token` when the operator connects; the rest is
 * ours and survives a reconnect, which is why `longLivedFor` is bound to the token that it speaks of.
 */
export type FacebookTokenData = IDataObject &
	Partial<LoginReach> & {
		access_token: string;
		/** Fingerprint of the long-lived token that the other fields belong to. */
		longLivedFor?: string;
		/** Milliseconds since 1970; absent when the token never ends. */
		longLivedUntil?: number;
		/** When Meta last renewed the token without giving it more time, in milliseconds since 1970. */
		unextendedAt?: number;
		/** `APP_ID|APP_SECRET`, or the form that Meta gave it, for calls about the app itself. */
		appToken?: string;
		/** Page tokens as the upload host wants them, by Page ID: n8n writes only `Bearer` before a token by itself. */
		uploadTokens?: Record<string, string>;
		/** When the accounts were read from Meta, in milliseconds since 1970. */
		reachReadAt?: number;
	};

/** The Meta app of a Facebook Login, and where it is asked. */
type FacebookApp = {
	id: string;
	secret: string;
	versionedUrl: string;
	/** Login for Business: the token may be a system user's. */
	hasConfiguration: boolean;
};

/** Host and version of the Graph API that a credential names. */
export function facebookUrl(credentials: ICredentialDataDecryptedObject): string {
	return `${trimUrl(credentials.graphBaseUrl)}/${String(credentials.graphVersion ?? '').trim()}`;
}

const appOf = (credentials: ICredentialDataDecryptedObject): FacebookApp => ({
	id: String(credentials.clientId ?? '').trim(),
	secret: String(credentials.clientSecret ?? '').trim(),
	versionedUrl: facebookUrl(credentials),
	hasConfiguration: Boolean(credentials.configId),
});

/** True when the stored Page tokens belong to the stored user token and so can be used. */
export function isExchanged(data: FacebookTokenData): boolean {
	return data.longLivedFor === fingerprint(data.access_token);
}

/** True when a long-lived token is about to end. Where a renewal gave it no more time, the next one comes a day later. */
const needsRenewal = ({ longLivedUntil, unextendedAt = 0 }: FacebookTokenData, now: number): boolean =>
	isRenewalDue({ expiresAt: longLivedUntil, renewedAt: unextendedAt }, now);

/** True when the stored token is a fresh one or about to end. */
export function needsExchange(data: FacebookTokenData, now: number): boolean {
	return !isExchanged(data) || needsRenewal(data, now);
}

/** The app's token, which stands where the person's should: n8n's refresh went through without asking the credential. */
export function isAppToken(token: string): boolean {
	return /^\d+\|/.test(token);
}

/**
 * The token that stays as it is; `undefined` when it has to be changed at Meta. Meta names no end for the token of a
 * system user (Login for Business): there is nothing to exchange. A lasting one that is far from its end stays too,
 * when only the accounts are read again.
 * @see https://developers.facebook.com/docs/facebook-login/facebook-login-for-business
 */
function tokenToKeep(data: FacebookTokenData, now: number): ExchangedToken | undefined {
	const { access_token: accessToken, expires_in, longLivedUntil } = data;
	if (isExchanged(data)) return needsRenewal(data, now) ? undefined : { accessToken, expiresAt: longLivedUntil };
	return Number(expires_in) > 0 ? undefined : { accessToken };
}

/** A token that Meta does not exchange, with the end that it came with. */
const unexchanged = (data: FacebookTokenData, now: number): ExchangedToken => ({
	accessToken: data.access_token,
	expiresAt: isExchanged(data) ? data.longLivedUntil : now + Number(data.expires_in) * 1000,
});

/**
 * Makes a login last: exchanges or renews its token where Meta allows that, and reads the accounts and their Page tokens.
 * @param appToken what n8n got from Meta for the app itself, where it asked
 * @returns the token data to store
 * @throws Error in plain words, with `graphError` where Meta refused
 */
export async function exchangeFacebookLogin(
	http: Http,
	credentials: ICredentialDataDecryptedObject,
	data: FacebookTokenData,
	appToken?: string,
): Promise<FacebookTokenData> {
	const now = Date.now();
	const { id, secret, versionedUrl, hasConfiguration } = appOf(credentials);
	const asItIs = tokenToKeep(data, now);
	const wasRenewed = isExchanged(data) && !asItIs;
	const exchanged =
		asItIs ??
		(await exchangeUserToken(http, versionedUrl, { id, secret }, data.access_token, hasConfiguration).catch(
			(error: Error) => {
				// Meta exchanges tokens of people only: the one of a system user stays as it is until its end.
				if (isUnsuitable(error)) return unexchanged(data, now);
				throw error;
			},
		));
	const reach = await reachOfUser({ http, versionedUrl, token: exchanged.accessToken, appSecret: secret });
	const kept = { ...data };
	// What belongs to the token that was exchanged and to its reach must not describe the new one.
	for (const key of ['longLivedUntil', 'expires_in', 'n8n_expires_at', 'permissions', 'unlinked']) delete kept[key];
	// A lasting token whose accounts alone were read again is the same as before.
	if (wasRenewed || !isExchanged(data)) delete kept.unextendedAt;
	return {
		...kept,
		access_token: exchanged.accessToken,
		appToken: appToken ?? `${id}|${secret}`,
		longLivedFor: fingerprint(exchanged.accessToken),
		...(exchanged.expiresAt ? { longLivedUntil: exchanged.expiresAt } : {}),
		...(wasRenewed && endsNoLater(exchanged, data.longLivedUntil) ? { unextendedAt: now } : {}),
		...reach,
		uploadTokens: Object.fromEntries(
			Object.entries(reach.pageTokens).map(([pageId, token]) => [pageId, uploadAuthorization(token)]),
		),
		reachReadAt: Date.now(),
	};
}
