import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { appSecretProof } from './graph/appSecretProof';
import type { CredentialType, MetaContext, Unstored } from './context';
import { endExchangeRequest, requestExchange } from './login/exchangeRequests';
import { facebookUrl } from './login/facebookLogin';
import { plainHttp } from './graph/send';
import { provokeSession } from './graph/wakeCredential';
import { heldLogin, holdLogin } from './login/heldLogins';
import { trimUrl } from './login/request';
import { sessionOf } from './login/openPastedToken';
import { reconnect, type Prepare } from './login/prepare';
import {
	isInstagramToken,
	isRenewalDue,
	pastedOf,
	readSession,
	sourceOf,
	type PastedToken,
	type TokenSession,
} from './login/pastedToken';

type PastedLogin = {
	credentials: ICredentialDataDecryptedObject;
	session: TokenSession | undefined;
	unstored?: Unstored;
};

const urlOf = (credentials: ICredentialDataDecryptedObject, { accessToken }: PastedToken): string =>
	isInstagramToken(accessToken)
		? `${trimUrl(credentials.instagramGraphBaseUrl)}/${String(credentials.graphVersion ?? '').trim()}`
		: facebookUrl(credentials);

/** Reads what n8n has stored, or what this process holds in its place. */
async function read(ctx: MetaContext, type: CredentialType): Promise<PastedLogin> {
	const credentials = await ctx.getCredentials(type);
	const pasted = pastedOf(credentials);
	const stored = readSession(credentials.tokenSession, pasted);
	if (stored) return { credentials, session: stored };
	const known = heldLogin<TokenSession>(ctx, type, sourceOf(pasted));
	return { credentials, session: known?.data, unstored: known?.unstored };
}

/** Opens, renews or rereads the session in the way that n8n documents, or here, where n8n does not store it. */
async function refresh(
	ctx: MetaContext,
	type: CredentialType,
	login: PastedLogin,
	isReread: boolean,
): Promise<PastedLogin> {
	const { credentials, session } = login;
	const pasted = pastedOf(credentials);
	const loginKey = sourceOf(pasted);
	let made: TokenSession | undefined;
	const refused = (reason: string) =>
		reconnect(ctx, 'paste', 'Meta does not accept the access token of the credential', reason);
	if (!login.unstored) {
		requestExchange(loginKey, session !== undefined && isReread);
		const { reason } = await provokeSession(ctx, type, urlOf(credentials, pasted));
		const { isRefused, result } = endExchangeRequest(loginKey);
		const now = await read(ctx, type);
		if (now.session) return now;
		if (isRefused) throw refused(reason);
		made = result as TokenSession | undefined;
	}
	made ??= await sessionOf(plainHttp(ctx), credentials, session, isReread).catch((error: Error) => {
		throw refused(error.message);
	});
	holdLogin(ctx, type, loginKey, made, 'notOffered');
	return await read(ctx, type);
}

/** Sees to it that the pasted token was looked at, prolonged, and stored where that can be. */
export const preparePastedToken: Prepare = async (ctx, type, isReread) => {
	const known = await read(ctx, type);
	const isDue = !known.session || isRenewalDue(known.session, Date.now()) || isReread;
	const { credentials, session, unstored } = isDue ? await refresh(ctx, type, known, isReread) : known;
	const { kind, madeFrom, accounts, pageTokens, unlinked, permissions, token } = session as TokenSession;
	const pasted = pastedOf(credentials);
	const { appId, appSecret } = pasted;
	const tokenFor = (as: string) => (as === 'app' ? `${appId}|${appSecret}` : (pageTokens[as] ?? token));
	// Where n8n signs, the credential adds the proof. Meta documents it for graph.facebook.com only.
	const proves = unstored !== undefined && appSecret !== '' && kind !== 'instagram';
	return {
		kind,
		versionedUrl: urlOf(credentials, pasted),
		reach: { accounts, pageTokens, unlinked, permissions },
		credentials,
		mark: madeFrom,
		remedy: 'paste',
		...(proves ? { proofFor: (as: string) => appSecretProof(tokenFor(as), appSecret) } : {}),
		unstored: unstored && { why: unstored, tokenFor },
	};
};
