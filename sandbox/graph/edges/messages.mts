import { accountWrites, isSelfThread, setReaction } from '../../world/threads.mts';
import type { Account, Thread } from '../../world/types.mts';
import { accountOfPage } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { readMessage } from '../messaging/messageContent.mts';
import type { ParamTable } from '../engine/params.mts';
import { convertParam, readEnum } from '../engine/params.mts';
import { checkWindow, readRecipient } from '../messaging/recipient.mts';
import { needScopes } from '../engine/tasks.mts';
import { invalidMessage } from '../messaging/templates.mts';
import { claimThread, readThreadControl } from '../messaging/threadOwner.mts';

/** Parameters of the Send API for both hosts (edge reference, v25.0). */
const SEND_PARAMS: ParamTable = {
	recipient: 'object!',
	message: 'object',
	messaging_type: 'string',
	tag: 'string',
	sender_action: 'string',
	payload: 'object',
	reply_to: 'object',
	thread_control: 'object',
	folder: 'string',
};
const PAGE_ONLY: ParamTable = {
	persona_id: 'string',
	notification_type: 'string',
	suggestion_action: 'string',
};

const REACTIONS = ['angry', 'sad', 'wow', 'love', 'like', 'laugh', 'other'];

/** Whether the call asks for the 7-day window; every other tag is refused. */
const asksHumanAgent = (call: Call): boolean => {
	const type = readEnum('messaging_type', call.params.messaging_type, ['RESPONSE', 'UPDATE', 'MESSAGE_TAG', 'UTILITY']);
	const tag = call.params.tag;
	if ((type === 'MESSAGE_TAG') !== (tag !== undefined)) {
		throw invalidParam('Params messaging_type MESSAGE_TAG and tag belong together');
	}
	if (tag === undefined) return false;
	if (tag !== 'HUMAN_AGENT') throw invalidParam(`The tag ${String(tag)} is not supported`);
	if (!call.app?.humanAgent) {
		throw new GraphError({
			code: 3,
			message: '(#3) The app does not have the Human Agent feature',
		});
	}
	return true;
};

const react = (call: Call, thread: Thread, add: boolean): void => {
	const payload = call.params.payload as Record<string, unknown> | undefined;
	const message = thread.messages.find((one) => one.id === payload?.message_id && !one.deleted);
	if (!message) throw invalidParam('Param payload needs the message_id of a message of this conversation');
	if (!add) return setReaction(message, 'account');
	const reaction = payload?.reaction;
	if (typeof reaction !== 'string' || !(REACTIONS.includes(reaction) || /^\p{Emoji}/u.test(reaction))) {
		throw invalidParam('Param payload needs a reaction: a name or an emoji');
	}
	setReaction(message, 'account', REACTIONS.includes(reaction) ? reaction : 'other', reaction);
};

const act = (call: Call, thread: Thread): unknown => {
	const action = readEnum('sender_action', call.params.sender_action, [
		'TYPING_ON',
		'TYPING_OFF',
		'MARK_SEEN',
		'REACT',
		'UNREACT',
	]);
	if (action === 'MARK_SEEN') thread.seenAt = call.world.clock.now();
	if (action === 'REACT' || action === 'UNREACT') react(call, thread, action === 'REACT');
	return { recipient_id: thread.scopedId };
};

const readReplyTo = (call: Call, thread: Thread): string | undefined => {
	const replyTo = call.params.reply_to as Record<string, unknown> | undefined;
	if (replyTo === undefined) return undefined;
	const known = thread.messages.find((one) => one.id === replyTo.mid && !one.deleted);
	if (!known) throw invalidParam('Param reply_to needs the mid of a message of this conversation');
	return known.id;
};

const send = async (call: Call, account: Account): Promise<unknown> => {
	if (!account.allowMessages) {
		throw new GraphError({
			code: 200,
			subcode: 2534041,
			status: 403,
			message: '(#200) The owner of the account does not allow access to messages',
		});
	}
	if (account.messagingBlocked) throw invalidParam('The business is blocked from messaging by API', 2534029);
	const { message, sender_action: action } = call.params;
	if ((message === undefined) === (action === undefined)) {
		throw invalidParam('Exactly one of message and sender_action is needed');
	}
	const humanAgent = asksHumanAgent(call);
	readEnum('folder', call.params.folder, ['PARTNERSHIP']);
	readEnum('notification_type', call.params.notification_type, ['NO_PUSH', 'REGULAR', 'SILENT_PUSH']);
	const { thread, comment } = readRecipient(call, account);
	const open = call.app?.live !== false && call.app?.advancedAccess !== false;
	if (!open && !thread.customer.hasRole && !isSelfThread(thread)) {
		throw new GraphError({
			code: 200,
			subcode: 2018028,
			status: 403,
			message: '(#200) Without advanced access and live mode, only people with a role can be written to',
		});
	}
	if (!comment) {
		checkWindow(call, thread, humanAgent);
		claimThread(call, thread);
	}
	if (message === undefined) {
		if (comment) throw invalidParam('A sender action needs recipient.id');
		return act(call, thread);
	}
	const replyTo = readReplyTo(call, thread);
	const handOver = readThreadControl(call, thread);
	const { attachmentId, ...content } = await readMessage(call, message as Record<string, unknown>);
	if (content.quickReplies && isSelfThread(thread))
		throw invalidMessage('Quick replies do not work in a conversation with oneself');
	if (comment?.privatelyReplied) throw invalidParam('This comment has had its private reply', 2534025);
	if (comment) comment.privatelyReplied = true;
	const sent = accountWrites(call.world, thread, { ...content, replyTo });
	handOver();
	return {
		recipient_id: thread.scopedId,
		message_id: sent.id,
		...(attachmentId !== undefined && { attachment_id: attachmentId }),
	};
};

/** 200/… permissions of a send; a private reply also needs the comment permission. */
const privateReplyScopes = (call: Call): void => {
	const recipient = convertParam('recipient', 'object', call.raw.recipient) as Record<string, unknown>;
	const scope = recipient.comment_id === undefined ? 'instagram_manage_messages' : 'instagram_manage_comments';
	needScopes(call, [scope]);
};

/**
 * The Send API. With Facebook Login for Page tokens only.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
export const messageEndpoints: Endpoint[] = [
	endpoint({
		on: 'page',
		edge: 'messages',
		method: 'POST',
		token: 'page',
		scopes: ['instagram_basic'],
		pageScopes: ['pages_messaging'],
		params: { ...SEND_PARAMS, ...PAGE_ONLY },
		run: (call, page) => {
			const account = accountOfPage(call.world, page);
			if (!account) throw invalidParam('No Instagram account is linked to this Page', 2534013);
			privateReplyScopes(call);
			return send(call, account);
		},
	}),
	endpoint({
		on: 'account',
		edge: 'messages',
		method: 'POST',
		token: 'page',
		scopes: ['instagram_basic'],
		pageScopes: ['pages_messaging'],
		params: SEND_PARAMS,
		run: (call, account) => {
			const { pageId } = tokenOf(call);
			if (call.login === 'facebook' && pageId !== account.pageId)
				throw invalidParam('The Page token belongs to another account');
			privateReplyScopes(call);
			return send(call, account);
		},
	}),
];
