import type { INodeProperties } from 'n8n-workflow';

/** Who the node works as. Empty means the credential's default or only account. */
export const accountField: INodeProperties = {
	displayName: 'Account',
	name: 'account',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Instagram account to work for. Leave it empty to use the default or only account of the credential.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Default account',
			typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. @my_business or 17841400000000001',
			hint: '@username, Instagram ID or Page ID',
		},
	],
};
