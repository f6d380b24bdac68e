import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import type { CredentialType } from '../meta/connection';

const logins: Array<{ name: string; value: CredentialType }> = [
	{ name: 'Facebook Login OAuth2 (Recommended)', value: 'instagramFacebookLoginOAuth2Api' },
	{ name: 'Instagram Login OAuth2', value: 'instagramLoginOAuth2Api' },
	{ name: 'Access Token', value: 'instagramAccessTokenApi' },
];

const preferred: string = logins[0].value;

/** The first field of both nodes: which kind of credential they use. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: logins,
	default: preferred,
};

/** The credentials of both nodes; the editor shows the one that Authentication names. */
export const credentialsByAuthentication: INodeCredentialDescription[] = logins.map(({ value }) => ({
	name: value,
	required: true,
	displayOptions: { show: { authentication: [value] } },
}));
