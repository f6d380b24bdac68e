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

const graphField: INodeProperties = {
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

/** The fields of logins that go through Facebook. */
export const sharedFields: INodeProperties[] = [defaultAccountField, ...commonFields, graphField];
