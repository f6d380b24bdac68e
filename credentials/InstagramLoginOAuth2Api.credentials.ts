import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import {
	INSTAGRAM_API_URL,
	INSTAGRAM_BASE_SCOPES,
	INSTAGRAM_LOGIN_URL,
	INSTAGRAM_SCOPES_BY_CAPABILITY,
} from '../nodes/meta/constants';
import { capabilityFields } from './capabilities';
import { commonFields, graphField, instagramGraphField, requestDomainFields } from './sharedFields';

const loginUrl: string = INSTAGRAM_LOGIN_URL;
const apiUrl: string = INSTAGRAM_API_URL;

/**
 * Business Login for Instagram: no Facebook Page. The pop-up yields a token that lives an hour, and Meta's token
 * endpoint offers no second grant that n8n could refresh with: the nodes change the token into one of 60 days, renew
 * it, and store it where n8n lets them.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
export class InstagramLoginOAuth2Api implements ICredentialType {
	name = 'instagramLoginOAuth2Api';

	displayName = 'Instagram Login OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../nodes/Instagram/instagram.svg', dark: 'file:../nodes/Instagram/instagram.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-instagram-platform/n8n-nodes-instagram-platform#set-up';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Instagram App ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 1234567890123456',
			hint: 'Instagram app ID, not the App ID of the Meta app',
			description: 'In the Meta App Dashboard: Instagram > API setup with Instagram login > Instagram app ID',
		},
		{
			displayName: 'Instagram App Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'Instagram app secret, not the app secret of the Meta app',
			description: 'On the same page of the dashboard. Also used to check that webhooks come from Meta.',
		},
		...capabilityFields(INSTAGRAM_BASE_SCOPES, INSTAGRAM_SCOPES_BY_CAPABILITY),
		{
			displayName: 'Ask for the Password Again',
			name: 'forceReauth',
			type: 'boolean',
			default: false,
			description: 'Whether Instagram shows its login form even if somebody is logged in, to connect another account',
		},
		{
			displayName: 'Meta App ID',
			name: 'metaAppId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1234567890123456',
			hint: 'Optional: with Meta App ID and Meta App Secret the trigger sets itself up',
			description: 'App ID of the Meta app, not the Instagram app ID: App Dashboard > App settings > Basic > App ID',
		},
		{
			displayName: 'Meta App Secret',
			name: 'metaAppSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'App secret of the Meta app, on the same page',
			description:
				'App secret of the Meta app, not the Instagram app secret: App settings > Basic > App secret. Also used to check that webhooks come from Meta.',
		},
		...commonFields,
		instagramGraphField,
		{ ...graphField, description: 'Used with Meta App ID and secret. Change it only for a gateway or the sandbox.' },
		{
			displayName: 'Login Base URL',
			name: 'loginBaseUrl',
			type: 'string',
			default: loginUrl,
			description: 'Change it only for a gateway or the sandbox',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: apiUrl,
			description: 'Change it only for a gateway or the sandbox',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '={{ $self["loginBaseUrl"].replace(/\\/+$/, "") }}/oauth/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: '={{ $self["apiBaseUrl"].replace(/\\/+$/, "") }}/oauth/access_token',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{ $self["forceReauth"] ? "force_reauth=true" : "" }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		...requestDomainFields('instagramGraphBaseUrl'),
	];
}
