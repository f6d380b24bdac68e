import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { inWordsOf } from '../errors/advice';
import { appSecretProof } from '../graph/appSecretProof';
import type { CredentialType, MetaContext, Unstored } from '../connection';
import { whileRequested } from './exchangeRequests';
import { facebookUrl } from './facebookLogin';
import { plainHttp } from '../graph/send';
import { provokeSession } from '../graph/wakeCredential';
import { holdSession, isStoringDue, latestSession, onceAtATime, releaseLogin } from './heldLogins';
import { trimUrl } from './request';
import { sessionOf } from './openPastedToken';
import { refusedToken, type Prepare } from './prepare';
import { logUnstored } from './storeTokens';
import { isInstagramToken } from '../errors/tokens';
import { isRenewalDue, pastedOf, sourceOf, type PastedToken, type TokenSession } from './pastedToken';

type PastedLogin = {
	credentials: ICredentialDataDecryptedObject;
	session: TokenSession | undefined;
	unstored?: Unstored;
};

const urlOf = (credentials: ICredentialDataDecryptedObject, { accessToken }: PastedToken): string =>
	isInstagramToken(accessToken)
		? `${trimUrl(credentials.instagramGraphBaseUrl)}/${String(credentials.graphVersion ?? '').trim()}`
		: facebookUrl(credentials);

async function read(n8n: MetaContext, type: CredentialType): Promise<PastedLogin> {
	const credentials = await n8n.getCredentials(type);
	return { credentials, ...latestSession(n8n, type, credentials) };
}

/**
 * Has n8n ask the credential, and store what it says, in the way that n8n documents.
 * @param toStore what Meta gave before; without it the credential asks Meta
 */
async function askN8n(
	n8n: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
	isReread: boolean,
	toStore?: TokenSession,
) {
	const pasted = pastedOf(credentials);
	const { woken, request } = await whileRequested(
		sourceOf(pasted),
		{ isReread, toStore },
		async () => await provokeSession(n8n, type, urlOf(credentials, pasted)),
	);
	const result = request.result as TokenSession | undefined;
	const { tokenSession } = await n8n.getCredentials(type);
	// A reread that found nothing new leaves the same text.
	const isStored = tokenSession !== credentials.tokenSession || JSON.stringify(result) === tokenSession;
	if (!isStored && result) logUnstored(n8n, woken.reason || 'it kept what it had before');
	return { isStored, result, refusal: request.isRefused ? woken.reason : undefined };
}

/** Opens, renews or rereads the session; where n8n does not store what came of it, this process holds it. */
async function refresh(n8n: MetaContext, type: CredentialType, isReread: boolean): Promise<void> {
	const { credentials, session, unstored } = await read(n8n, type);
	let made = session && !isReread && !isRenewalDue(session, Date.now()) ? session : undefined;
	let why = unstored;
	if (!unstored) {
		const { isStored, result, refusal } = await askN8n(n8n, type, credentials, session !== undefined && isReread);
		if (isStored) return;
		if (refusal !== undefined) throw refusedToken(n8n, refusal);
		made = result;
		why = result ? 'failed' : 'notOffered';
	}
	made ??= await sessionOf(plainHttp(n8n), credentials, session, isReread).catch((error: Error) => {
		throw refusedToken(n8n, inWordsOf('paste', error.message));
	});
	if (unstored === 'failed' && (await askN8n(n8n, type, credentials, true, made)).isStored) releaseLogin(n8n, type);
	else holdSession(n8n, type, credentials, made, why ?? 'notOffered');
}

/** Sees to it that the pasted token was looked at, prolonged, and stored where that can be. */
export const preparePastedToken: Prepare = async (n8n, type, isReread) => {
	let login = await read(n8n, type);
	const isDue =
		!login.session || isRenewalDue(login.session, Date.now()) || isReread || isStoringDue(n8n, type, login.unstored);
	if (isDue) {
		const what = `${sourceOf(pastedOf(login.credentials))} ${String(isReread)}`;
		await onceAtATime(n8n, type, what, async () => await refresh(n8n, type, isReread));
		login = await read(n8n, type);
	}
	const { credentials, session, unstored } = login;
	const { kind, madeFrom, accounts, pageTokens, unlinked, permissions, token, expiresAt, unextendedAt } =
		session as TokenSession;
	const pasted = pastedOf(credentials);
	const { appId, appSecret } = pasted;
	const tokenFor = (signAs: string) => (signAs === 'app' ? `${appId}|${appSecret}` : (pageTokens[signAs] ?? token));
	// Where n8n signs, the credential adds the proof. Meta documents it for graph.facebook.com only.
	const proves = unstored !== undefined && appSecret !== '' && kind !== 'instagram';
	return {
		kind,
		versionedUrl: urlOf(credentials, pasted),
		reach: { accounts, pageTokens, unlinked, permissions },
		credentials,
		loginKey: madeFrom,
		advice: 'paste',
		endsAt: unextendedAt && expiresAt,
		...(proves ? { proofFor: (signAs: string) => appSecretProof(tokenFor(signAs), appSecret) } : {}),
		unstored: unstored && { why: unstored, tokenFor },
	};
};
