import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { checkQuickReplies } from '../../../meta/messages/templates';
import { asList, readJsonField } from '../../../meta/input/json';
import type { RunContext } from '../define';
import { specifyField } from './specifyField';

/** Quick replies by fields or by JSON. */
export const quickReplyFields: INodeProperties[] = [
	specifyField('specifyReplies', 'Quick Replies'),
	{
		displayName: 'Quick Replies',
		name: 'quickReplies',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Quick Reply',
		displayOptions: { show: { specifyReplies: ['fields'] } },
		default: {},
		description:
			'Up to 13 buttons below the message; a tap answers with the title of the button. Shown in the mobile apps only.',
		options: [
			{
				displayName: 'Quick Reply',
				name: 'reply',
				values: [
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Opening hours',
						description: 'Text of the button, at most 20 characters',
					},
					{
						displayName: 'Payload',
						name: 'payload',
						type: 'string',
						default: '',
						placeholder: 'e.g. OPENING_HOURS',
						description:
							'What the trigger receives when the button is tapped; the title when empty. At most 1,000 characters.',
					},
				],
			},
		],
	},
	{
		displayName: 'Quick Replies (JSON)',
		name: 'quickRepliesJson',
		type: 'json',
		displayOptions: { show: { specifyReplies: ['json'] } },
		default:
			'[\n  { "content_type": "text", "title": "Yes", "payload": "YES" },\n  { "content_type": "text", "title": "No", "payload": "NO" }\n]',
		description: 'List of up to 13 objects as Meta takes them: content_type (text), title (20 characters), payload',
	},
];

const text = (value: unknown): string => String(value ?? '').trim();

/** Reads and checks the quick replies in Meta's shape; a text reply without payload gets its title as payload. */
export function readQuickReplies({ fail, param }: RunContext): IDataObject[] {
	const rows =
		param<string>('specifyReplies', 'fields') === 'json'
			? asList(
					fail,
					'Quick Replies (JSON)',
					readJsonField(fail, 'Quick Replies (JSON)', param<unknown>('quickRepliesJson', '[]')),
				)
			: (param<{ reply?: IDataObject[] }>('quickReplies', {}).reply ?? []).map(
					(row): IDataObject => ({ ...row, content_type: 'text' }),
				);
	const replies = rows.map(
		({ content_type: type, title, payload }): IDataObject =>
			type === 'text'
				? { content_type: 'text', title: text(title), payload: text(payload) || text(title) }
				: { content_type: type },
	);
	checkQuickReplies(fail, replies);
	return replies;
}
