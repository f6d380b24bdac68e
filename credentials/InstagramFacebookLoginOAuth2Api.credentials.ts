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
import { asItIs, finishExchange, keptToken, needsExchange, startExchange, withUploadTokens, type FacebookTokenData } from '../nodes/meta/facebookSession';
import { isUnsuitable, reachOfUser } from '../nodes/meta/login';
import { trimUrl, type Http } from '../nodes/meta/loginCall';
import { isReachWanted } from '../nodes/meta/reachRefresh';
import { exchangeUserToken } from '../nodes/meta/tokens';
import { capabilityFields } from './capabilities';
import { sharedFields } from './sharedFields';

const loginUrl: string = FACEBOOK_LOGIN_URL;

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
			hint: 'App ID of the Meta app: App Dashboard > App settings > Basic',
			description: 'In the Meta App Dashboard: App settings > Basic > App ID',
		},
		{
			displayName: 'App Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'App secret of the Meta app, on the same page',
			description: 'App settings > Basic > App secret. Also used to check that webhooks come from Meta.',
		},
		...capabilityFields(BASE_SCOPES, SCOPES_BY_CAPABILITY, { configId: [''] }),
		{
			displayName: 'Login Configuration ID',
			name: 'configId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1234567890123456',
			hint: 'Only for Facebook Login for Business; leave it empty otherwise',
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
		// Without rerequest, Meta does not ask again for what the person left out the first time.
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{ $self["configId"] ? "override_default_response_type=true&config_id=" + encodeURIComponent($self["configId"]) : "auth_type=rerequest" }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];

	/** Runs before each request, and once more inside n8n's token refresh, whose result n8n saves. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const data = credentials.oauthTokenData as FacebookTokenData | undefined;
		if (!data?.access_token) return {};
		if (data.userToken === undefined) {
			return needsExchange(data, Date.now()) || isReachWanted(data.longLivedFor) ? startExchange(data) : withUploadTokens(data);
		}
		const http: Http = async (options) => await this.helpers.httpRequest(options);
		const versionedUrl = `${trimUrl(credentials.graphBaseUrl)}/${String(credentials.graphVersion)}`;
		const app = { id: String(credentials.clientId), secret: String(credentials.clientSecret) };
		const userToken = data.userToken;
		const exchanged =
			keptToken(data, Date.now()) ??
			(await exchangeUserToken(http, versionedUrl, app, userToken, Boolean(credentials.configId)).catch((error: Error) => {
				// Meta exchanges tokens of people only: the one of a system user stays as it is until its end.
				if (isUnsuitable(error)) return asItIs(data, userToken, Date.now());
				throw error;
			}));
		const reach = await reachOfUser({ http, versionedUrl, token: exchanged.accessToken, appSecret: app.secret });
		return { grantType: 'authorizationCode', oauthTokenData: finishExchange(data, exchanged, reach) };
	}
}
