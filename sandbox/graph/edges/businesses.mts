import type { Business, Page } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { businessesOfToken, businessNode, clientPages, ownedPages } from '../nodes/business.mts';
import { pageNode } from '../nodes/page.mts';
import { edgePage } from '../engine/paging.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['business_management'];

const pageList = (edge: string, read: (call: Call, business: Business) => Page[]): Endpoint =>
	endpoint({
		on: 'business',
		edge,
		method: 'GET',
		token: 'user',
		pageScopes: SCOPES,
		params: {},
		run: (call, business) => edgePage(call, { items: read(call, business), keyOf: (page) => page.id, type: pageNode }),
	});

/**
 * Business portfolios and their Pages, which `/me/accounts` does not always show.
 * @see https://developers.facebook.com/docs/graph-api/reference/business/owned_pages
 */
export const businessEndpoints: Endpoint[] = [
	endpoint({
		on: 'user',
		edge: 'businesses',
		method: 'GET',
		token: 'user',
		pageScopes: SCOPES,
		params: {},
		run: (call) =>
			edgePage(call, {
				items: businessesOfToken(call),
				keyOf: (business) => business.id,
				type: businessNode,
			}),
	}),
	endpoint({
		on: 'business',
		edge: '',
		method: 'GET',
		token: 'user',
		pageScopes: SCOPES,
		params: {},
		run: (call, business) => selectNode(businessNode, business, call.fields, call),
	}),
	pageList('owned_pages', ownedPages),
	pageList('client_pages', clientPages),
];
