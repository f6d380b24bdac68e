import { removeApp, withdrawScope } from '../../world/grants.mts';
import { findThread } from '../../world/threads.mts';
import type { User } from '../../world/types.mts';
import { accountOfPage, effectiveScopes, hasLapsed } from '../../world/world.mts';
import { tokenOf } from '../engine/call.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { accountNode } from '../nodes/account.mts';
import { appNode } from '../nodes/app.mts';
import { ACCOUNT_LIST_DEFAULTS, pageNode, pagesOfToken } from '../nodes/page.mts';
import { personNode } from '../nodes/person.mts';
import { userNode } from '../nodes/user.mts';
import { edgePage } from '../engine/paging.mts';
import { selectNode } from '../engine/select.mts';

const withdraw = (call: Call, user: User, scope?: string): unknown => {
	const { appId } = tokenOf(call);
	if (!user.grants.has(appId)) throw invalidParam('Nothing has been granted');
	if (scope === undefined) removeApp(call.world, user, appId);
	else if (!withdrawScope(user, appId, scope)) throw invalidParam(`The permission ${scope} has not been granted`);
	return { success: true };
};

/** The person, the Pages they manage, their permissions, the app, and customers' profiles. */
export const peopleEndpoints: Endpoint[] = [
	endpoint({
		on: 'user',
		edge: '',
		method: 'GET',
		token: 'user',
		afterDataAccess: true,
		params: {},
		run: (call, user) => selectNode(userNode, user, call.fields, call),
	}),
	endpoint({
		on: 'user',
		edge: 'accounts',
		method: 'GET',
		token: 'user',
		params: { is_promotable: 'bool', summary: 'bool' },
		run: (call) => {
			call.fields ??= ACCOUNT_LIST_DEFAULTS.map((name) => ({ name, args: {} }));
			return edgePage(call, {
				items: pagesOfToken(call),
				keyOf: (page) => page.id,
				type: pageNode,
			});
		},
	}),
	endpoint({
		on: 'user',
		edge: 'permissions',
		method: 'GET',
		token: 'user',
		afterDataAccess: true,
		params: { permission: 'string', status: 'string' },
		run: (call, user) => {
			const grant = user.grants.get(tokenOf(call).appId);
			const usable = effectiveScopes(call.world, tokenOf(call));
			const over = hasLapsed(call.world, tokenOf(call));
			const rows = [
				...[...(grant?.scopes ?? [])].map((permission) => ({
					permission,
					status: over && !usable.has(permission) ? 'expired' : 'granted',
				})),
				...[...(grant?.declined ?? [])].map((permission) => ({ permission, status: 'declined' })),
			];
			const { permission, status } = call.params;
			return {
				data: rows.filter(
					(row) =>
						(permission === undefined || row.permission === permission) &&
						(status === undefined || row.status === status),
				),
			};
		},
	}),
	endpoint({
		on: 'user',
		edge: 'permissions',
		method: 'DELETE',
		token: 'user',
		afterDataAccess: true,
		params: { permission: 'string' },
		run: (call, user) => withdraw(call, user, call.params.permission as string | undefined),
	}),
	endpoint({
		on: 'user',
		edge: 'permissions/*',
		method: 'DELETE',
		token: 'user',
		afterDataAccess: true,
		params: {},
		run: (call, user) => withdraw(call, user, String(call.params.rest)),
	}),
	endpoint({
		on: 'page',
		edge: '',
		method: 'GET',
		token: 'any',
		params: {},
		run: (call, page) => selectNode(pageNode, page, call.fields, call),
	}),
	// The Instagram account of a Page as a list (edge of the Page reference).
	endpoint({
		on: 'page',
		edge: 'instagram_accounts',
		method: 'GET',
		token: 'any',
		scopes: ['instagram_basic'],
		params: {},
		run: (call, page) =>
			edgePage(call, {
				items: [accountOfPage(call.world, page)].filter((account) => account !== undefined),
				keyOf: (account) => account.id,
				type: accountNode,
			}),
	}),
	endpoint({
		on: 'app',
		edge: '',
		method: 'GET',
		token: 'anyOrApp',
		params: {},
		run: (call, app) => selectNode(appNode, app, call.fields, call),
	}),
	endpoint({
		on: 'person',
		edge: '',
		method: 'GET',
		token: 'page',
		scopes: ['instagram_basic', 'instagram_manage_messages'],
		params: {},
		run: (call, person) => {
			const { account, customer } = person;
			if (!findThread(call.world, account, customer)?.consent) {
				throw new GraphError({
					code: 230,
					message: '(#230) The person has to agree first, by writing or tapping, before the profile can be read',
				});
			}
			if (customer.blocked.has(account.id)) return {};
			return selectNode(personNode, person, call.fields, call);
		},
	}),
];
