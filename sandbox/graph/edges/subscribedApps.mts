import { PAGE_FIELDS } from '../../webhooks/fields.mts';
import type { Page } from '../../world/types.mts';
import { tokenOf } from '../call.mts';
import type { Call } from '../call.mts';
import type { Endpoint } from '../endpoint.mts';
import { endpoint } from '../endpoint.mts';
import { invalidParam, pagePermissionDenied } from '../errors.mts';

const isMessagingField = (field: string): boolean =>
	field.startsWith('message') || field === 'standby' || field === 'response_feedback';

const connect = (call: Call, page: Page): unknown => {
	const fields = (call.params.subscribed_fields as unknown[]).map(String);
	const strange = fields.filter((field) => !PAGE_FIELDS.has(field));
	if (strange.length > 0)
		throw invalidParam(`Param subscribed_fields has unknown values: ${strange.join(', ')}`);
	if (fields.length === 0) throw invalidParam('The parameter subscribed_fields is required');
	if (fields.some(isMessagingField) && !call.scopes.has('pages_messaging')) {
		throw pagePermissionDenied(['pages_messaging']);
	}
	page.subscribedApps.set(tokenOf(call).appId, fields);
	return { success: true };
};

/** Which apps hear about a Page and its Instagram account (section 4.3, level 2). Page token only. */
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
];
