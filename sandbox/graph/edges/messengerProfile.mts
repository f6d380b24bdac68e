import type { Account, Page } from '../../world/types.mts';
import { accountOfPage } from '../../world/world.mts';
import type { Call, Method } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import type { ParamTable } from '../engine/params.mts';
import { readEnum } from '../engine/params.mts';

type Shape = Record<string, unknown>;
const NAMES = ['ice_breakers', 'persistent_menu'] as const;
const LOCALE = /^(default|[a-z]{2,3}_[A-Z]{2})$/;
const MAX_QUESTIONS = 4;
const MAX_MENU = 20;

const checkPlatform = (call: Call): void => {
	const platform = readEnum('platform', call.params.platform, ['INSTAGRAM', 'MESSENGER']);
	// graph.instagram.com has no Messenger profiles to tell apart.
	if (platform === undefined && call.login === 'instagram') return;
	if (platform !== 'INSTAGRAM') throw invalidParam('Param platform must be instagram for an Instagram profile');
};

const linkedAccount = (call: Call, page: Page): Account => {
	checkPlatform(call);
	const account = accountOfPage(call.world, page);
	if (!account) throw invalidParam('No Instagram account is linked to this Page', 2534013);
	return account;
};

const filled = (value: unknown): boolean => typeof value === 'string' && value !== '';

const checkQuestion = ({ question, payload }: Shape): void => {
	if (!filled(question) || !filled(payload)) throw invalidParam('An ice breaker needs question and payload');
};

const checkItem = ({ type, title, payload, url }: Shape): void => {
	const fits = filled(title) && ((type === 'postback' && filled(payload)) || (type === 'web_url' && filled(url)));
	if (!fits) throw invalidParam('A menu item needs a title, and is a postback with payload or a web_url with url');
};

const checkLocales = (name: string, value: unknown, max: number, check: (item: Shape) => void): Shape[] => {
	const locales = (value as unknown[]).map((entry) => (entry ?? {}) as Shape);
	if (!locales.some(({ locale }) => locale === 'default'))
		throw invalidParam(`Param ${name} needs an entry for the locale default`);
	const names = locales.map(({ locale }) => String(locale));
	if (new Set(names).size < names.length || names.some((one) => !LOCALE.test(one)))
		throw invalidParam(`Param ${name} needs one entry per locale, e.g. default or en_GB`);
	for (const { call_to_actions: actions } of locales) {
		if (!Array.isArray(actions) || actions.length === 0 || actions.length > max) {
			throw invalidParam(`Param ${name} needs 1 to ${max} call_to_actions per locale`);
		}
		(actions as Shape[]).forEach(check);
	}
	return locales;
};

type Operation = {
	method: Method;
	params: ParamTable;
	run(call: Call, profile: Account['profile']): unknown;
};

const OPERATIONS: Operation[] = [
	{
		method: 'GET',
		params: { platform: 'string' },
		run: (call, profile) => {
			const asked = (call.fields ?? []).map(({ name }) => readEnum('fields', name, NAMES));
			const data: unknown[] = [];
			if (asked.includes('ice_breakers')) data.push(...(profile.ice_breakers ?? []));
			if (asked.includes('persistent_menu') && profile.persistent_menu)
				data.push({ persistent_menu: profile.persistent_menu });
			return { data };
		},
	},
	{
		method: 'POST',
		params: { platform: 'string', ice_breakers: 'list', persistent_menu: 'list' },
		run: (call, profile) => {
			const { ice_breakers: questions, persistent_menu: menu } = call.params;
			if (questions === undefined && menu === undefined)
				throw invalidParam('One of ice_breakers and persistent_menu is required');
			const next = { ...profile };
			if (questions !== undefined)
				next.ice_breakers = checkLocales('ice_breakers', questions, MAX_QUESTIONS, checkQuestion);
			if (menu !== undefined) next.persistent_menu = checkLocales('persistent_menu', menu, MAX_MENU, checkItem);
			Object.assign(profile, next);
			return { success: true };
		},
	},
	{
		method: 'DELETE',
		params: { platform: 'string', fields: 'list!' },
		run: (call, profile) => {
			for (const field of call.params.fields as unknown[]) {
				const name = readEnum('fields', field, NAMES);
				if (name) delete profile[name];
			}
			return { success: true };
		},
	},
];

const SHARED = {
	edge: 'messenger_profile',
	scopes: ['instagram_basic', 'instagram_manage_messages'],
};

/**
 * Ice breakers and persistent menu. With Facebook Login for Page tokens only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ice-breakers
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/persistent-menu
 */
export const messengerProfileEndpoints: Endpoint[] = OPERATIONS.flatMap(({ method, params, run }) => [
	endpoint({
		...SHARED,
		on: 'page',
		method,
		params,
		token: 'page',
		run: (call, page) => run(call, linkedAccount(call, page).profile),
	}),
	endpoint({
		...SHARED,
		on: 'account',
		method,
		params,
		token: 'any',
		login: 'instagram',
		run: (call, account) => {
			checkPlatform(call);
			return run(call, account.profile);
		},
	}),
]);
