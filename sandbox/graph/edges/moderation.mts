import { customerByScopedId, findThread } from '../../world/threads.mts';
import type { Account, Thread } from '../../world/types.mts';
import { accountOfPage } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { readEnum } from '../engine/params.mts';

const ACTIONS = ['block_user', 'unblock_user', 'move_to_spam', 'ban_user', 'unban_user'] as const;
const MAX_PEOPLE = 10;
const MAX_ACTIONS = 2;

const threadWith = (call: Call, account: Account, id: string): Thread => {
	const customer = customerByScopedId(call.world, account, id);
	if (!customer) throw invalidParam('Param user_ids names somebody who is unknown to this account');
	const thread = findThread(call.world, account, customer);
	if (thread) return thread;
	throw new GraphError({
		code: 1,
		status: 500,
		message: 'There is no conversation with this person',
	});
};

const moderate = (call: Call, account: Account | undefined): unknown => {
	if (!account) throw invalidParam('No Instagram account is linked to this Page', 2534013);
	const people = call.params.user_ids as Array<{ id?: unknown } | null>;
	const actions = (call.params.actions as unknown[]).map((action) => readEnum('actions', action, ACTIONS));
	if (people.length < 1 || people.length > MAX_PEOPLE)
		throw invalidParam(`Param user_ids takes 1 to ${MAX_PEOPLE} people`);
	if (actions.length < 1 || actions.length > MAX_ACTIONS)
		throw invalidParam(`Param actions takes 1 to ${MAX_ACTIONS} actions`);
	if (actions.includes('block_user') && actions.includes('unblock_user'))
		throw invalidParam('Nobody can be blocked and unblocked at once');
	if (actions.some((action) => action?.includes('ban'))) throw invalidParam('Banning is for Messenger only');
	const threads = people.map((person) => threadWith(call, account, String(person?.id)));
	for (const thread of threads) {
		if (actions.includes('block_user')) thread.moderation.blocked = true;
		if (actions.includes('unblock_user')) thread.moderation.blocked = false;
		if (actions.includes('move_to_spam')) thread.moderation.spam = true;
	}
	return { success: true };
};

const SHARED: Pick<Endpoint, 'edge' | 'method' | 'token' | 'scopes' | 'params'> = {
	edge: 'moderate_conversations',
	method: 'POST',
	token: 'page',
	scopes: ['instagram_basic', 'instagram_manage_messages'],
	params: { user_ids: 'list!', actions: 'list!' },
};

/**
 * Moderation of conversations, of a Page or its account. Page token only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/moderate-conversations
 */
export const moderationEndpoints: Endpoint[] = [
	endpoint({
		...SHARED,
		on: 'page',
		run: (call, page) => moderate(call, accountOfPage(call.world, page)),
	}),
	endpoint({ ...SHARED, on: 'account', run: moderate }),
];
