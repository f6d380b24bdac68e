import type { INodeProperties } from 'n8n-workflow';
import { authenticationField } from '../authentication';
import { appCallbacks } from './appCallbacks';
import { choosable } from './events';
import { appCallbackNotice, lifecycleOptions } from './lifecycleFields';

const fieldNames = [...new Set(choosable.map(({ field }) => field))].join(', ');

// Sentences: the editor strips line breaks and bold from notices.
const manualSteps = [
	'Activate the workflow first: Meta checks the address at once.',
	'Then, in the Meta App Dashboard, open Webhooks > Instagram and subscribe.',
	'Callback URL: the first Production URL above.',
	'Verify token: the Webhook Verify Token of the credential.',
	`Fields: those that you use of ${fieldNames}.`,
	'Include values: on, where the dashboard asks.',
].join(' ');

const LOGINS = { facebook: 'Facebook Login', instagram: 'Instagram Login' };

const ofWebhook = choosable.map(({ event, name, description, onlyWith }) => ({
	name,
	value: event,
	description: onlyWith ? `${description} (${LOGINS[onlyWith]} only)` : description,
}));

const eventOptions = [...ofWebhook, ...appCallbacks.map(({ event, name, description }) => ({ name, value: event, description }))]
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
	appCallbackNotice,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			...lifecycleOptions,
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
			{
				displayName: 'Include Test Payloads',
				name: 'includeTestPayloads',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: "Whether to also start on what the Test buttons of the Meta App Dashboard send. Such items have 'isTest' on, and made-up IDs that cannot be answered.",
			},
			{
				displayName: 'Only First Message Within (Hours)',
				name: 'onlyFirstMessageHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				noDataExpression: true,
				default: 24,
				description: 'Start once per person in so many hours, on the first message; other events are not affected. n8n forgets it when it restarts. 0 starts on every message.',
			},
			{
				displayName: 'Only Messages That Match',
				name: 'onlyMessagesThatMatch',
				type: 'string',
				noDataExpression: true,
				default: '',
				placeholder: 'e.g. price or /\\b(price|cost)s?\\b/i',
				description: 'Start only on messages and comments with this text; capitals do not matter. Between slashes it is a regular expression, without look-around and references to groups. Events without a text of their own, like taps and reactions, are not affected.',
			},
		],
	},
];
