import type { IDataObject } from 'n8n-workflow';
import { accountOfPage, PAGE_FIELDS } from '../../../meta/login';
import { operation } from '../define';
import { returnAllAndLimit } from '../fields';

export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many accounts',
	description: 'List the Instagram accounts that this login reaches',
	withoutAccount: true,
	fields: returnAllAndLimit,
	run: async ({ connection, list, param }) => {
		if (connection.kind !== 'facebookUser') {
			const { accounts } = connection.reach;
			return param('returnAll', false) ? accounts : accounts.slice(0, param('limit', 50));
		}
		const pages = await list({ method: 'GET', path: '/me/accounts', query: { fields: PAGE_FIELDS }, as: 'user' });
		return pages.map((page): IDataObject => {
			const account = accountOfPage(page as { id: string });
			return account
				? { ...account, linked: true }
				: { id: null, username: null, name: null, pageId: page.id, pageName: page.name, linked: false };
		});
	},
});
