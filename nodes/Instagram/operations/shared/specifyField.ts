import type { INodeProperties } from 'n8n-workflow';

/** How a list is entered: field by field, or as the JSON that Meta takes. */
export function specifyField(name: string, what: string): INodeProperties {
	return {
		displayName: `Specify ${what}`,
		name,
		type: 'options',
		default: 'fields',
		description: 'How to enter this. JSON suits what another node or an AI model makes.',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
	};
}
