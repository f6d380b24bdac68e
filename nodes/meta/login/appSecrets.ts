import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { Account, LoginReach } from '../accounts';
import type { Connection, CredentialType, MetaContext } from '../connection';
import { latestSession, readLogin } from './heldLogins';
import { trimUrl } from './request';

const text = (value: unknown): string => String(value ?? '').trim();

/** The Meta app of a credential of either type. */
export type AppSecrets = Pick<Connection, 'appId' | 'appSecret' | 'metaApp' | 'verifyToken' | 'hasOwnVerifyToken'> & {
	/** Secrets of which any may have signed a webhook: the app's, that of the Meta app behind it, and those that the operator added. */
	webhookSecrets: string[];
};

/** The Meta app behind an Instagram app; only with both of its fields can anybody speak for it. */
function readMetaApp(credentials: ICredentialDataDecryptedObject): AppSecrets['metaApp'] {
	const [appId, appSecret] = [text(credentials.metaAppId), text(credentials.metaAppSecret)];
	if (appId === '' || appSecret === '') return undefined;
	return { appId, appSecret, versionedUrl: `${trimUrl(credentials.graphBaseUrl)}/${text(credentials.graphVersion)}` };
}

/**
 * The Meta app that a credential names.
 * Without a verify token of the operator's own, one is derived from the app secret: the automatic set-up then needs
 * no further field, and nobody who lacks the secret can guess it.
 */
export function readApp(credentials: ICredentialDataDecryptedObject): AppSecrets {
	const appSecret = text(credentials.clientSecret ?? credentials.appSecret);
	// From an empty secret anybody could derive it: then there is none.
	const derived = appSecret && createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
	const others = text(credentials.otherAppSecrets).split(/[\s,]+/);
	return {
		appId: text(credentials.clientId ?? credentials.appId),
		appSecret,
		webhookSecrets: [appSecret, text(credentials.metaAppSecret), ...others].filter((secret) => secret !== ''),
		metaApp: readMetaApp(credentials),
		verifyToken: text(credentials.webhookVerifyToken) || derived,
		hasOwnVerifyToken: text(credentials.webhookVerifyToken) !== '',
	};
}

/**
 * What the webhook needs of a credential, without any call to Meta: secrets, and the accounts it knows by now. A login
 * that n8n could not save is saved here, too, if that works again: a trigger may be all that uses it.
 */
export async function readSecrets(
	n8n: MetaContext,
	type: CredentialType,
): Promise<AppSecrets & { accounts: Account[] }> {
	if (type === 'instagramAccessTokenApi') {
		const credentials = await n8n.getCredentials(type);
		return { ...readApp(credentials), accounts: latestSession(n8n, type, credentials).session?.accounts ?? [] };
	}
	const { credentials, data } = await readLogin<IDataObject & Partial<LoginReach>>(n8n, type);
	return { ...readApp(credentials), accounts: data?.accounts ?? [] };
}
