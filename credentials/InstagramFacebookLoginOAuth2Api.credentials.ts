import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import {
	BASE_SCOPES,
	FACEBOOK_LOGIN_URL,
	SCOPES_BY_CAPABILITY,
} from '../nodes/meta/constants';
import { finishExchange, needsExchange, neverEnds, startExchange, type FacebookTokenData } from '../nodes/meta/facebookSession';
import { exchangeUserToken, reachOfUser, trimUrl, type Http } from '../nodes/meta/login';
import { sharedFields } from './sharedFields';

const everyCapability = Object.keys(SCOPES_BY_CAPABILITY);
const loginUrl = FACEBOOK_LOGIN_URL;

const scopesOf = (capability: string) =>
	`...($self["capabilities"].includes("${capability}") ? ${JSON.stringify(SCOPES_BY_CAPABILITY[capability])} : [])`;
const chosenScopes = `[...new Set([...${JSON.stringify(BASE_SCOPES)}, ${everyCapability.map(scopesOf).join(', ')}])].join(" ")`;
const scope = `={{ $self["configId"] ? "" : $self["customScopes"] ? $self["enabledScopes"] : ${chosenScopes} }}`;
const allScopes = [...new Set([BASE_SCOPES, ...Object.values(SCOPES_BY_CAPABILITY)].flat())].join(' ');

/**
 * Facebook Login and Facebook Login for Business. n8n's OAuth2 pop-up yields a token that lives an hour; this type
 * turns it into a 60-day one with Page tokens that do not end, and lets n8n save them encrypted through its own
 * refresh path: `preAuthentication` first makes n8n believe in a client_credentials grant, the node sends one call
 * that fails, and the second `preAuthentication`, inside the refresh, does the exchange.
 * @see https://developers.facebook.com/docs/facebook-login/facebook-login-for-business
 */
export class InstagramFacebookLoginOAuth2Api implements ICredentialType {
	name = 'instagramFacebookLoginOAuth2Api';

	displayName = 'Instagram Facebook Login OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../nodes/Instagram/instagram.svg', dark: 'file:../nodes/Instagram/instagram.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-instagram-platform/n8n-nodes-instagram-platform#set-up';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'App ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234567890123456',
			hint: 'App ID of the Meta app',
			description: 'In the Meta App Dashboard: App settings > Basic > App ID',
		},
		{
			displayName: 'App Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'App secret of the Meta app',
			description: 'App settings > Basic > App secret. Also used to check that webhooks come from Meta.',
		},
		{
			displayName: 'Capabilities',
			name: 'capabilities',
			type: 'multiOptions',
			displayOptions: { show: { customScopes: [false], configId: [''] } },
			options: [
				{ name: 'Comments', value: 'comments', description: 'Read, answer and hide comments; start workflows on comments' },
				{ name: 'Insights', value: 'insights', description: 'Read the numbers of the account and its posts' },
				{ name: 'Messaging', value: 'messaging', description: 'Read and answer direct messages; start workflows on messages' },
				{ name: 'Pages in Business Portfolios', value: 'businessPages', description: 'Find Pages that are managed in a business portfolio' },
				{ name: 'Publishing', value: 'publishing', description: 'Publish posts' },
			],
			default: everyCapability,
			description: 'What workflows may do with this login. Each one adds the permissions that Meta demands for it.',
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'boolean',
			displayOptions: { show: { configId: [''] } },
			default: false,
			description: 'Whether to list the permissions yourself',
		},
		{
			displayName: 'Enabled Scopes',
			name: 'enabledScopes',
			type: 'string',
			displayOptions: { show: { customScopes: [true], configId: [''] } },
			default: allScopes,
			description: 'Permissions to ask for, separated by spaces. Without the permission of an operation, Meta refuses the operation.',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: scope },
		{
			displayName: 'Login Configuration ID',
			name: 'configId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1234567890123456',
			description: 'For Facebook Login for Business: the ID of a configuration, which then decides about permissions',
		},
		...sharedFields,
		{
			displayName: 'Login Base URL',
			name: 'loginBaseUrl',
			type: 'string',
			default: loginUrl,
			description: 'Change it only for a gateway or the sandbox',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{ $self["loginBaseUrl"].replace(/\\/+$/, "") }}/{{ $self["graphVersion"] }}/dialog/oauth',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{ $self["graphBaseUrl"].replace(/\\/+$/, "") }}/{{ $self["graphVersion"] }}/oauth/access_token',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{ $self["configId"] ? "config_id=" + encodeURIComponent($self["configId"]) : "" }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];

	/** Runs before each request, and once more inside n8n's token refresh, whose result n8n saves. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const data = credentials.oauthTokenData as FacebookTokenData | undefined;
		if (!data?.access_token) return {};
		if (data.userToken === undefined) {
			return needsExchange(data, Date.now()) ? startExchange(data) : {};
		}
		const http: Http = async (options) => await this.helpers.httpRequest(options);
		const versionedUrl = `${trimUrl(credentials.graphBaseUrl)}/${String(credentials.graphVersion)}`;
		const app = { id: String(credentials.clientId), secret: String(credentials.clientSecret) };
		const exchanged = neverEnds(data)
			? { accessToken: data.userToken }
			: await exchangeUserToken(http, versionedUrl, app, data.userToken);
		const reach = await reachOfUser(http, versionedUrl, exchanged.accessToken);
		return { grantType: 'authorizationCode', oauthTokenData: finishExchange(data, exchanged, reach) };
	}
}
