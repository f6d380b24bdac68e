import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { MemoryCredentials } from './memoryCredentials.mts';

/** Makes n8n's credentials helper behave as that of another n8n does. @param own this n8n's helper */
export type OtherN8n = (own: MemoryCredentials) => object;

/** n8n asks the credential twice for an exchange: before the call, and in the refresh, after its own grant. */
const isRefresh = (credentials: ICredentialDataDecryptedObject): boolean =>
	credentials.grantType === 'clientCredentials';

type Ask = MemoryCredentials['runPreAuthentication'];

const asks = (ask: Ask) => ({ runPreAuthentication: ask });

/** What n8n's OAuth2 path does, or did, with a credential that wants an exchange. */
export const oauth2Paths: Record<string, OtherN8n> = {
	'merges the new token data into the old (2.27 and newer)': () => ({}),
	'replaces the old token data (2.20 to 2.26)': (own) =>
		asks(async (helper, credentials, name) => {
			if (isRefresh(credentials)) {
				const { access_token, token_type } = credentials.oauthTokenData as Record<string, unknown>;
				credentials.oauthTokenData = { access_token, token_type } as never;
			}
			return await own.runPreAuthentication(helper, credentials, name);
		}),
	'never asks the credential (before 2.20)': () => ({ runPreAuthentication: async () => undefined }),
	'asks only before the call, not in the refresh': (own) =>
		asks(async (helper, credentials, name) =>
			isRefresh(credentials) ? undefined : await own.runPreAuthentication(helper, credentials, name),
		),
	'forgets between the two what the credential left': (own) =>
		asks(async (helper, credentials, name) => {
			const { pendingExchange: _forgotten, ...rest } = credentials;
			return await own.runPreAuthentication(helper, isRefresh(credentials) ? rest : credentials, name);
		}),
	'does not let the credential choose the grant': (own) =>
		asks(async (helper, credentials, name) => {
			const { grantType: _ignored, ...rest } = (await own.runPreAuthentication(helper, credentials, name)) ?? {};
			return rest;
		}),
};

/** An n8n whose node context has nothing to store tokens with. */
export const offersNoStore: OtherN8n = () => ({ updateCredentialsOauthTokenData: undefined });

/** An n8n whose database refuses to be written. */
export const refusesToStore: OtherN8n = () => ({
	updateCredentialsOauthTokenData: async () => {
		throw new Error('read only');
	},
});
