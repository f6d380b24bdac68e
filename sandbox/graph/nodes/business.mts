import type { Business, Page } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import { listPage } from '../engine/paging.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { pageNode } from './page.mts';

/** Pages that a portfolio owns. */
export function ownedPages(call: Call, business: Business): Page[] {
	return [...call.world.pages.values()].filter((page) => page.inPortfolio && page.businessId === business.id);
}

/** Pages of others that a portfolio works for, as an agency does. */
export function clientPages(call: Call, business: Business): Page[] {
	return [...call.world.pages.values()].filter((page) => page.clientOf.has(business.id));
}

/** Portfolios that the person or system user behind the token belongs to. */
export function businessesOfToken(call: Call): Business[] {
	return [...call.world.businesses.values()].filter(({ members }) => members.has(tokenOf(call).userId ?? ''));
}

const pages =
	(edge: string, read: (call: Call, business: Business) => Page[]): FieldReader<Business> =>
	(business, { call, args, children }) =>
		listPage(call, {
			items: read(call, business),
			keyOf: (page) => page.id,
			type: pageNode,
			fields: children,
			path: `/${business.id}/${edge}`,
			args,
		});

/** A business portfolio. */
export const businessNode: NodeType<Business> = {
	name: 'Business',
	on: 'business',
	defaults: ['id', 'name'],
	fields: {
		id: (business) => business.id,
		name: (business) => business.name,
		verification_status: () => 'not_verified',
		owned_pages: { nested: true, read: pages('owned_pages', ownedPages) },
		client_pages: { nested: true, read: pages('client_pages', clientPages) },
	},
};
