import { DAY_MS } from './clock.mts';
import { newMessageId, newScopedId, newThreadId, numericId, selfScopedId } from './ids.mts';
import type { Account, Customer, Message, Thread } from './types.mts';
import type { World } from './world.mts';

/** Standard messaging window: 24 hours after the customer's last event. */
export const STANDARD_WINDOW_MS = DAY_MS;
/** Window of the HUMAN_AGENT tag: 7 days. */
const HUMAN_AGENT_WINDOW_MS = 7 * DAY_MS;
/** Details of older messages are not available (Conversations API). */
const READABLE_MESSAGES = 20;

/** The id under which an account sees a customer; made on first contact. */
export function scopedIdFor(account: Account, customer: Customer): string {
	const known = customer.scopedIds.get(account.id);
	if (known) return known;
	const isSelf = customer.username === account.username;
	const id = isSelf ? selfScopedId(account.id) : newScopedId();
	customer.scopedIds.set(account.id, id);
	return id;
}

/** The customer behind a scoped id of this account; ids of another account do not resolve. */
export function customerByScopedId(world: World, account: Account, scopedId: string): Customer | undefined {
	return [...world.customers.values()].find((customer) => customer.scopedIds.get(account.id) === scopedId);
}

export function findThread(world: World, account: Account, customer: Customer): Thread | undefined {
	return [...world.threads.values()].find((thread) => thread.account === account && thread.customer === customer);
}

/** Whether an account writes to itself, which it may at any time. */
export function isSelfThread({ account, customer }: Thread): boolean {
	return customer.username === account.username;
}

/** The conversation of an account and a customer, made when it does not exist. */
export function threadOf(world: World, account: Account, customer: Customer): Thread {
	const known = findThread(world, account, customer);
	if (known) return known;
	const number = numericId('340282366841710300949128', 39);
	const thread: Thread = {
		id: newThreadId(account.id, number),
		number,
		account,
		customer,
		scopedId: scopedIdFor(account, customer),
		messages: [],
		openedAt: 0,
		consent: false,
		updatedAt: world.clock.now(),
		moderation: { blocked: false, spam: false },
	};
	world.threads.set(thread.id, thread);
	return thread;
}

/** Parts of a message that the sender chooses. */
export type MessageContent = Partial<
	Pick<
		Message,
		| 'text'
		| 'attachments'
		| 'quickReplyPayload'
		| 'quickReplies'
		| 'replyTo'
		| 'replyToStory'
		| 'referral'
		| 'unsupported'
		| 'announced'
		| 'postbackPayload'
	>
>;

/** Put a message into a conversation, without announcing it. */
function appendMessage(world: World, thread: Thread, from: Message['from'], content: MessageContent): Message {
	const message: Message = {
		id: newMessageId(thread.account.id, thread.number),
		at: world.clock.now(),
		from,
		attachments: [],
		reactions: [],
		edits: 0,
		deleted: false,
		...content,
	};
	thread.messages.push(message);
	thread.updatedAt = message.at;
	world.messages.set(message.id, { thread, message });
	return message;
}

/** The customer did something that opens the 24-hour window. */
export function openWindow(world: World, thread: Thread): void {
	const now = world.clock.now();
	thread.openedAt = now;
	thread.consent = true;
	// Control lasts 24 hours from the last message of the customer.
	if (thread.owner && thread.owner.expiresAt > now)
		thread.owner.expiresAt = Math.max(thread.owner.expiresAt, now + STANDARD_WINDOW_MS);
}

/** The ig.me link that brought somebody here goes with the first thing they write or tap. */
const takeArrival = (thread: Thread): Pick<Message, 'referral'> => {
	const { arrival } = thread;
	thread.arrival = undefined;
	return arrival ? { referral: arrival } : {};
};

/** A direct message from a customer; from a blocked one it reaches nobody. */
export function customerWrites(world: World, thread: Thread, content: MessageContent): Message {
	const message = appendMessage(world, thread, 'customer', { ...takeArrival(thread), ...content });
	if (thread.moderation.blocked) {
		message.deleted = true;
		return message;
	}
	openWindow(world, thread);
	world.emit({ type: 'message', thread, message });
	return message;
}

/** A message of the business, by API or by hand; each gives an echo. */
export function accountWrites(world: World, thread: Thread, content: MessageContent): Message {
	const message = appendMessage(world, thread, 'account', content);
	world.emit({ type: 'message', thread, message });
	return message;
}

/** A customer taps a button: a postback, which also shows as a line in the conversation. */
export function customerTaps(world: World, thread: Thread, title: string, payload: string): Message {
	const message = appendMessage(world, thread, 'customer', {
		text: title,
		postbackPayload: payload,
		...takeArrival(thread),
	});
	openWindow(world, thread);
	world.emit({ type: 'postback', thread, message, title, payload });
	return message;
}

/** Whether the business may write now; `humanAgent` asks for the 7-day window. */
export function windowIsOpen(world: World, thread: Thread, humanAgent: boolean): boolean {
	return (
		isSelfThread(thread) ||
		(thread.openedAt > 0 &&
			world.clock.now() - thread.openedAt < (humanAgent ? HUMAN_AGENT_WINDOW_MS : STANDARD_WINDOW_MS))
	);
}

/** Whether the details of a message may still be read: not deleted, among the newest twenty. */
export function isReadable(thread: Thread, message: Message): boolean {
	return !message.deleted && thread.messages.slice(-READABLE_MESSAGES).includes(message);
}

/** Set or take away a reaction of one side. */
export function setReaction(message: Message, by: 'customer' | 'account', reaction?: string, emoji?: string): void {
	message.reactions = message.reactions.filter((known) => known.by !== by);
	if (reaction !== undefined) message.reactions.push({ by, reaction, emoji });
}

/** Messages of the customer since the business last wrote, or told that it has seen the conversation. */
export function unreadIn(thread: Thread): Message[] {
	const answered = thread.messages.findLastIndex(({ from }) => from === 'account');
	return thread.messages.filter(
		({ from, at, deleted }, index) =>
			from === 'customer' && !deleted && index > answered && at > (thread.seenAt ?? -Infinity),
	);
}

/** Who controls a conversation now; undefined when it is idle. */
export function ownerOf(world: World, thread: Thread): Thread['owner'] {
	return thread.owner && thread.owner.expiresAt > world.clock.now() ? thread.owner : undefined;
}
