import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isUnclear, MetaError } from '../../../../meta/errors/metaError';
import { checkText } from '../../../../meta/messages/limits';
import { MESSAGE_TEXT_MAX_BYTES } from '../../../../meta/constants';
import type { RunContext } from '../../define';
import { quickReplyFields, readQuickReplies } from '../../shared/quickReplies';
import { specifyField } from '../../shared/specifyField';
import { textField } from './sending';
import { buttonTemplateFields, readTemplate } from './templates';

/** What a private reply may be made of. */
export type ReplyType = 'buttons' | 'quickReplies' | 'text';

/** Shows a field for some kinds of replies; conditions that it has stay. */
const shownFor = (
	types: ReplyType[],
	field: INodeProperties,
	more: Record<string, string[]> = {},
): INodeProperties => ({
	...field,
	displayOptions: { show: { replyType: types, ...more, ...field.displayOptions?.show } },
});

const byFields = { specifyTemplate: ['fields'] };

/** The content of a private reply: fields of Send Text, Send Quick Replies and Send Template. */
export const replyFields: INodeProperties[] = [
	{
		displayName: 'Reply With',
		name: 'replyType',
		type: 'options',
		default: 'text',
		description:
			'What the person gets. A tap on a button opens the window for more messages, as an answer does. Where Meta refuses buttons, their text goes out alone.',
		options: [
			{ name: 'Buttons', value: 'buttons', description: 'A text with one to three buttons' },
			{ name: 'Quick Replies', value: 'quickReplies', description: 'A text with up to 13 buttons for the answer' },
			{ name: 'Text', value: 'text', description: 'A text alone' },
		],
	},
	shownFor(['quickReplies', 'text'], textField),
	...quickReplyFields.map((field) => shownFor(['quickReplies'], field)),
	shownFor(['buttons'], specifyField('specifyTemplate', 'Template')),
	...buttonTemplateFields.map((field) => shownFor(['buttons'], field, byFields)),
	shownFor(
		['buttons'],
		{
			displayName: 'Template (JSON)',
			name: 'templateJson',
			type: 'json',
			default:
				'{\n  "text": "What do you want to do next?",\n  "buttons": [{ "type": "postback", "title": "Order", "payload": "ORDER" }]\n}',
			description: 'Payload of the template as Meta takes it: text and buttons',
		},
		{ specifyTemplate: ['json'] },
	),
];

/** The message of a private reply in Meta's shape, and the text that says the same without buttons. */
export function readReply(ctx: RunContext, type: ReplyType): { message: IDataObject; text: string } {
	if (type === 'buttons') {
		const payload = readTemplate(ctx, 'button');
		return { message: { attachment: { type: 'template', payload } }, text: String(payload.text ?? '') };
	}
	const text = ctx.param('text');
	checkText(ctx.fail, text);
	return { message: { text, ...(type === 'quickReplies' ? { quick_replies: readQuickReplies(ctx) } : {}) }, text };
}

/** Meta's numbers for a message whose content it does not take, and for values that it does not take at all. */
const REFUSED_CONTENT = { code: 100, subcodes: [undefined, 2534015] };

/** True when Meta refused the shape of a reply, and not the comment or the person. A text can go out then: this one did not. */
export function mayGoAsText(error: unknown, text: string): boolean {
	if (!(error instanceof MetaError) || isUnclear(error.facts) || text.trim() === '') return false;
	if (Buffer.byteLength(text, 'utf8') > MESSAGE_TEXT_MAX_BYTES) return false;
	const { code, error_subcode: subcode } = error.facts.error ?? {};
	return code === REFUSED_CONTENT.code && REFUSED_CONTENT.subcodes.includes(subcode);
}
