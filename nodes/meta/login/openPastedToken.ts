import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { isUnsuitable, reachOfInstagram, reachOfPage, reachOfUser } from './reach';
import type { LoginKind, LoginReach } from '../accounts';
import { trimUrl, type Asker } from './request';
import type { Http } from '../graph/http';
import { isInstagramToken } from '../errors/tokens';
import { isRenewalDue, pastedOf, sourceOf, type PastedToken, type TokenSession } from './pastedToken';
import {
	endsNoLater,
	exchangeInstagramToken,
	exchangeUserToken,
	renewInstagramToken,
	type ExchangedToken,
} from './exchange';
import { DAY_MS } from '../time';

/** Base URLs from the credential; `facebook` carries the version, `instagram` does not. */
type TokenUrls = { facebook: string; instagram: string; version: string };

type Found = { kind: LoginKind; reach: LoginReach };

/** A Page token has no `/me/accounts`: Meta says so, and the Page itself tells the account. */
async function identify(http: Http, urls: TokenUrls, { appSecret }: PastedToken, token: string): Promise<Found> {
	if (isInstagramToken(token)) {
		const reach = await reachOfInstagram({ http, versionedUrl: `${urls.instagram}/${urls.version}`, token });
		return { kind: 'instagram', reach };
	}
	const asker: Asker = { http, versionedUrl: urls.facebook, token, appSecret };
	const asPage = async (error: Error): Promise<Found> => {
		if (!isUnsuitable(error)) throw error;
		return { kind: 'facebookPage', reach: await reachOfPage(asker) };
	};
	return await reachOfUser(asker).then((reach): Found => ({ kind: 'facebookUser', reach }), asPage);
}

/** A longer-lived token where Meta offers one; `undefined` where the given one has to do. */
async function prolong(
	http: Http,
	urls: TokenUrls,
	pasted: PastedToken,
	kind: LoginKind,
	token: string,
	isRenewal = false,
): Promise<ExchangedToken | undefined> {
	if (kind === 'instagram') return await renewInstagramToken(http, urls.instagram, token);
	if (kind === 'facebookUser' && pasted.appId && pasted.appSecret) {
		return await exchangeUserToken(
			http,
			urls.facebook,
			{ id: pasted.appId, secret: pasted.appSecret },
			token,
			isRenewal,
		);
	}
	return undefined;
}

/**
 * Meta renews no Instagram token that is younger than a day. The App Dashboard gives them 60 days from the start; one
 * of an hour can be exchanged by whoever knows the secret. What Meta refuses both ways is tried again a day later.
 */
async function prolongInstagram(
	http: Http,
	urls: TokenUrls,
	{ accessToken, appSecret }: PastedToken,
): Promise<ExchangedToken> {
	const asIs = { accessToken, expiresAt: Date.now() + DAY_MS };
	const exchange = async () =>
		appSecret ? await exchangeInstagramToken(http, urls.instagram, appSecret, accessToken).catch(() => asIs) : asIs;
	return await renewInstagramToken(http, urls.instagram, accessToken).catch(exchange);
}

/**
 * Finds out what a pasted token is and makes it last.
 * @throws Error in plain words: what is wrong with the token, the app or the account
 */
async function openTokenSession(http: Http, urls: TokenUrls, pasted: PastedToken): Promise<TokenSession> {
	if (!pasted.accessToken) throw new Error('The credential has no access token. Paste one');
	const { kind, reach: found } = await identify(http, urls, pasted, pasted.accessToken);
	const session = { madeFrom: sourceOf(pasted), kind, token: pasted.accessToken, renewedAt: Date.now(), ...found };
	if (kind === 'instagram') {
		const { accessToken, expiresAt } = await prolongInstagram(http, urls, pasted);
		return { ...session, token: accessToken, expiresAt };
	}
	// The token of a system user may be pasted with its app: Meta exchanges user tokens only, and this one does not end.
	const unlessNoUserToken = (error: Error) => {
		if (isUnsuitable(error)) return undefined;
		throw error;
	};
	const exchanged = await prolong(http, urls, pasted, kind, pasted.accessToken).catch(unlessNoUserToken);
	if (!exchanged) return session;
	// Page tokens inherit the life of the user token that they were read with.
	const { reach } = await identify(http, urls, pasted, exchanged.accessToken);
	return { ...session, ...reach, token: exchanged.accessToken, expiresAt: exchanged.expiresAt };
}

/** Renews a session that ends soon. When Meta refuses, the old token is kept and the next attempt comes a day later. */
async function renewTokenSession(
	http: Http,
	urls: TokenUrls,
	pasted: PastedToken,
	session: TokenSession,
): Promise<TokenSession> {
	const tried = { ...session, renewedAt: Date.now() };
	try {
		const renewed = await prolong(http, urls, pasted, session.kind, session.token, true);
		if (!renewed) return tried;
		const { reach } = await identify(http, urls, pasted, renewed.accessToken);
		const unextendedAt = endsNoLater(renewed, session.expiresAt) ? Date.now() : undefined;
		return { ...tried, ...reach, token: renewed.accessToken, expiresAt: renewed.expiresAt, unextendedAt };
	} catch {
		return tried;
	}
}

/** Reads the accounts of a session again; when Meta refuses, what is known stays. */
async function rereadTokenSession(
	http: Http,
	urls: TokenUrls,
	pasted: PastedToken,
	session: TokenSession,
): Promise<TokenSession> {
	const unchanged = { reach: {} };
	const { reach } = await identify(http, urls, pasted, session.token).catch(() => unchanged);
	return { ...session, ...reach };
}

/**
 * The session of a pasted token: opened, renewed when it is due, or read again.
 * @param session the one that there is, if it was made from this token
 * @throws Error in plain words: what is wrong with the token, the app or the account
 */
export async function sessionOf(
	http: Http,
	credentials: ICredentialDataDecryptedObject,
	session: TokenSession | undefined,
	isReread: boolean,
): Promise<TokenSession> {
	const pasted = pastedOf(credentials);
	const urls = {
		facebook: `${trimUrl(credentials.graphBaseUrl)}/${String(credentials.graphVersion)}`,
		instagram: trimUrl(credentials.instagramGraphBaseUrl),
		version: String(credentials.graphVersion),
	};
	if (session && isRenewalDue(session, Date.now())) return await renewTokenSession(http, urls, pasted, session);
	if (session && isReread) return await rereadTokenSession(http, urls, pasted, session);
	return await openTokenSession(http, urls, pasted);
}
