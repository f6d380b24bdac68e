import type { Connection, CredentialType, MetaContext } from '../connection';
import { readApp } from './appSecrets';
import type { Prepare } from './prepare';
import { prepareFacebookLogin } from './prepareFacebookLogin';
import { prepareInstagramLogin } from './prepareInstagramLogin';
import { preparePastedToken } from './preparePastedToken';

/** How each kind of credential is made ready to sign. */
const PREPARE: Record<CredentialType, Prepare> = {
	instagramFacebookLoginOAuth2Api: prepareFacebookLogin,
	instagramLoginOAuth2Api: prepareInstagramLogin,
	instagramAccessTokenApi: preparePastedToken,
};

/**
 * Opens the login of a node's credential. Once connected it makes no call to Meta; the first use exchanges the token.
 * @param isReread reads the accounts from Meta again, where the login may have gained some
 * @throws NodeOperationError when the credential is not connected or Meta refuses the exchange
 */
export async function openConnection(
	n8n: MetaContext,
	credentialType: CredentialType,
	isReread = false,
): Promise<Connection> {
	const { credentials, ...login } = await PREPARE[credentialType](n8n, credentialType, isReread);
	return {
		...login,
		...readApp(credentials),
		credentialType,
		defaultAccount: String(credentials.defaultAccount ?? '').trim(),
	};
}
