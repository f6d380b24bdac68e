import type { IDataObject } from 'n8n-workflow';
import { accountOfPage } from '../../../meta/accounts';
import { listPages } from '../../../meta/login/pages';
import { operation } from '../define';
import { returnAllAndLimit } from '../shared/listing';

export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many accounts',
	description: 'List the Instagram accounts that this login reaches',
	withoutAccount: true,
	fields: returnAllAndLimit,
	run: async ({ connection, n8n, param }) => {
		const limit = param('returnAll', false) ? Infinity : param('limit', 50);
		if (connection.kind !== 'facebookUser') return connection.reach.accounts.slice(0, limit);
		const pages = await listPages(n8n, connection, limit);
		return pages.map((page): IDataObject => {
			const account = accountOfPage(page);
			return account
				? { ...account, linked: true }
				: { id: null, username: null, name: null, pageId: page.id, pageName: page.name, linked: false };
		});
	},
});
