import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** One button: a link, or a postback that starts the trigger. Templates and menus share it. */
export const buttonValues: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'postback',
		description: 'What a tap does',
		options: [
			{ name: 'Open URL', value: 'web_url', description: 'Opens a web page in the app' },
			{ name: 'Postback', value: 'postback', description: 'Sends the payload to the trigger' },
		],
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Opening hours',
		description: 'Text of the button, at most 20 characters in a template',
	},
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'string',
		displayOptions: { show: { type: ['postback'] } },
		default: '',
		placeholder: 'e.g. OPENING_HOURS',
		description: 'What the trigger receives; the title when empty. At most 1,000 characters.',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		displayOptions: { show: { type: ['web_url'] } },
		default: '',
		placeholder: 'e.g. https://example.com',
		description: 'Page that opens',
	},
];

/** A button as the form gives it. */
export type ButtonRow = { type?: string; title?: string; payload?: string; url?: string };

const text = (value: unknown): string => String(value ?? '').trim();

/** A button of a form in Meta's shape. */
export function toButton({ type = 'postback', title, payload, url }: ButtonRow): IDataObject {
	return {
		type,
		title: text(title),
		...(type === 'web_url' ? { url: text(url) } : { payload: text(payload) || text(title) }),
	};
}
