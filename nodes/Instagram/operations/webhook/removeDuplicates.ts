import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { operation } from '../define';
import { newEvents, missingId } from './shared/newEvents';

/**
 * The trigger drops repeats by itself as long as one process receives all of them. This remembers events in n8n's
 * database, for all processes and over restarts.
 */
export const removeDuplicates = operation({
	value: 'removeDuplicates',
	name: 'Remove Duplicates',
	action: 'Remove duplicate events',
	description:
		'Let each event of the Instagram Trigger through once, also with several n8n processes and after a restart. Place it right after the trigger. An execution that you retry brings its events again. Makes no call to Meta. Events of tests in the editor are remembered, too.',
	withoutAccount: true,
	neverWaits: true,
	fields: [
		{
			displayName: 'Event ID',
			name: 'eventId',
			type: 'string',
			default: '={{ $json.eventId }}',
			description:
				'What tells one event from another. Items of the Instagram Trigger carry it; it counts together with their kind of event and account.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Node', value: 'node', description: 'This node remembers for itself' },
				{
					name: 'Workflow',
					value: 'workflow',
					description:
						'All nodes of this workflow with this setting share what they remember: an event passes one of them',
				},
			],
			default: 'node',
			description: 'Who shares what is remembered',
		},
		{
			displayName: 'Remember',
			name: 'remember',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5000,
			description:
				'How many events to remember; the oldest are forgotten first. Meta repeats an event for 36 hours at most.',
		},
	],
	run: async ({ n8n, itemIndex, param, fail }) => {
		// Operations run in an execution only; other places where n8n runs code have no items.
		const execution = n8n as IExecuteFunctions;
		const fresh = await newEvents(execution, fail);
		if (String(param('eventId', '') ?? '').trim() === '') throw missingId(fail, itemIndex);
		if (!fresh.has(itemIndex)) return [];
		// Files that came with the event go on with it.
		const { json, binary } = execution.getInputData()[itemIndex];
		return [{ json, ...(binary ? { binary } : {}) } as IDataObject];
	},
});
