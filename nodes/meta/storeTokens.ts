import type { ICredentialDataDecryptedObject, IDataObject, INodeCredentialsDetails } from 'n8n-workflow';
import type { CredentialType, MetaContext } from './context';

type Store = (
	credential: INodeCredentialsDetails,
	type: string,
	data: ICredentialDataDecryptedObject,
	additionalData: unknown,
) => Promise<void>;

/**
 * Saves token data of an OAuth2 credential, encrypted by n8n. n8n has no documented way to do that outside of its own
 * refresh, which Instagram Login does not have: this uses the function behind that refresh where it exists.
 * @returns `false` where this n8n does not offer it, or refuses
 */
export async function storeTokens(
	ctx: MetaContext,
	type: CredentialType,
	credentials: ICredentialDataDecryptedObject,
	oauthTokenData: IDataObject,
): Promise<boolean> {
	const { additionalData } = ctx as unknown as {
		additionalData?: { credentialsHelper?: { updateCredentialsOauthTokenData?: Store } };
	};
	const details = ctx.getNode().credentials?.[type];
	const helper = additionalData?.credentialsHelper;
	if (!details?.id || typeof helper?.updateCredentialsOauthTokenData !== 'function') return false;
	try {
		await helper.updateCredentialsOauthTokenData(details, type, { ...credentials, oauthTokenData }, additionalData);
		return true;
	} catch {
		return false;
	}
}
