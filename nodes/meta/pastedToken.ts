import {
	exchangeUserToken,
	isMissingField,
	reachOfInstagram,
	reachOfPage,
	reachOfUser,
	renewInstagramToken,
	type ExchangedToken,
	type Http,
	type LoginKind,
	type LoginReach,
} from './login';
import { isInstagramToken, sourceOf, type PastedToken, type TokenSession } from './tokenSession';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Base URLs from the credential; `facebook` carries the version, `instagram` does not. */
export type TokenUrls = { facebook: string; instagram: string; version: string };

type Found = { kind: LoginKind; reach: LoginReach };

/** A Page token has no `/me/accounts`: Meta says so, and the Page itself tells the account. */
async function identify(http: Http, urls: TokenUrls, token: string): Promise<Found> {
	if (isInstagramToken(token)) {
		const reach = await reachOfInstagram(http, `${urls.instagram}/${urls.version}`, token);
		return { kind: 'instagram', reach };
	}
	const asPage = async (error: Error): Promise<Found> => {
		if (!isMissingField(error)) throw error;
		return { kind: 'facebookPage', reach: await reachOfPage(http, urls.facebook, token) };
	};
	return await reachOfUser(http, urls.facebook, token).then((reach): Found => ({ kind: 'facebookUser', reach }), asPage);
}

/** A longer-lived token where Meta offers one; `undefined` where the given one has to do. */
async function prolong(
	http: Http,
	urls: TokenUrls,
	pasted: PastedToken,
	kind: LoginKind,
	token: string,
): Promise<ExchangedToken | undefined> {
	if (kind === 'instagram') return await renewInstagramToken(http, urls.instagram, token);
	if (kind === 'facebookUser' && pasted.appId && pasted.appSecret) {
		return await exchangeUserToken(http, urls.facebook, { id: pasted.appId, secret: pasted.appSecret }, token);
	}
	return undefined;
}

/**
 * Finds out what a pasted token is and makes it last.
 * @throws Error in plain words: what is wrong with the token, the app or the account
 */
export async function openTokenSession(http: Http, urls: TokenUrls, pasted: PastedToken): Promise<TokenSession> {
	if (!pasted.accessToken) throw new Error('The credential has no access token. Paste one');
	const { kind, reach: found } = await identify(http, urls, pasted.accessToken);
	let reach = found;
	let token = pasted.accessToken;
	let expiresAt: number | undefined;
	if (kind === 'instagram') {
		// Meta renews no Instagram token that is younger than a day; the App Dashboard gives them 60 days from the start.
		const renewed = await prolong(http, urls, pasted, kind, token).catch(() => undefined);
		token = renewed?.accessToken ?? token;
		expiresAt = renewed?.expiresAt ?? Date.now() + DAY_MS;
	} else {
		const exchanged = await prolong(http, urls, pasted, kind, token);
		if (exchanged) {
			token = exchanged.accessToken;
			expiresAt = exchanged.expiresAt;
			// Page tokens inherit the life of the user token that they were read with.
			reach = await reachOfUser(http, urls.facebook, token);
		}
	}
	return { madeFrom: sourceOf(pasted), kind, token, expiresAt, renewedAt: Date.now(), ...reach };
}

/** Renews a session that ends soon. When Meta refuses, the old token is kept and the next attempt comes a day later. */
export async function renewTokenSession(
	http: Http,
	urls: TokenUrls,
	pasted: PastedToken,
	session: TokenSession,
): Promise<TokenSession> {
	const tried = { ...session, renewedAt: Date.now() };
	try {
		const renewed = await prolong(http, urls, pasted, session.kind, session.token);
		if (!renewed) return tried;
		const found = await identify(http, urls, renewed.accessToken);
		return { ...tried, ...found.reach, token: renewed.accessToken, expiresAt: renewed.expiresAt };
	} catch {
		return tried;
	}
}
