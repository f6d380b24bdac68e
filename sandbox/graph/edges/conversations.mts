import { customerByScopedId, findThread, isReadable } from '../../world/threads.mts';
import type { Account, Thread } from '../../world/types.mts';
import { accountOfPage } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { conversationNode, messageNode, messagesOf } from '../nodes/conversation.mts';
import { edgePage } from '../engine/paging.mts';
import type { ParamTable } from '../engine/params.mts';
import { readEnum } from '../engine/params.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'instagram_manage_messages'];

const checkRate = (call: Call): void => {
	const account = call.account;
	if (!account || call.context.usage.withinRate(account.id, account.conversationCallsPerSecond)) return;
	throw new GraphError({
		code: 613,
		subcode: 2534040,
		message: '(#613) Too many Conversations API calls for this account',
	});
};

const threadsOf = (call: Call, account: Account): Thread[] => {
	const all = [...call.world.threads.values()]
		.filter((thread) => thread.account === account && thread.messages.length > 0)
		.sort((a, b) => b.updatedAt - a.updatedAt);
	const userId = call.params.user_id as string | undefined;
	if (userId === undefined) return all;
	const customer = customerByScopedId(call.world, account, userId);
	const thread = customer && findThread(call.world, account, customer);
	return thread && all.includes(thread) ? [thread] : [];
};

const LIST_PARAMS: ParamTable = {
	platform: 'string',
	user_id: 'string',
	folder: 'string',
	tags: 'list',
};

const readPlatform = (call: Call) => readEnum('platform', call.params.platform, ['INSTAGRAM', 'MESSENGER']);

const listThreads = (call: Call, items: Thread[]) =>
	edgePage(call, { items, keyOf: (thread) => thread.id, type: conversationNode });

/**
 * Conversations and messages. With Facebook Login for Page tokens only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api
 */
export const conversationEndpoints: Endpoint[] = [
	endpoint({
		on: 'page',
		edge: 'conversations',
		method: 'GET',
		token: 'page',
		scopes: SCOPES,
		pageScopes: ['pages_manage_metadata'],
		params: LIST_PARAMS,
		run: (call, page) => {
			checkRate(call);
			const platform = readPlatform(call);
			const account = accountOfPage(call.world, page);
			if (platform === 'INSTAGRAM' && !account) {
				throw invalidParam('No Instagram account is linked to this Page', 2534013);
			}
			// Without the platform, Meta lists Messenger conversations, of which the sandbox has none.
			return listThreads(call, platform === 'INSTAGRAM' && account ? threadsOf(call, account) : []);
		},
	}),
	endpoint({
		on: 'account',
		edge: 'conversations',
		method: 'GET',
		token: 'any',
		login: 'instagram',
		scopes: SCOPES,
		params: LIST_PARAMS,
		run: (call, account) => {
			checkRate(call);
			return listThreads(call, readPlatform(call) === 'MESSENGER' ? [] : threadsOf(call, account));
		},
	}),
	endpoint({
		on: 'conversation',
		edge: '',
		method: 'GET',
		token: 'page',
		scopes: SCOPES,
		params: {},
		run: (call, thread) => {
			checkRate(call);
			return selectNode(conversationNode, thread, call.fields, call);
		},
	}),
	endpoint({
		on: 'conversation',
		edge: 'messages',
		method: 'GET',
		token: 'page',
		scopes: SCOPES,
		params: { source: 'string' },
		run: (call, thread) => {
			checkRate(call);
			return edgePage(call, {
				items: messagesOf(thread),
				keyOf: ({ message }) => message.id,
				type: messageNode,
			});
		},
	}),
	endpoint({
		on: 'message',
		edge: '',
		method: 'GET',
		token: 'page',
		scopes: SCOPES,
		params: {},
		run: (call, found) => {
			checkRate(call);
			if (!isReadable(found.thread, found.message)) {
				throw new GraphError({ code: 9000001, message: '(#9000001) The message has been deleted' });
			}
			return selectNode(messageNode, found, call.fields, call);
		},
	}),
];
