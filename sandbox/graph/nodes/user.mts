import type { User } from '../../world/types.mts';
import type { NodeType } from '../engine/select.mts';
import { listPage } from '../engine/paging.mts';
import { businessesOfToken, businessNode } from './business.mts';
import { pageNode, pagesOfToken } from './page.mts';

/** A person (or the system user that stands in for one); default fields `id` and `name`. */
export const userNode: NodeType<User> = {
	name: 'User',
	on: 'user',
	defaults: ['name', 'id'],
	fields: {
		id: (user) => user.id,
		name: (user) => user.name,
		first_name: (user) => user.name.split(' ')[0],
		last_name: (user) => user.name.split(' ').slice(1).join(' '),
		email: { read: (user) => user.email, scopes: ['email'] },
		client_business_id: (user) => user.systemOf,
		businesses: {
			nested: true,
			scopes: ['business_management'],
			read: (user, { call, args, children }) =>
				listPage(call, {
					items: businessesOfToken(call),
					keyOf: (business) => business.id,
					type: businessNode,
					fields: children,
					path: `/${user.id}/businesses`,
					args,
				}),
		},
		accounts: {
			nested: true,
			read: (user, { call, args, children }) =>
				listPage(call, {
					items: pagesOfToken(call),
					keyOf: (page) => page.id,
					type: pageNode,
					fields: children,
					path: `/${user.id}/accounts`,
					args,
				}),
		},
	},
};
