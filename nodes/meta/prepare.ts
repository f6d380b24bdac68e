import { NodeOperationError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { appSecretProof } from './appSecretProof';
import type { Connection, CredentialType, MetaContext } from './context';
import { isExchanged, needsExchange, type FacebookTokenData } from './facebookSession';
import { plainHttp, provokeExchange, provokeSession } from './graph';
import { currentOf, isDue, isLasting, prolongInstagramLogin, remember, tokenOf, type InstagramTokenData, type LastingTokenData } from './instagramSession';
import { fingerprint, trimUrl } from './loginCall';
import { settleReach, wantReach } from './reachRefresh';
import { inWordsOf, type Remedy } from './remedy';
import { storeTokens } from './storeTokens';
import { DAY_MS } from './tokens';
import { isInstagramToken, isRenewalDue, pastedOf, readSession } from './tokenSession';

/** Renewals that failed are not tried again before this moment (milliseconds since 1970), per credential. */
const renewalPausedUntil = new Map<string, number>();
const RENEWAL_PAUSE_MS = DAY_MS;

const text = (value: unknown): string => String(value ?? '').trim();

/** `credentials` are as stored after an exchange, so that nobody has to decrypt them again. */
export type Ready = Pick<Connection, 'kind' | 'versionedUrl' | 'reach' | 'mark' | 'remedy' | 'proofFor' | 'isUnstored'> & {
	credentials: ICredentialDataDecryptedObject;
};

type MakeReady = (ctx: MetaContext, type: CredentialType, isReread: boolean) => Promise<Ready>;

function reconnect(ctx: MetaContext, remedy: Remedy, message: string, reason: string) {
	const advice = reason.includes('{') ? reason : `${reason} {reconnect}`.trim();
	const error = new NodeOperationError(ctx.getNode(), message, { description: inWordsOf(remedy, advice), level: 'warning' });
	error.failure = { cause: 'credential-invalid' };
	return error;
}

const notConnected = (ctx: MetaContext) => reconnect(ctx, 'popUp', 'The Instagram credential is not connected', '');

/** What the pop-up gives lives an hour or two: too short for a login that waits for its first use. */
function notLasting(ctx: MetaContext, reason: string) {
	const tooLate = 'A new login must be used within an hour: choose the account in a node, or run the node once.';
	return reconnect(ctx, 'popUp', 'Meta did not give a lasting login', reason.includes('Meta error 190') ? `${tooLate} ${reason}` : reason);
}

const facebookUrl = (credentials: ICredentialDataDecryptedObject) =>
	`${trimUrl(credentials.graphBaseUrl)}/${text(credentials.graphVersion)}`;

/** Sees to it that the login holds long-lived and Page tokens, stored by n8n, before anything is signed. */
const readyFacebookLogin: MakeReady = async (ctx, type, isReread) => {
	let credentials = await ctx.getCredentials(type);
	let data = credentials.oauthTokenData as FacebookTokenData | undefined;
	if (!data?.access_token) throw notConnected(ctx);
	const versionedUrl = facebookUrl(credentials);
	// Of the token in hand: a login that was connected anew is not the one whose renewal failed.
	const key = fingerprint(data.access_token);
	const isPaused = (renewalPausedUntil.get(key) ?? 0) >= Date.now();
	if (isReread || (needsExchange(data, Date.now()) && !isPaused)) {
		if (isReread) wantReach(key);
		const reason = await provokeExchange(ctx, type, versionedUrl);
		settleReach(key);
		credentials = await ctx.getCredentials(type);
		data = credentials.oauthTokenData as FacebookTokenData;
		if (!isExchanged(data)) throw notLasting(ctx, reason);
		// The Page tokens still work when only the renewal of the user token failed: go on with them.
		if (needsExchange(data, Date.now())) renewalPausedUntil.set(key, Date.now() + RENEWAL_PAUSE_MS);
	}
	const { access_token: userToken, appToken, accounts = [], pageTokens = {}, unlinked, permissions } = data;
	const appSecret = text(credentials.clientSecret);
	const tokenFor = (as: string) => (as === 'user' ? userToken : as === 'app' ? appToken : pageTokens[as]);
	return {
		kind: 'facebookUser',
		versionedUrl,
		reach: { accounts, pageTokens, unlinked, permissions },
		credentials,
		mark: data.longLivedFor ?? '',
		remedy: credentials.configId ? 'configuration' : 'popUp',
		proofFor: (as) => (appSecret && tokenFor(as) ? appSecretProof(tokenFor(as) as string, appSecret) : undefined),
	};
};

/** Sees to it that the pasted token was looked at, prolonged and stored. */
const readyPastedToken: MakeReady = async (ctx, type, isReread) => {
	let credentials = await ctx.getCredentials(type);
	const pasted = pastedOf(credentials);
	const versionedUrl = isInstagramToken(pasted.accessToken)
		? `${trimUrl(credentials.instagramGraphBaseUrl)}/${text(credentials.graphVersion)}`
		: facebookUrl(credentials);
	let session = readSession(credentials.tokenSession, pasted);
	if (!session || isRenewalDue(session, Date.now()) || isReread) {
		if (session && isReread) wantReach(session.madeFrom);
		const reason = await provokeSession(ctx, type, versionedUrl);
		credentials = await ctx.getCredentials(type);
		session = readSession(credentials.tokenSession, pasted);
		if (!session) throw reconnect(ctx, 'paste', 'Meta does not accept the access token of the credential', reason);
	}
	const { kind, madeFrom, accounts, pageTokens, unlinked, permissions } = session;
	return { kind, versionedUrl, reach: { accounts, pageTokens, unlinked, permissions }, credentials, mark: madeFrom, remedy: 'paste' };
};

/** Exchanges in hand, by the mark of their token: executions that start together make one. */
const inHand = new Map<string, Promise<{ lasting: LastingTokenData; isUnstored: boolean }>>();

async function prolongAndStore(ctx: MetaContext, type: CredentialType, credentials: ICredentialDataDecryptedObject, current: InstagramTokenData) {
	const app = { baseUrl: trimUrl(credentials.instagramGraphBaseUrl), version: text(credentials.graphVersion), secret: text(credentials.clientSecret) };
	const lasting = await prolongInstagramLogin(plainHttp(ctx), app, current);
	const done = { lasting, isUnstored: !(await storeTokens(ctx, type, credentials, lasting)) };
	remember(credentials.oauthTokenData as InstagramTokenData, done);
	return done;
}

/** Sees to it that the token of an Instagram Login is one of 60 days, stored by n8n where n8n lets us. */
const readyInstagramLogin: MakeReady = async (ctx, type) => {
	const credentials = await ctx.getCredentials(type);
	let { data: current, isUnstored } = currentOf(credentials.oauthTokenData as InstagramTokenData | undefined);
	if (!current || !tokenOf(current)) throw notConnected(ctx);
	if (!isLasting(current) || isDue(current, Date.now())) {
		const mark = fingerprint(tokenOf(current));
		const ongoing = inHand.get(mark) ?? prolongAndStore(ctx, type, credentials, current).finally(() => inHand.delete(mark));
		inHand.set(mark, ongoing);
		const done = await ongoing.catch((error: Error) => {
			throw notLasting(ctx, error.message);
		});
		current = done.lasting;
		isUnstored = done.isUnstored;
	}
	return {
		kind: 'instagram',
		versionedUrl: `${trimUrl(credentials.instagramGraphBaseUrl)}/${text(credentials.graphVersion)}`,
		reach: { accounts: current.accounts ?? [], pageTokens: {} },
		credentials,
		mark: current.longLivedFor ?? '',
		remedy: 'popUp',
		isUnstored,
	};
};

/** How each kind of credential becomes ready to sign. Once connected, none of them makes a call to Meta. */
export const READY: Record<CredentialType, MakeReady> = {
	instagramFacebookLoginOAuth2Api: readyFacebookLogin,
	instagramLoginOAuth2Api: readyInstagramLogin,
	instagramAccessTokenApi: readyPastedToken,
};
