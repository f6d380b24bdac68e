import type { INodeProperties } from 'n8n-workflow';

/** Options about which events start the workflow. */
export const filterOptions: INodeProperties[] = [
	{
		displayName: 'Include Echoes',
		name: 'includeEchoes',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to also start on messages that the account itself sends. Answering those makes an endless loop.',
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
		description:
			"Whether to also start on what the Test buttons of the Meta App Dashboard send. Such items have 'isTest' on, and made-up IDs that cannot be answered.",
	},
	{
		displayName: 'Only First Message Within',
		name: 'onlyFirstMessageHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		noDataExpression: true,
		default: 24,
		hint: 'In hours',
		description:
			'Start once per person in so many hours, on the first message; other events are not affected. n8n forgets it when it restarts. 0 starts on every message.',
	},
	{
		displayName: 'Only Messages That Match',
		name: 'onlyMessagesThatMatch',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. price or /\\b(price|cost)s?\\b/i',
		description:
			'Start only on messages and comments with this text; capitals do not matter. Between slashes it is a regular expression, without look-around and references to groups; one that is too slow for a delivery lets the rest of it through. Events without a text of their own, like taps and reactions, are not affected.',
	},
];
