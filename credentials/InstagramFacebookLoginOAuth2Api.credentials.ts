import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { BASE_SCOPES, FACEBOOK_LOGIN_URL, SCOPES_BY_CAPABILITY } from '../nodes/meta/constants';
import { isRereadRequested, noteRefusal, noteResult } from '../nodes/meta/login/exchangeRequests';
import {
	exchangeFacebookLogin,
	isAppToken,
	needsExchange,
	type FacebookTokenData,
} from '../nodes/meta/login/facebookLogin';
import { fingerprint } from '../nodes/meta/login/request';
import type { Http } from '../nodes/meta/graph/http';
import { capabilityFields } from './capabilities';
import { requestDomainFields, sharedFields } from './sharedFields';

const loginUrl: string = FACEBOOK_LOGIN_URL;

/** Where the token data to exchange waits between the two runs of `preAuthentication`: in memory, never stored. */
const PENDING = 'pendingExchange';

/**
 * Facebook Login and Facebook Login for Business. n8n's OAuth2 pop-up yields a token that lives an hour; this type
 * turns it into a 60-day one with Page tokens that do not end, and lets n8n save them encrypted through its own
 * refresh path: `preAuthentication` first makes n8n believe in a client_credentials grant, the node sends one call
 * that fails, and the second `preAuthentication`, inside the refresh, does the exchange. Where an n8n has no such path,
 * the node does all of it.
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
			default:
				'={{ $self["configId"] ? "override_default_response_type=true&config_id=" + encodeURIComponent($self["configId"]) : "auth_type=rerequest" }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		...requestDomainFields('graphBaseUrl'),
	];

	/**
	 * Runs before each request, and once more inside n8n's token refresh, whose result n8n saves. What the first run
	 * leaves in `PENDING`, beside the token data, is there in the second: n8n before 2.27 replaces the token data itself.
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		const data = credentials.oauthTokenData as FacebookTokenData | undefined;
		const pending = credentials[PENDING] as FacebookTokenData | undefined;
		if (!data?.access_token) return {};
		if (pending) {
			const http: Http = async (options) => await this.helpers.httpRequest(options);
			const loginKey = fingerprint(pending.access_token);
			const oauthTokenData = await exchangeFacebookLogin(http, credentials, pending, data.access_token).catch(
				(error: Error) => {
					noteRefusal(loginKey);
					throw error;
				},
			);
			noteResult(loginKey, oauthTokenData);
			return { grantType: 'authorizationCode', [PENDING]: undefined, oauthTokenData };
		}
		// n8n would store the app's token in the place of the person's, and the login would be gone.
		if (isAppToken(data.access_token))
			throw new Error('This n8n lost the login when it refreshed it. Connect the credential again.');
		const isDue = needsExchange(data, Date.now()) || isRereadRequested(fingerprint(data.access_token));
		return isDue ? { grantType: 'clientCredentials', [PENDING]: data } : {};
	}
}
