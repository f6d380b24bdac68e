import type { INodeProperties } from 'n8n-workflow';
import {
	DEFAULT_GRAPH_VERSION,
	FACEBOOK_GRAPH_URL,
	GRAPH_VERSIONS,
	INSTAGRAM_GRAPH_URL,
} from '../nodes/meta/constants';

const defaultVersion: string = DEFAULT_GRAPH_VERSION;
const graphUrl: string = FACEBOOK_GRAPH_URL;
const instagramUrl: string = INSTAGRAM_GRAPH_URL;

/** For logins that may reach several accounts. */
const defaultAccountField: INodeProperties = {
	displayName: 'Default Account',
	name: 'defaultAccount',
	type: 'string',
	default: '',
	placeholder: 'e.g. @my_business',
	hint: 'Optional, for logins with several accounts',
	description:
		'Account that nodes use when they name none: @username, Instagram ID or Page ID. Not needed with one account.',
};

/** What every way to log in asks for besides the login itself. */
export const commonFields: INodeProperties[] = [
	{
		displayName: 'Webhook Verify Token',
		name: 'webhookVerifyToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'Only needed when the Instagram Trigger is set up manually',
		description:
			'Any text of your choice. Only needed when the Instagram Trigger is set up manually: enter the same text in the App Dashboard.',
	},
	{
		displayName: 'Other App Secrets',
		name: 'otherAppSecrets',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'Rarely needed',
		description:
			'Further secrets that may sign webhooks, separated by commas: the old one while you change the app secret, or the Instagram app secret of the same app',
	},
	{
		displayName: 'Graph API Version',
		name: 'graphVersion',
		type: 'options',
		options: GRAPH_VERSIONS.map((version) => ({ name: version, value: version })),
		default: defaultVersion,
	},
];

/** Where calls to graph.facebook.com go. */
export const graphField: INodeProperties = {
	displayName: 'Graph Base URL',
	name: 'graphBaseUrl',
	type: 'string',
	default: graphUrl,
	description: 'Change it only for a gateway or the sandbox',
};

/** Where calls of an Instagram Login go. */
export const instagramGraphField: INodeProperties = {
	displayName: 'Instagram Graph Base URL',
	name: 'instagramGraphBaseUrl',
	type: 'string',
	default: instagramUrl,
	description: 'Change it only for a gateway or the sandbox',
};

/**
 * n8n's own fields for the hosts that its HTTP Request node may reach with a login. By itself n8n allows all of them, and
 * whoever may use the login could send its token anywhere.
 * @param baseUrl the field whose host is allowed from the start
 */
export function requestDomainFields(baseUrl: 'graphBaseUrl' | 'instagramGraphBaseUrl'): INodeProperties[] {
	return [
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				{ name: 'All', value: 'all', description: 'Any address: the token goes wherever a workflow sends it' },
				{ name: 'None', value: 'none', description: 'No use in HTTP Request and GraphQL nodes' },
				{ name: 'Specific Domains', value: 'domains', description: 'Only the domains below' },
			],
			default: 'domains',
			description: 'Which addresses the HTTP Request and GraphQL nodes may call with this login',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'string',
			displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
			default: `={{ $self["${baseUrl}"].trim().replace(/^\\w+:\\/\\//, "").replace(/(:\\d+)?(\\/.*)?$/, "") }}`,
			placeholder: 'e.g. graph.facebook.com',
			description: "Domains separated by commas; the host of Meta's Graph API unless you change it",
		},
	];
}

/** The fields of logins that go through Facebook. */
export const sharedFields: INodeProperties[] = [defaultAccountField, ...commonFields, graphField];
