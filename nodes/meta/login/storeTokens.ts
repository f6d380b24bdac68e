import type { ICredentialDataDecryptedObject, IDataObject, INodeCredentialsDetails } from 'n8n-workflow';
import type { CredentialType, MetaContext, Unstored } from '../connection';
import { redact } from '../errors/tokens';

type Store = (
	credential: INodeCredentialsDetails,
	type: string,
	data: ICredentialDataDecryptedObject,
	additionalData: unknown,
) => Promise<void>;

/** What became of a login that n8n did not store, and what to do, each as sentences. */
type UnstoredWords = { message: string; fix: string };

const NOT_OFFERED: UnstoredWords = {
	message: 'This n8n cannot store the login that Meta gave: it works until n8n restarts.',
	fix: 'Use the credential "Instagram Access Token API" instead, which every n8n stores, or update n8n.',
};
const PASTED_NOT_OFFERED: UnstoredWords = {
	message:
		'This n8n does not store what Meta gave for the pasted token: it works until n8n restarts, and after that as long as the pasted token does.',
	fix: 'Update n8n.',
};
const FAILED: UnstoredWords = {
	message:
		'n8n could not save the login that Meta gave (its log says why): it works until n8n restarts, and saving is tried again when it is next used.',
	fix: 'If this stays, mend what the log of n8n names.',
};

/** What the operator is told: the login works now, will not last here, and what to do. */
export function unstoredWords(type: CredentialType, why: Unstored): UnstoredWords {
	if (why === 'failed') return FAILED;
	return type === 'instagramAccessTokenApi' ? PASTED_NOT_OFFERED : NOT_OFFERED;
}

/** Says in n8n's log why a login was not saved. @param reason in n8n's words, without any token */
export function logUnstored(n8n: MetaContext, reason: string): void {
	n8n.logger.warn(`${n8n.getNode().name}: n8n could not save the login that Meta gave: ${redact(reason)}`);
}

/**
 * Saves token data of an OAuth2 credential, encrypted by n8n. n8n has no documented way to do that outside of its own
 * refresh: this uses the function behind that refresh where it exists.
 * @returns why it is not stored; `undefined` when it is
 */
export async function storeTokens(
	n8n: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
	oauthTokenData: IDataObject,
): Promise<Unstored | undefined> {
	const { additionalData } = n8n as unknown as {
		additionalData?: { credentialsHelper?: { updateCredentialsOauthTokenData?: Store } };
	};
	const details = n8n.getNode().credentials?.[type];
	const helper = additionalData?.credentialsHelper;
	if (!details?.id || typeof helper?.updateCredentialsOauthTokenData !== 'function') return 'notOffered';
	try {
		await helper.updateCredentialsOauthTokenData(details, type, { ...credentials, oauthTokenData }, additionalData);
		return undefined;
	} catch (error) {
		logUnstored(n8n, (error as Error).message);
		return 'failed';
	}
}
