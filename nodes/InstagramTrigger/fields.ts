import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../authentication';
import { choosable } from './events';

const manualSteps = [
	'In the Meta App Dashboard, open Webhooks, choose <b>Instagram</b> and subscribe:',
	'<b>Callback URL</b>: the Production URL above',
	'<b>Verify token</b>: the Webhook Verify Token of the credential',
	`<b>Fields</b>: ${[...new Set(choosable.map(({ field }) => field))].join(', ')} (those that you use)`,
	'<b>Include values</b>: on, where the dashboard asks',
	'Activate the workflow first: Meta checks the address at once.',
].join('<br>');

const eventOptions = choosable
	.map(({ event, name, description }) => ({ name, value: event, description }))
	.sort((a, b) => a.name.localeCompare(b.name));

/** Fields of the trigger node, in the order in which the editor shows them. */
export const triggerFields: INodeProperties[] = [
	authenticationField,
	{
		displayName: 'Setup',
		name: 'setup',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Automatic', value: 'automatic', description: 'Register the address at Meta when the workflow is activated' },
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
		description: 'Accounts to listen to; none means all of the credential. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Include Echoes',
				name: 'includeEchoes',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: 'Whether to also start on messages that the account itself sends. Answering those makes an endless loop.',
			},
			{
				displayName: 'Include Own Comments',
				name: 'includeOwnComments',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: 'Whether to also start on comments of the account itself. Answering those makes an endless loop.',
			},
		],
	},
];
