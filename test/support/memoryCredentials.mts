import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INode,
} from 'n8n-workflow';
import { InstagramAccessTokenApi } from '../../credentials/InstagramAccessTokenApi.credentials.ts';
import { InstagramFacebookLoginOAuth2Api } from '../../credentials/InstagramFacebookLoginOAuth2Api.credentials.ts';
import { InstagramLoginOAuth2Api } from '../../credentials/InstagramLoginOAuth2Api.credentials.ts';

const credentialTypes: Record<string, ICredentialType> = {
	instagramFacebookLoginOAuth2Api: new InstagramFacebookLoginOAuth2Api(),
	instagramLoginOAuth2Api: new InstagramLoginOAuth2Api(),
	instagramAccessTokenApi: new InstagramAccessTokenApi(),
};

export type Stored = Record<string, ICredentialDataDecryptedObject>;

/** Keeps credentials in memory where n8n keeps them in its database; everything else is n8n's own behaviour. */
export class MemoryCredentials extends ICredentialsHelper {
	readonly stored: Stored;

	constructor(stored: Stored) {
		super();
		this.stored = stored;
	}

	getParentTypes(name: string): string[] {
		return credentialTypes[name]?.extends ?? [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, name: string, options: never) {
		const { authenticate } = credentialTypes[name];
		if (typeof authenticate !== 'function') throw new Error(`${name} has no authenticate function`);
		return (await authenticate(credentials, options)) as never;
	}

	async preAuthentication(
		helper: never,
		credentials: ICredentialDataDecryptedObject,
		name: string,
		_node: INode,
		expired: boolean,
	) {
		const type = credentialTypes[name];
		const field = type.properties.find(({ typeOptions }) => typeOptions?.expirable)?.name;
		if (!field || !type.preAuthentication || (credentials[field] !== '' && !expired)) return undefined;
		const output = await type.preAuthentication.call(helper, credentials);
		Object.assign(this.stored[name], output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(helper: never, credentials: ICredentialDataDecryptedObject, name: string) {
		return ((await credentialTypes[name].preAuthentication?.call(helper, credentials)) ?? undefined) as
			| ICredentialDataDecryptedObject
			| undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by nodes');
	}

	async getDecrypted(_data: unknown, _node: unknown, name: string) {
		return structuredClone(this.stored[name]);
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData(_node: unknown, name: string, data: ICredentialDataDecryptedObject) {
		this.stored[name].oauthTokenData = data.oauthTokenData;
	}

	getCredentialsProperties(name: string) {
		return credentialTypes[name].properties;
	}
}
