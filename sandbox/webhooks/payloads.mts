import type { Login } from '../world/app.mts';
import type { WorldEvent } from '../world/events.mts';
import { isSelfThread } from '../world/threads.mts';
import type { Account, Message, Thread } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { commentEvents, mentionEvents, storyInsightsEvent } from './changes.mts';
import type { WebhookEvent } from './event.mts';
import { echoMarks, isAnnounced, messageBody } from './messageBody.mts';

type Body = Record<string, unknown>;

const messaging = (thread: Thread, field: string, at: number, from: Message['from'], body: Body): WebhookEvent => {
	const account = { id: thread.account.id };
	const customer = { id: thread.scopedId };
	const [sender, recipient] = from === 'customer' ? [customer, account] : [account, customer];
	return {
		accountId: thread.account.id,
		fields: [field],
		style: 'messaging',
		at,
		thread,
		byRole: from === 'account' || thread.customer.hasRole,
		body: { sender, recipient, timestamp: at, ...body },
	};
};

/** Events that concern the account itself have no sender. */
const toAccount = (account: Account, field: string, at: number, body: Body): WebhookEvent => ({
	accountId: account.id,
	fields: [field],
	style: 'messaging',
	at,
	byRole: true,
	body: { recipient: { id: account.id }, timestamp: at, ...body },
});

const messageEvents = (
	world: World,
	login: Login,
	{ thread, message }: { thread: Thread; message: Message },
): WebhookEvent[] => {
	if (!isAnnounced(message, login)) return [];
	const body = { message: messageBody(world, thread, message) };
	const event = messaging(thread, 'messages', message.at, message.from, body);
	if (message.from === 'account') event.fields.push('message_echoes');
	if (message.announced === undefined) return [event];
	const edit = { message_edit: { mid: message.id, num_edit: 0 } };
	const announcement = messaging(thread, 'message_edit', message.at, message.from, edit);
	return message.announced === 'instead' ? [announcement] : [announcement, event];
};

/**
 * The webhooks for something that happened, in Meta's shapes.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export function toWebhooks(world: World, event: WorldEvent, login: Login): WebhookEvent[] {
	switch (event.type) {
		case 'message':
			return messageEvents(world, login, event);
		case 'postback': {
			const { thread, message, title, payload } = event;
			const { id: mid, referral } = message;
			const postback = { mid, title, payload, ...(referral && { referral }) };
			const self = isSelfThread(thread) ? { is_self: true } : {};
			return [messaging(thread, 'messaging_postbacks', message.at, 'customer', { ...self, postback })];
		}
		case 'reaction': {
			const { thread, mid, action, reaction, emoji, at } = event;
			const detail = action === 'react' ? { reaction, emoji } : {};
			const body = { reaction: { mid, action, ...detail } };
			return [messaging(thread, 'message_reactions', at, 'customer', body)];
		}
		case 'seen': {
			const body = { read: { mid: event.mid } };
			return [messaging(event.thread, 'messaging_seen', event.at, 'customer', body)];
		}
		case 'edit': {
			const { thread, message, at } = event;
			const body = {
				message_edit: { mid: message.id, text: message.text, num_edit: message.edits },
			};
			return [messaging(thread, 'message_edit', at, message.from, body)];
		}
		case 'delete': {
			const { thread, message, at } = event;
			const body = {
				message: { mid: message.id, is_deleted: true, ...echoMarks(thread, message) },
			};
			return [messaging(thread, 'messages', at, message.from, body)];
		}
		case 'referral': {
			const { thread, referral, at } = event;
			return [messaging(thread, 'messaging_referral', at, 'customer', { referral })];
		}
		case 'optin': {
			const { thread, optin, at } = event;
			return [messaging(thread, 'messaging_optins', at, 'customer', { optin })];
		}
		case 'feedback': {
			const { thread, mid, feedback, at } = event;
			const body = { response_feedback: { feedback, mid } };
			return [messaging(thread, 'response_feedback', at, 'customer', body)];
		}
		case 'handover': {
			const { thread, handover, at } = event;
			const body = { [handover.kind]: handover.body };
			return [
				{
					...messaging(thread, 'messaging_handover', at, 'customer', body),
					appId: handover.appId,
				},
			];
		}
		case 'appRoles': {
			const { account, appId, roles, at } = event;
			const body = { app_roles: { [appId]: roles } };
			return [{ ...toAccount(account, 'messaging_handover', at, body), appId }];
		}
		case 'policy': {
			const { account, action, reason, at } = event;
			const body = { policy_enforcement: { action, reason } };
			return [toAccount(account, 'messaging_policy_enforcement', at, body)];
		}
		case 'comment':
			return commentEvents(world, login, event.comment, event.ad);
		case 'mention':
			return mentionEvents(world, login, event.account, event.by, event.in, event.at);
		case 'storyInsights':
			return [storyInsightsEvent(world, event.media)];
		case 'appRemoved':
		case 'deletionRequested':
			return [];
	}
}
