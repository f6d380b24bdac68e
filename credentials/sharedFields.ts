import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_GRAPH_VERSION, FACEBOOK_GRAPH_URL, GRAPH_VERSIONS } from '../nodes/meta/constants';

const defaultVersion: string = DEFAULT_GRAPH_VERSION;
const graphUrl: string = FACEBOOK_GRAPH_URL;

/** What every way to log in asks for besides the login itself. */
export const sharedFields: INodeProperties[] = [
	{
		displayName: 'Default Account',
		name: 'defaultAccount',
		type: 'string',
		default: '',
		placeholder: 'e.g. @my_business',
		description: 'Account that nodes use when they name none: @username, Instagram ID or Page ID. Not needed with one account.',
	},
	{
		displayName: 'Webhook Verify Token',
		name: 'webhookVerifyToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Any text of your choice. Only needed when the Instagram Trigger is set up manually: enter the same text in the App Dashboard.',
	},
	{
		displayName: 'Graph API Version',
		name: 'graphVersion',
		type: 'options',
		options: GRAPH_VERSIONS.map((version) => ({ name: version, value: version })),
		default: defaultVersion,
	},
	{
		displayName: 'Graph Base URL',
		name: 'graphBaseUrl',
		type: 'string',
		default: graphUrl,
		description: 'Change it only for a gateway or the sandbox',
	},
];
