import { DAY_MS, unixSeconds } from '../../world/clock.mts';
import { giveThread, INSTAGRAM_INBOX, passThread, requestThread, takeThread } from '../../world/handover.mts';
import { customerByScopedId, findThread, ownerOf } from '../../world/threads.mts';
import type { Account, Page, Thread } from '../../world/types.mts';
import { accountOfPage } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import type { ParamTable } from '../engine/params.mts';
import { convertParam } from '../engine/params.mts';
import { isPassTarget, notThreadOwner } from '../messaging/threadOwner.mts';

const MAX_EXTENSION_SECONDS = (7 * DAY_MS) / 1000;

const accountFor = (call: Call, page: Page): Account => {
	const account = accountOfPage(call.world, page);
	if (!account) throw invalidParam('No Instagram account is linked to this Page', 2534013);
	return account;
};

const threadFor = (call: Call, page: Page): Thread => {
	const account = accountFor(call, page);
	const { recipient } = call.params;
	const id = typeof recipient === 'string' ? recipient : (recipient as { id?: unknown }).id;
	const customer = customerByScopedId(call.world, account, String(id));
	const thread = customer && findThread(call.world, account, customer);
	if (!thread) throw invalidParam('There is no conversation with this recipient', 2534014);
	return thread;
};

const metadataOf = (call: Call) => call.params.metadata as string | undefined;

const mustOwn = (call: Call, thread: Thread): void => {
	const owner = ownerOf(call.world, thread);
	if (owner !== undefined && owner.appId !== tokenOf(call).appId) throw notThreadOwner();
};

const control = (edge: string, params: ParamTable, act: (call: Call, thread: Thread) => void): Endpoint =>
	endpoint({
		on: 'page',
		edge,
		method: 'POST',
		token: 'page',
		scopes: ['instagram_basic', 'instagram_manage_messages'],
		pageScopes: ['pages_messaging'],
		params: { recipient: 'object!', ...params },
		run: (call, page) => {
			act(call, threadFor(call, page));
			return { success: true };
		},
	});

/**
 * Conversation routing. Page token only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export const threadControlEndpoints: Endpoint[] = [
	control('pass_thread_control', { target_app_id: 'string', metadata: 'string' }, (call, thread) => {
		mustOwn(call, thread);
		const target = (call.params.target_app_id as string | undefined) ?? INSTAGRAM_INBOX;
		if (!isPassTarget(call.world, target)) throw invalidParam('Param target_app_id names no app of this Page');
		passThread(call.world, thread, tokenOf(call).appId, target, metadataOf(call));
	}),
	control('release_thread_control', { metadata: 'string' }, (call, thread) => {
		mustOwn(call, thread);
		thread.owner = undefined;
	}),
	control('take_thread_control', { metadata: 'string' }, (call, thread) => {
		if (!thread.account.conversationRouting) throw invalidParam('Conversation routing is not enabled for this account');
		takeThread(call.world, thread, tokenOf(call).appId, metadataOf(call));
	}),
	control('request_thread_control', { metadata: 'string' }, (call, thread) => {
		if (thread.account.conversationRouting)
			throw invalidParam('Control is not requested while conversation routing is enabled');
		requestThread(call.world, thread, tokenOf(call).appId, metadataOf(call));
	}),
	control('extend_thread_control', { duration: 'int' }, (call, thread) => {
		if (ownerOf(call.world, thread)?.appId !== tokenOf(call).appId) throw notThreadOwner();
		const seconds = (call.params.duration as number | undefined) ?? DAY_MS / 1000;
		if (seconds <= 0 || seconds > MAX_EXTENSION_SECONDS)
			throw invalidParam('Param duration must be at most 7 days, in seconds');
		const end = call.world.clock.now() + seconds * 1000;
		giveThread(call.world, thread, tokenOf(call).appId, end);
	}),
	endpoint({
		on: 'page',
		edge: 'thread_owner',
		method: 'GET',
		token: 'page',
		scopes: ['instagram_basic', 'instagram_manage_messages'],
		params: { recipient: 'string!' },
		run: (call, page) => {
			const text = String(call.params.recipient);
			if (text.startsWith('{')) call.params.recipient = convertParam('recipient', 'object', text);
			const owner = ownerOf(call.world, threadFor(call, page));
			if (!owner) return { data: [] };
			const mine = owner.appId === tokenOf(call).appId;
			return {
				data: [
					{
						thread_owner: {
							...(mine && { app_id: owner.appId }),
							expiration: unixSeconds(owner.expiresAt),
						},
					},
				],
			};
		},
	}),
];
