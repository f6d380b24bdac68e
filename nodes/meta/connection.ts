import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Connection, CredentialType, MetaContext } from './context';
import { heldLogin, latestOf } from './login/heldLogins';
import type { Account, LoginReach } from './login/reach';
import type { Prepare } from './login/prepare';
import { prepareFacebookLogin } from './login/prepareFacebookLogin';
import { prepareInstagramLogin } from './login/prepareInstagramLogin';
import { preparePastedToken } from './preparePastedToken';
import { pastedOf, readSession, sourceOf, type TokenSession } from './login/pastedToken';

/** How each kind of credential is made ready to sign. */
const PREPARE: Record<CredentialType, Prepare> = {
	instagramFacebookLoginOAuth2Api: prepareFacebookLogin,
	instagramLoginOAuth2Api: prepareInstagramLogin,
	instagramAccessTokenApi: preparePastedToken,
};

const text = (value: unknown): string => String(value ?? '').trim();

/**
 * Opens the login of a node's credential. Once connected it makes no call to Meta; the first use exchanges the token.
 * @param isReread reads the accounts from Meta again, where the login may have gained some
 * @throws NodeOperationError when the credential is not connected or Meta refuses the exchange
 */
export async function openConnection(
	ctx: MetaContext,
	credentialType: CredentialType,
	isReread = false,
): Promise<Connection> {
	const { credentials, ...login } = await PREPARE[credentialType](ctx, credentialType, isReread);
	return { ...login, ...readApp(credentials), credentialType, defaultAccount: text(credentials.defaultAccount) };
}

/** The Meta app of a credential of either type. */
export type AppSecrets = Pick<Connection, 'appId' | 'appSecret' | 'verifyToken' | 'hasOwnVerifyToken'> & {
	/** Secrets of which any may have signed a webhook: the app's, and those that the operator added. */
	webhookSecrets: string[];
};

/**
 * Without a verify token of the operator's own, one is derived from the app secret: the automatic set-up then needs
 * no further field, and nobody who lacks the secret can guess it.
 */
function readApp(credentials: ICredentialDataDecryptedObject): AppSecrets {
	const appSecret = text(credentials.clientSecret ?? credentials.appSecret);
	// From an empty secret anybody could derive it: then there is none.
	const derived = appSecret && createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
	const others = text(credentials.otherAppSecrets).split(/[\s,]+/);
	return {
		appId: text(credentials.clientId ?? credentials.appId),
		appSecret,
		webhookSecrets: [appSecret, ...others].filter((secret) => secret !== ''),
		verifyToken: text(credentials.webhookVerifyToken) || derived,
		hasOwnVerifyToken: text(credentials.webhookVerifyToken) !== '',
	};
}

/** What is known of a login's accounts without asking anybody. */
function reachOf(
	ctx: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
): Partial<LoginReach> | undefined {
	if (type !== 'instagramAccessTokenApi')
		return latestOf<IDataObject & Partial<LoginReach>>(ctx, type, credentials).data;
	const pasted = pastedOf(credentials);
	return readSession(credentials.tokenSession, pasted) ?? heldLogin<TokenSession>(ctx, type, sourceOf(pasted))?.data;
}

/**
 * What the webhook needs of a credential, without any call to Meta: secrets, and the accounts it knows by now.
 */
export async function readSecrets(
	ctx: MetaContext,
	type: CredentialType,
): Promise<AppSecrets & { accounts: Account[] }> {
	const credentials = await ctx.getCredentials(type);
	return { ...readApp(credentials), accounts: reachOf(ctx, type, credentials)?.accounts ?? [] };
}
