import { challenge, isAcceptableCallback } from '../../webhooks/challenge.mts';
import { INSTAGRAM_FIELDS, PAGE_FIELDS } from '../../webhooks/fields.mts';
import type { App } from '../../world/app.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';

const OBJECTS: Record<string, ReadonlySet<string>> = {
	instagram: INSTAGRAM_FIELDS,
	page: PAGE_FIELDS,
};

const checkFields = (object: string, fields: unknown): string[] => {
	const known = OBJECTS[object];
	if (!known) throw invalidParam(`Param object must be one of {${Object.keys(OBJECTS).join(', ')}}`);
	const names = ((fields as unknown[] | undefined) ?? []).map(String);
	const strange = names.filter((name) => !known.has(name));
	if (strange.length > 0) throw invalidParam(`Object ${object} has no webhook field ${strange.join(', ')}`);
	return names;
};

const subscribe = async (call: Call, app: App): Promise<unknown> => {
	const object = String(call.params.object);
	const known = app.subscriptions.get(object);
	const fields = checkFields(object, call.params.fields);
	if (fields.length === 0) throw invalidParam('The parameter fields is required');
	const callbackUrl = (call.params.callback_url as string | undefined) ?? known?.callbackUrl;
	const verifyToken = (call.params.verify_token as string | undefined) ?? known?.verifyToken;
	if (callbackUrl === undefined) throw invalidParam('The parameter callback_url is required');
	if (verifyToken === undefined) throw invalidParam('The parameter verify_token is required');
	if (!isAcceptableCallback(callbackUrl)) throw invalidParam('Param callback_url must be an https URL');
	const { agent, world } = call.context;
	const failure = await challenge(agent, callbackUrl, verifyToken, world.settings.deliveryTimeoutMs);
	if (failure !== undefined) {
		throw new GraphError({
			code: 2200,
			message: `(#2200) The callback was not verified: ${failure}`,
		});
	}
	app.subscriptions.set(object, {
		callbackUrl,
		verifyToken,
		fields: new Set([...(known?.fields ?? []), ...fields]),
		includeValues: (call.params.include_values as boolean | undefined) ?? false,
		version: call.version,
	});
	return { success: true };
};

const unsubscribe = (call: Call, app: App): unknown => {
	const object = call.params.object as string | undefined;
	if (object === undefined) {
		app.subscriptions.clear();
		return { success: true };
	}
	const fields = checkFields(object, call.params.fields);
	const known = app.subscriptions.get(object);
	for (const field of fields) known?.fields.delete(field);
	if (fields.length === 0 || known?.fields.size === 0) app.subscriptions.delete(object);
	return { success: true };
};

/**
 * The app's callbacks, one per object. App token only.
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export const subscriptionEndpoints: Endpoint[] = [
	endpoint({
		on: 'app',
		edge: 'subscriptions',
		method: 'GET',
		token: 'app',
		params: {},
		run: (_call, app) => ({
			data: [...app.subscriptions].map(([object, { callbackUrl, fields, version, isOff }]) => ({
				object,
				callback_url: callbackUrl,
				active: !isOff,
				fields: [...fields].map((name) => ({ name, version })),
			})),
		}),
	}),
	endpoint({
		on: 'app',
		edge: 'subscriptions',
		method: 'POST',
		token: 'app',
		params: {
			object: 'string!',
			callback_url: 'string',
			fields: 'list',
			include_values: 'bool',
			verify_token: 'string',
		},
		run: subscribe,
	}),
	endpoint({
		on: 'app',
		edge: 'subscriptions',
		method: 'DELETE',
		token: 'app',
		params: { object: 'string', fields: 'list' },
		run: unsubscribe,
	}),
];
