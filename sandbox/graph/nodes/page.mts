import type { Page } from '../../world/types.mts';
import { accountOfPage, reachesPage, userById } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { tasksOf, taskNames } from '../engine/tasks.mts';
import { accountNode } from './account.mts';

/**
 * Pages that a user token may see: granted in the dialog, with `pages_show_list`, with a task of the
 * person's own, and those of a portfolio only with `business_management`.
 */
export function pagesOfToken(call: Call): Page[] {
	if (!call.scopes.has('pages_show_list')) return [];
	const token = tokenOf(call);
	const lost = userById(call.world, token.userId ?? '')?.lostPages;
	const granted = new Set(token.pageIds);
	return [...call.world.pages.values()].filter(
		(page) =>
			granted.has(page.id) &&
			!lost?.has(page.id) &&
			page.assigned &&
			(!page.inPortfolio || call.scopes.has('business_management')),
	);
}

const linkedAccount: FieldReader<Page> = (page, { call, children }) => {
	const account = accountOfPage(call.world, page);
	if (!account || !call.scopes.has('instagram_basic')) return undefined;
	if (!reachesPage(call.world, tokenOf(call), page.id)) return undefined;
	return selectNode(accountNode, account, children ?? [{ name: 'id', args: {} }], call);
};

const pageToken: FieldReader<Page> = (page, { call }) => {
	const token = tokenOf(call);
	if (token.kind === 'page') return token.value;
	return reachesPage(call.world, token, page.id) ? call.world.tokens.pageTokenOf(token, page.id).value : undefined;
};

/**
 * A Facebook Page.
 * @see https://developers.facebook.com/docs/graph-api/reference/user/accounts
 */
export const pageNode: NodeType<Page> = {
	name: 'Page',
	on: 'page',
	defaults: ['name', 'id'],
	fields: {
		id: (page) => page.id,
		name: (page) => page.name,
		username: (page) => page.username,
		category: (page) => page.category,
		category_list: (page) => [{ id: '1605186416478696', name: page.category }],
		tasks: (page, { call }) => taskNames(page, tasksOf(call.world, tokenOf(call), page)),
		link: (page) => `https://www.facebook.com/${page.id}`,
		is_published: () => true,
		verification_status: () => 'not_verified',
		fan_count: () => 310,
		followers_count: () => 310,
		has_transitioned_to_new_page_experience: (page) => page.newExperience,
		is_webhooks_subscribed: (page) => page.subscribedApps.size > 0,
		location: (page) =>
			page.hasLocation ? { city: 'Oslo', country: 'Norway', latitude: 59.91, longitude: 10.75 } : undefined,
		messaging_feature_status: () => ({ hop_v2: false, msgr_multi_app: true, ig_multi_app: false }),
		access_token: pageToken,
		instagram_business_account: { read: linkedAccount, nested: true },
		connected_instagram_account: { read: linkedAccount, nested: true },
	},
};

/** Fields of `/me/accounts` when none are asked for. */
export const ACCOUNT_LIST_DEFAULTS: string[] = ['access_token', 'category', 'category_list', 'name', 'id', 'tasks'];
