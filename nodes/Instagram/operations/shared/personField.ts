import type { INodeProperties } from 'n8n-workflow';
import type { RunContext } from '../define';

/** A picker of people who wrote to the account; the value is the person's ID for this account. */
const personPicker = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '' },
	description: "The person's ID for this account, from a trigger event or a conversation; not the username",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchPeople', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. {{ $json.conversationWith }}',
			hint: 'Not the username: an ID from a trigger event or a conversation',
		},
	],
});

export const recipientField = personPicker('Recipient', 'recipientId');

export const personField = personPicker('Person', 'personId');

/** The chosen person. An expression may give a number, and Meta wants a text. */
export function personOf({ param }: RunContext, name = 'personId'): string {
	return String(param(name)).trim();
}
