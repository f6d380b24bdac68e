import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import type { RunContext } from '../../define';
import { DAY_MS } from '../../../../meta/time';

const showType = (responseType: string) => ({ show: { '/responseType': [responseType] } });

/** When n8n goes on without an answer, in the words of n8n's own Send and Wait nodes. */
const limitWaitTimeOption: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	description:
		'Whether to limit the time this node should wait for an answer before the execution resumes. The item that came in then goes on unchanged.',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					default: 'afterTimeInterval',
					description: 'Sets the condition for the execution to resume. Can be a specified date or after some time.',
					options: [
						{
							name: 'After Time Interval',
							value: 'afterTimeInterval',
							description: 'Waits for a certain amount of time',
						},
						{
							name: 'At Specified Time',
							value: 'atSpecifiedTime',
							description: 'Waits until the set date and time to continue',
						},
					],
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					description: 'The time to wait',
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					default: 'hours',
					description: 'Unit of the interval value',
					options: [
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Days', value: 'days' },
					],
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
					default: '',
					description: 'Continue execution after the specified date and time',
				},
			],
		},
	],
};

/** Options of the page that opens, and of the message that leads there. */
export const waitOptions: INodeProperties[] = [
	limitWaitTimeOption,
	{
		displayName: 'Message Button Label',
		name: 'messageButtonLabel',
		type: 'string',
		displayOptions: showType('freeText'),
		default: 'Respond',
		description: 'Button of the message that opens the form, at most 20 characters',
	},
	{
		displayName: 'Response Form Button Label',
		name: 'responseFormButtonLabel',
		type: 'string',
		displayOptions: showType('freeText'),
		default: 'Submit',
		description: 'Button of the form',
	},
	{
		displayName: 'Response Form Description',
		name: 'responseFormDescription',
		type: 'string',
		displayOptions: showType('freeText'),
		default: '',
		description: 'Text above the form; the message when empty',
	},
	{
		displayName: 'Response Form Title',
		name: 'responseFormTitle',
		type: 'string',
		displayOptions: showType('freeText'),
		default: '',
		description: 'Heading of the form',
	},
	{
		displayName: 'Send Links As',
		name: 'linksAs',
		type: 'options',
		default: 'buttons',
		description:
			'How the message leads to the page. Either way the page asks for one more tap, because Instagram opens links by itself to show a preview.',
		options: [
			{
				name: 'Buttons',
				value: 'buttons',
				description: 'Buttons below the message, which has at most 640 characters then',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'Links at the end of the message; with them it has at most 1,000 bytes',
			},
		],
	},
];

export const responseFields: INodeProperties[] = [
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		default: 'approval',
		description: 'What the person can answer, on a page of this n8n that the message leads to',
		options: [
			{ name: 'Approval', value: 'approval', description: 'The person can approve or disapprove' },
			{ name: 'Free Text', value: 'freeText', description: 'The person can submit a response via a form' },
		],
	},
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'fixedCollection',
		placeholder: 'Add option',
		displayOptions: { show: { responseType: ['approval'] } },
		default: {},
		description: 'Which buttons there are, and what they say',
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{
						displayName: 'Type of Approval',
						name: 'approvalType',
						type: 'options',
						default: 'single',
						description: 'Whether the person can also say no',
						options: [
							{ name: 'Approve Only', value: 'single' },
							{ name: 'Approve and Disapprove', value: 'double' },
						],
					},
					{
						displayName: 'Approve Button Label',
						name: 'approveLabel',
						type: 'string',
						default: 'Approve',
						description: 'At most 20 characters',
					},
					{
						displayName: 'Disapprove Button Label',
						name: 'disapproveLabel',
						type: 'string',
						displayOptions: { show: { approvalType: ['double'] } },
						default: 'Decline',
						description: 'At most 20 characters',
					},
				],
			},
		],
	},
];

type Limit = {
	limitType?: string;
	resumeAmount?: number;
	resumeUnit?: 'minutes' | 'hours' | 'days';
	maxDateAndTime?: string;
};

const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: DAY_MS };

/** When to go on without an answer; n8n's "never" when the operator set no limit. */
export function waitTill({ fail }: Pick<RunContext, 'fail'>, options: IDataObject, now = Date.now()): Date {
	const limit = (options.limitWaitTime as { values?: Limit } | undefined)?.values;
	if (!limit) return WAIT_INDEFINITELY;
	const { limitType = 'afterTimeInterval', resumeAmount = 1, resumeUnit = 'hours', maxDateAndTime = '' } = limit;
	const date =
		limitType === 'atSpecifiedTime'
			? new Date(maxDateAndTime)
			: new Date(now + Number(resumeAmount) * UNIT_MS[resumeUnit]);
	if (Number.isNaN(date.getTime()))
		throw fail(
			'The limit of the wait time is no date',
			'Look at Limit Wait Time under Options. If it holds an expression, look at what it gives for this item.',
		);
	if (date.getTime() <= now)
		throw fail(
			'The limit of the wait time has passed already',
			'Choose a later date or a longer time: nothing was sent.',
		);
	return date;
}
