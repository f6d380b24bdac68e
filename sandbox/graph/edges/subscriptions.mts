import { challenge, isAcceptableCallback } from '../../webhooks/challenge.mts';
import { INSTAGRAM_FIELDS, LOGIN_FIELDS, PAGE_FIELDS } from '../../webhooks/fields.mts';
import type { App, AppSubscription } from '../../world/app.mts';
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

/** What is subscribed for one object, where a call speaks of it. */
type Webhooks = {
	all(): Array<[string, AppSubscription]>;
	get(object: string): AppSubscription | undefined;
	set(object: string, subscription: AppSubscription): void;
	/** Take fields away, or all of it without any. */
	delete(object: string, fields: string[]): void;
};

/** A subscription without some fields; undefined when nothing is left. */
const without = (subscription: AppSubscription | undefined, gone: string[]): AppSubscription | undefined => {
	const fields = gone.length === 0 ? [] : [...(subscription?.fields ?? [])].filter((name) => !gone.includes(name));
	return subscription && fields.length > 0 ? { ...subscription, fields: new Set(fields) } : undefined;
};

/** The callback of Instagram Login is one of the object `instagram`, with the fields that this login has. */
const setInstagramWebhook = (app: App, subscription: AppSubscription): void => {
	const offered = [...subscription.fields].filter((name) => LOGIN_FIELDS.instagram.has(name));
	const fields = new Set([...(app.instagramWebhook?.fields ?? []), ...offered]);
	if (fields.size > 0) app.instagramWebhook = { ...subscription, fields };
};

/**
 * Which callbacks a call is about: by reports from live use, those of both logins at the Meta app; by others, that of
 * Instagram Login at the Instagram app (`instagramCallbackAt`).
 */
const webhooksOf = (call: Call, app: App): Webhooks => {
	const isBoth = call.world.settings.instagramCallbackAt === 'metaApp';
	if (call.path.startsWith(`/${app.instagramAppId}/`)) {
		const get = (object: string) => (object === 'instagram' ? app.instagramWebhook : undefined);
		return {
			all: () => (app.instagramWebhook ? [['instagram', app.instagramWebhook]] : []),
			get,
			set: (_object, subscription) => setInstagramWebhook(app, subscription),
			delete: (object, fields) => {
				if (object === 'instagram') app.instagramWebhook = without(app.instagramWebhook, fields);
			},
		};
	}
	const ofInstagram = (object: string) => (isBoth && object === 'instagram' ? app.instagramWebhook : undefined);
	return {
		all: () => {
			const other = app.subscriptions.has('instagram') ? undefined : ofInstagram('instagram');
			return [...app.subscriptions, ...(other ? [['instagram', other] satisfies [string, AppSubscription]] : [])];
		},
		get: (object) => app.subscriptions.get(object) ?? ofInstagram(object),
		set: (object, subscription) => {
			app.subscriptions.set(object, subscription);
			if (isBoth && object === 'instagram') setInstagramWebhook(app, subscription);
		},
		delete: (object, fields) => {
			const rest = without(app.subscriptions.get(object), fields);
			if (rest) app.subscriptions.set(object, rest);
			else app.subscriptions.delete(object);
			if (ofInstagram(object)) app.instagramWebhook = without(app.instagramWebhook, fields);
		},
	};
};

const subscribe = async (call: Call, app: App): Promise<unknown> => {
	const object = String(call.params.object);
	const webhooks = webhooksOf(call, app);
	const known = webhooks.get(object);
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
	webhooks.set(object, {
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
	const webhooks = webhooksOf(call, app);
	if (object === undefined) {
		for (const [name] of webhooks.all()) webhooks.delete(name, []);
		return { success: true };
	}
	webhooks.delete(object, checkFields(object, call.params.fields));
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
		run: (call, app) => ({
			data: webhooksOf(call, app)
				.all()
				.map(([object, { callbackUrl, fields, version, isOff }]) => ({
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
