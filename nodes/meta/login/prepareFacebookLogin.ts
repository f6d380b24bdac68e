import { appSecretProof } from '../graph/appSecretProof';
import type { CredentialType, MetaContext } from '../connection';
import { whileRequested } from './exchangeRequests';
import {
	exchangeFacebookLogin,
	facebookUrl,
	isAppToken,
	isExchanged,
	needsExchange,
	type FacebookTokenData,
} from './facebookLogin';
import { plainHttp } from '../graph/send';
import { provokeExchange } from '../graph/wakeCredential';
import { keepLogin, onceAtATime, readLogin, type CurrentLogin } from './heldLogins';
import { Memory } from '../memory';
import { fingerprint } from './request';
import { notConnected, notLasting, type Prepare } from './prepare';
import { DAY_MS } from '../time';

type FacebookLogin = CurrentLogin<FacebookTokenData>;

/** Logins whose renewal failed, by fingerprint of the token: it is not tried again for a day. */
const failedRenewals = new Memory<true>(DAY_MS, 1_000);

const read = async (n8n: MetaContext, type: CredentialType): Promise<FacebookLogin> =>
	await readLogin<FacebookTokenData>(n8n, type);

/**
 * Lets n8n's own refresh do the exchange, which stores the result in a documented way.
 * @returns the login as it is then, what n8n got to store, and why Meta refused, where it did
 */
async function exchangeThroughN8n(
	n8n: MetaContext,
	type: CredentialType,
	{ credentials, data }: FacebookLogin,
	isReread: boolean,
) {
	const loginKey = fingerprint(data?.access_token ?? '');
	const { woken, request } = await whileRequested(
		loginKey,
		{ isReread },
		async () => await provokeExchange(n8n, type, facebookUrl(credentials)),
	);
	return {
		login: await read(n8n, type),
		result: request.result as FacebookTokenData | undefined,
		refusal: woken.isRefused || request.isRefused ? woken.reason : undefined,
	};
}

/**
 * Exchanges the token and has the result stored. n8n does it on the way that it documents; an n8n that has no such way
 * (before 2.20), or another one than we know, leaves the login as it was: then the node does it.
 * @returns why it failed; empty when it did not
 */
async function exchange(n8n: MetaContext, type: CredentialType, isReread: boolean): Promise<string> {
	const before = await read(n8n, type);
	const data = before.data as FacebookTokenData;
	const isDone = ({ data: now }: FacebookLogin) =>
		now !== undefined &&
		!isAppToken(now.access_token) &&
		(isReread ? now.reachReadAt !== data.reachReadAt : !needsExchange(now, Date.now()));
	// Somebody else did it while this execution waited.
	if (!isReread && isDone(before)) return '';
	// n8n would exchange what it has stored, which is not what this process works with.
	const tried = before.unstored ? undefined : await exchangeThroughN8n(n8n, type, before, isReread);
	if (tried && isDone(tried.login)) return '';
	if (tried?.refusal !== undefined) return tried.refusal;
	try {
		const made = tried?.result ?? (await exchangeFacebookLogin(plainHttp(n8n), before.credentials, data));
		// Read again: what n8n has stored may no longer be what it was.
		await keepLogin(n8n, type, await n8n.getCredentials(type), made);
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}

/** Sees to it that the login holds long-lived and Page tokens, stored by n8n where that can be, before anything is signed. */
export const prepareFacebookLogin: Prepare = async (n8n, type, isReread) => {
	let login = await read(n8n, type);
	if (!login.data?.access_token || isAppToken(login.data.access_token)) throw notConnected(n8n);
	// Of the token in hand: a login that was connected anew is not the one whose renewal failed.
	const loginKey = fingerprint(login.data.access_token);
	if (isReread || (needsExchange(login.data, Date.now()) && !failedRenewals.get(loginKey))) {
		const reason = await onceAtATime(
			n8n,
			type,
			`${loginKey} ${String(isReread)}`,
			async () => await exchange(n8n, type, isReread),
		);
		login = await read(n8n, type);
		if (!login.data || !isExchanged(login.data)) throw notLasting(n8n, reason);
		// The Page tokens still work when only the renewal of the user token failed: go on with them.
		if (needsExchange(login.data, Date.now())) failedRenewals.set(loginKey, true);
	}
	const { credentials, data, unstored } = login;
	const {
		access_token: userToken,
		appToken,
		longLivedFor = '',
		accounts = [],
		pageTokens = {},
		unlinked,
		permissions,
		longLivedUntil,
		unextendedAt,
	} = data as FacebookTokenData;
	const appSecret = String(credentials.clientSecret ?? '').trim();
	const tokenFor = (signAs: string) =>
		signAs === 'user' ? userToken : signAs === 'app' ? appToken : pageTokens[signAs];
	return {
		kind: 'facebookUser',
		versionedUrl: facebookUrl(credentials),
		reach: { accounts, pageTokens, unlinked, permissions },
		credentials,
		loginKey: longLivedFor,
		advice: credentials.configId ? 'configuration' : 'popUp',
		endsAt: unextendedAt && longLivedUntil,
		proofFor: (signAs) =>
			appSecret && tokenFor(signAs) ? appSecretProof(tokenFor(signAs) as string, appSecret) : undefined,
		unstored: unstored && { why: unstored, tokenFor },
	};
};
