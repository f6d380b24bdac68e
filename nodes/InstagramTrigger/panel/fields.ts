import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../../shared/authentication';
import { appCallbacks } from '../appCallbacks/define';
import { choosable } from '../events';
import { extraOptions } from './extraFields';
import { filterOptions } from './filterFields';
import { appCallbackNotice, lifecycleOptions, listed } from './setupFields';

const fieldNames = [...new Set(choosable.map(({ field }) => field))].join(', ');

const manualSteps = `Activate the workflow first: Meta checks the address at once. Then, in the Meta App Dashboard, open Webhooks > Instagram and subscribe:${listed(
	[
		'Callback URL: the Production URL above that ends with /webhook',
		'Verify token: the Webhook Verify Token of the credential',
		`Fields: those that you use of ${fieldNames}`,
		'Include values: on, where the dashboard asks',
	],
)}`;

const LOGINS = { facebook: 'Facebook Login', instagram: 'Instagram Login' };

const ofWebhook = choosable.map(({ event, name, description, onlyWith }) => ({
	name,
	value: event,
	description: onlyWith ? `${description} (${LOGINS[onlyWith]} only)` : description,
}));

const eventOptions = [
	...ofWebhook,
	...appCallbacks.map(({ event, name, description }) => ({ name, value: event, description })),
].sort((a, b) => a.name.localeCompare(b.name));

/** Fields of the trigger node, in the order in which the editor shows them. */
export const triggerFields: INodeProperties[] = [
	authenticationField,
	{
		displayName: 'Setup',
		name: 'setup',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Register the address at Meta when the workflow is activated',
			},
			{ name: 'Manual', value: 'manual', description: 'Enter the address in the Meta App Dashboard yourself' },
		],
		default: 'automatic',
	},
	{
		displayName: manualSteps,
		name: 'manualNotice',
		type: 'notice',
		displayOptions: { show: { setup: ['manual'] } },
		default: '',
	},
	{
		displayName: 'Account Names or IDs',
		name: 'accounts',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAccounts' },
		default: [],
		hint: 'All accounts of the credential when none is chosen',
		description:
			'Accounts to listen to; none means all of the credential. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: eventOptions,
		default: ['message'],
		description: 'What starts the workflow; one item per event',
	},
	appCallbackNotice,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...filterOptions, ...extraOptions, ...lifecycleOptions].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	},
];
