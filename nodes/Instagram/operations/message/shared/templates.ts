import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { checkTemplate } from '../../../../meta/messages/templates';
import { readJsonField } from '../../../../meta/input/json';
import { buttonValues, toButton, type ButtonRow } from '../../shared/buttonFields';
import type { RunContext } from '../../define';
import { specifyField } from '../../shared/specifyField';

const byFields = (type: string) => ({ show: { templateType: [type], specifyTemplate: ['fields'] } });

const buttonsField: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Button',
	default: {},
	description: 'Up to 3 buttons',
	options: [{ displayName: 'Button', name: 'button', values: buttonValues }],
};

/** Fields of a text with buttons; who uses them says when they are shown. */
export const buttonTemplateFields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'templateText',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. What do you want to do next?',
		description: 'Text above the buttons, at most 640 characters',
	},
	buttonsField,
];

export const templateFields: INodeProperties[] = [
	{
		displayName: 'Template Type',
		name: 'templateType',
		type: 'options',
		default: 'generic',
		description: 'What the message looks like',
		options: [
			{ name: 'Button', value: 'button', description: 'A text with one to three buttons' },
			{
				name: 'Generic (Cards)',
				value: 'generic',
				description: 'Up to ten cards side by side, each with image, texts and buttons',
			},
			{
				name: 'Product',
				value: 'product',
				description: "Up to ten products of the Page's catalog. Facebook Login only.",
			},
		],
	},
	specifyField('specifyTemplate', 'Template'),
	...buttonTemplateFields.map((field) => ({ ...field, displayOptions: byFields('button') })),
	{
		displayName: 'Cards',
		name: 'cards',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Card',
		displayOptions: byFields('generic'),
		default: {},
		description: 'Up to 10 cards, each with a title and at least one thing more',
		options: [
			{
				displayName: 'Card',
				name: 'card',
				values: [
					{
						displayName: 'Title',
						name: 'title',
						type: 'string',
						default: '',
						placeholder: 'e.g. Sourdough bread',
						description: 'At most 80 characters',
					},
					{
						displayName: 'Subtitle',
						name: 'subtitle',
						type: 'string',
						default: '',
						placeholder: 'e.g. Baked this morning',
						description: 'At most 80 characters',
					},
					{
						displayName: 'Image URL',
						name: 'imageUrl',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/bread.jpg',
						description: 'Public address of the picture',
					},
					{
						displayName: 'Link URL',
						name: 'linkUrl',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com/bread',
						description: 'Page that opens when the card is tapped',
					},
					buttonsField,
				],
			},
		],
	},
	{
		displayName: 'Product IDs',
		name: 'productIds',
		type: 'string',
		required: true,
		displayOptions: byFields('product'),
		default: '',
		placeholder: 'e.g. 4016298121817345, 5130120413727091',
		description: 'IDs of up to 10 products, separated by commas; the catalog must be connected to the same Page',
	},
	{
		displayName: 'Template (JSON)',
		name: 'templateJson',
		type: 'json',
		displayOptions: { show: { specifyTemplate: ['json'] } },
		default: '{\n  "elements": [{ "title": "Welcome!", "subtitle": "What can we do for you?" }]\n}',
		description:
			'Payload of the template as Meta takes it: elements for generic and product, text and buttons for button',
	},
];

type CardRow = {
	title?: string;
	subtitle?: string;
	imageUrl?: string;
	linkUrl?: string;
	buttons?: { button?: ButtonRow[] };
};

const text = (value: unknown): string => String(value ?? '').trim();
const given = (name: string, value: unknown): IDataObject => (text(value) ? { [name]: text(value) } : {});

const toElement = ({ title, subtitle, imageUrl, linkUrl, buttons }: CardRow): IDataObject => ({
	title: text(title),
	...given('subtitle', subtitle),
	...given('image_url', imageUrl),
	...(text(linkUrl) ? { default_action: { type: 'web_url', url: text(linkUrl) } } : {}),
	...(buttons?.button?.length ? { buttons: buttons.button.map(toButton) } : {}),
});

function readForm(type: string, { param }: RunContext): IDataObject {
	if (type === 'button')
		return {
			text: param('templateText', ''),
			buttons: (param<{ button?: ButtonRow[] }>('buttons', {}).button ?? []).map(toButton),
		};
	if (type === 'generic') return { elements: (param<{ card?: CardRow[] }>('cards', {}).card ?? []).map(toElement) };
	const ids = param<unknown>('productIds', '');
	const list = Array.isArray(ids) ? (ids as unknown[]) : String(ids).split(/[\s,]+/);
	return {
		elements: list
			.map(text)
			.filter(Boolean)
			.map((id) => ({ id })),
	};
}

/** Reads and checks the template in Meta's shape. @param type of template; what the operator chose when absent */
export function readTemplate(ctx: RunContext, type = ctx.param('templateType', 'generic')): IDataObject {
	const byJson = ctx.param<string>('specifyTemplate', 'fields') === 'json';
	const content = byJson
		? readJsonField<IDataObject | IDataObject[]>(ctx.fail, 'Template (JSON)', ctx.param<unknown>('templateJson', '{}'))
		: readForm(type, ctx);
	const template: IDataObject = { template_type: type, ...(Array.isArray(content) ? { elements: content } : content) };
	checkTemplate(ctx.fail, template);
	return template;
}
