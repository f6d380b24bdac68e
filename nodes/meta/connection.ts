import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isExchanged, needsExchange, type FacebookTokenData } from './facebookSession';
import type { Connection, CredentialType, MetaContext } from './context';
import { provokeExchange, provokeSession } from './graph';
import { trimUrl, type Account, type LoginKind, type LoginReach } from './login';
import { isInstagramToken, isRenewalDue, pastedOf, readSession } from './tokenSession';

/** Renewals that failed are not tried again before this moment (milliseconds since 1970), per credential. */
const renewalPausedUntil = new Map<string, number>();
const RENEWAL_PAUSE_MS = 60 * 60 * 1000;

const text = (value: unknown): string => String(value ?? '').trim();

const reconnect = (ctx: MetaContext, message: string, reason: string) =>
	new NodeOperationError(ctx.getNode(), message, {
		description: `${reason} Open the credential in n8n and connect again.`.trim(),
		level: 'warning',
	});

/** `credentials` are as stored after an exchange, so that nobody has to decrypt them again. */
type Ready = { kind: LoginKind; versionedUrl: string; reach: LoginReach; credentials: ICredentialDataDecryptedObject };

const facebookUrl = (credentials: ICredentialDataDecryptedObject) =>
	`${trimUrl(credentials.graphBaseUrl)}/${text(credentials.graphVersion)}`;

/** Sees to it that the login holds long-lived and Page tokens, stored by n8n, before anything is signed. */
async function readyFacebookLogin(ctx: MetaContext, type: CredentialType): Promise<Ready> {
	let credentials = await ctx.getCredentials(type);
	let data = credentials.oauthTokenData as FacebookTokenData | undefined;
	if (!data?.access_token) throw reconnect(ctx, 'The Instagram credential is not connected', '');
	const versionedUrl = facebookUrl(credentials);
	const key = data.longLivedFor ?? '';
	if (needsExchange(data, Date.now()) && (renewalPausedUntil.get(key) ?? 0) < Date.now()) {
		const reason = await provokeExchange(ctx, type, versionedUrl);
		credentials = await ctx.getCredentials(type);
		data = credentials.oauthTokenData as FacebookTokenData;
		if (!isExchanged(data)) throw reconnect(ctx, 'Meta did not give a lasting login', reason);
		// The Page tokens still work when only the renewal of the user token failed: go on with them.
		if (needsExchange(data, Date.now())) renewalPausedUntil.set(key, Date.now() + RENEWAL_PAUSE_MS);
	}
	const reach = { accounts: data.accounts ?? [], pageTokens: data.pageTokens ?? {} };
	return { kind: 'facebookUser', versionedUrl, reach, credentials };
}

/** Sees to it that the pasted token was looked at, prolonged and stored. */
async function readyPastedToken(ctx: MetaContext, type: CredentialType): Promise<Ready> {
	let credentials = await ctx.getCredentials(type);
	const pasted = pastedOf(credentials);
	const versionedUrl = isInstagramToken(pasted.accessToken)
		? `${trimUrl(credentials.instagramGraphBaseUrl)}/${text(credentials.graphVersion)}`
		: facebookUrl(credentials);
	let session = readSession(credentials.tokenSession, pasted);
	if (!session || isRenewalDue(session, Date.now())) {
		const reason = await provokeSession(ctx, type, versionedUrl);
		credentials = await ctx.getCredentials(type);
		session = readSession(credentials.tokenSession, pasted);
		if (!session) throw reconnect(ctx, 'Meta does not accept the access token of the credential', reason);
	}
	const reach = { accounts: session.accounts, pageTokens: session.pageTokens };
	return { kind: session.kind, versionedUrl, reach, credentials };
}

/**
 * Opens the login of a node's credential. Once connected it makes no call to Meta; the first use exchanges the token.
 * @throws NodeOperationError when the credential is not connected or Meta refuses the exchange
 */
export async function openConnection(ctx: MetaContext, credentialType: CredentialType): Promise<Connection> {
	const ready = credentialType === 'instagramAccessTokenApi' ? readyPastedToken : readyFacebookLogin;
	const { credentials, ...login } = await ready(ctx, credentialType);
	return { ...login, ...readApp(credentials), credentialType, defaultAccount: text(credentials.defaultAccount) };
}

/** The Meta app of a credential of either type. */
export type AppSecrets = Pick<Connection, 'appId' | 'appSecret' | 'verifyToken' | 'hasOwnVerifyToken'>;

/**
 * Without a verify token of the operator's own, one is derived from the app secret: the automatic set-up then needs
 * no further field, and nobody who lacks the secret can guess it.
 */
function readApp(credentials: ICredentialDataDecryptedObject): AppSecrets {
	const appSecret = text(credentials.clientSecret ?? credentials.appSecret);
	// From an empty secret anybody could derive it: then there is none.
	const derived = appSecret && createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
	return {
		appId: text(credentials.clientId ?? credentials.appId),
		appSecret,
		verifyToken: text(credentials.webhookVerifyToken) || derived,
		hasOwnVerifyToken: text(credentials.webhookVerifyToken) !== '',
	};
}

/**
 * What the webhook needs of a credential, without any call to Meta: secrets, and the accounts it knows by now.
 */
export function readSecrets(credentials: ICredentialDataDecryptedObject): AppSecrets & { accounts: Account[] } {
	const data = credentials.oauthTokenData as FacebookTokenData | undefined;
	const accounts = data ? data.accounts : readSession(credentials.tokenSession, pastedOf(credentials))?.accounts;
	return { ...readApp(credentials), accounts: accounts ?? [] };
}

const nameOf = (account: Account): string => (account.username ? `@${account.username}` : account.id);

/** The account's node for messages: its Page with Facebook Login, itself with Instagram Login. */
export const inboxOf = (account: Account): string => account.pageId ?? account.id;

/**
 * Finds the account that a node works for.
 * @param wanted @username, Instagram ID or Page ID; empty means the credential's default or only account
 * @throws NodeOperationError that lists the accounts to choose from
 */
export function chooseAccount(ctx: MetaContext, connection: Connection, wanted: string, itemIndex?: number): Account {
	const { accounts } = connection.reach;
	const sought = (wanted.trim() || connection.defaultAccount).replace(/^@/, '').toLowerCase();
	const known = accounts.map(nameOf).slice(0, 20).join(', ');
	const fail = (message: string, description: string) =>
		new NodeOperationError(ctx.getNode(), message, { description, itemIndex, level: 'warning' });
	if (accounts.length === 0) {
		throw fail(
			'This login reaches no Instagram account',
			'In the login dialog, tick the Facebook Page; the Page must be linked to an Instagram Business or Creator account. Pages of a business portfolio need the capability "Pages in Business Portfolios". Then connect again.',
		);
	}
	if (sought === '') {
		if (accounts.length > 1) throw fail('Choose the Instagram account', `This login reaches several: ${known}. Pick one in the Account field, or set a default in the credential.`);
	}
	const found = accounts.find(
		({ id, pageId, username }) => sought === '' || id === sought || pageId === sought || username.toLowerCase() === sought,
	);
	if (found?.pageId && !connection.reach.pageTokens[found.pageId]) {
		throw fail(
			`This login may not act for ${nameOf(found)}`,
			`Meta gave no token for its Page "${found.pageName}": give the person a task on the Page (Messages, Content or Full control), then connect again.`,
		);
	}
	if (found) return found;
	throw fail(
		`The account "${wanted.trim() || connection.defaultAccount}" does not belong to this login`,
		`It reaches: ${known}. If the account was added to the login later, connect the credential again.`,
	);
}
