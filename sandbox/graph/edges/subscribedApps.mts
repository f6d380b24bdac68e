import { ACCOUNT_FIELDS, PAGE_FIELDS } from '../../webhooks/fields.mts';
import { subscriptionId } from '../../world/ids.mts';
import type { Account, Page } from '../../world/types.mts';
import { tokenOf } from '../engine/call.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam, pagePermissionDenied } from '../engine/errors.mts';
import { needScopes } from '../engine/tasks.mts';

const isMessagingField = (field: string): boolean =>
	/^messag(e|ing)/.test(field) || field === 'standby' || field === 'response_feedback';

const readFields = (call: Call, known: ReadonlySet<string>): string[] => {
	const fields = (call.params.subscribed_fields as unknown[]).map(String);
	// One that is not known costs all of them; the words are Meta's (reported from live use).
	const strange = fields.findIndex((field) => !known.has(field));
	if (strange >= 0)
		throw invalidParam(
			`Param subscribed_fields[${strange}] must be one of {${[...known].join(', ')}} - got "${fields[strange]}".`,
		);
	if (fields.length === 0) throw invalidParam('The parameter subscribed_fields is required');
	return fields;
};

const connect = (call: Call, page: Page): unknown => {
	const fields = readFields(call, PAGE_FIELDS);
	if (fields.some(isMessagingField)) needScopes(call, ['pages_messaging'], pagePermissionDenied);
	page.subscribedApps.set(tokenOf(call).appId, fields);
	return { success: true };
};

const connectAccount = (call: Call, account: Account): unknown => {
	const fields = readFields(call, ACCOUNT_FIELDS);
	needScopes(call, [
		...(fields.some(isMessagingField) ? ['instagram_manage_messages'] : []),
		...(fields.some((field) => field.endsWith('comments')) ? ['instagram_manage_comments'] : []),
	]);
	account.subscribedApps.set(tokenOf(call).appId, fields);
	return { success: true };
};

/** The same for an account that logged in itself. */
const ofInstagramLogin: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: 'subscribed_apps',
		method: 'GET',
		token: 'any',
		login: 'instagram',
		scopes: ['instagram_basic'],
		params: {},
		// Every entry is the caller's own, under an id that is no app's (reported from live use).
		run: (call, account) => {
			const { appId } = tokenOf(call);
			const fields = account.subscribedApps.get(appId);
			return { data: fields ? [{ id: subscriptionId(appId, account.id), subscribed_fields: fields }] : [] };
		},
	}),
	endpoint({
		on: 'account',
		edge: 'subscribed_apps',
		method: 'POST',
		token: 'any',
		login: 'instagram',
		scopes: ['instagram_basic'],
		params: { subscribed_fields: 'list!' },
		run: connectAccount,
	}),
	endpoint({
		on: 'account',
		edge: 'subscribed_apps',
		method: 'DELETE',
		token: 'any',
		login: 'instagram',
		scopes: ['instagram_basic'],
		params: {},
		run: (call, account) => {
			account.subscribedApps.delete(tokenOf(call).appId);
			return { success: true };
		},
	}),
];

/**
 * Which apps hear about a Page and its Instagram account, or about an account that logged in itself.
 * @see https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps
 */
export const subscribedAppsEndpoints: Endpoint[] = [
	endpoint({
		on: 'page',
		edge: 'subscribed_apps',
		method: 'GET',
		token: 'page',
		pageScopes: ['pages_manage_metadata'],
		params: {},
		run: (call, page) => ({
			data: [...page.subscribedApps].map(([id, fields]) => ({
				category: 'Business',
				link: `https://www.facebook.com/games/?app_id=${id}`,
				name: call.world.apps.get(id)?.name,
				id,
				subscribed_fields: fields,
			})),
		}),
	}),
	endpoint({
		on: 'page',
		edge: 'subscribed_apps',
		method: 'POST',
		token: 'page',
		pageScopes: ['pages_manage_metadata'],
		params: { subscribed_fields: 'list!' },
		run: connect,
	}),
	endpoint({
		on: 'page',
		edge: 'subscribed_apps',
		method: 'DELETE',
		token: 'page',
		pageScopes: ['pages_manage_metadata'],
		params: {},
		run: (call, page) => {
			page.subscribedApps.delete(tokenOf(call).appId);
			return { success: true };
		},
	}),
	...ofInstagramLogin,
];
