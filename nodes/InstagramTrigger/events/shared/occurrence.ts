import type { IDataObject } from 'n8n-workflow';
import { isObject } from './values';

/** One thing that happened to one account, as it lies in a delivery. */
export type Occurrence = {
	/** Instagram account that it belongs to; empty when Meta names none, `0` for tests of the App Dashboard. */
	accountId: string;
	/** When Meta sent it, as it stands in the entry: milliseconds or seconds since 1970. */
	time: unknown;
	/** Where in the entry it lay; `entry` for a key of the entry that nobody knows. */
	place: 'messaging' | 'standby' | 'changes' | 'changed_fields' | 'entry';
	/** What tells the kind: the key beside sender and recipient (`message`, `postback`, ...), or the field's name. */
	kind: string;
	/** The field that was subscribed; empty where Meta does not tell it. */
	field: string;
	/** What readers read: the object of `messaging[]`, the value of a change. */
	body: IDataObject;
	/** What Meta sent, untouched. */
	raw: IDataObject;
	/** Made up by the Test button of the App Dashboard. */
	isTest: boolean;
	/** Its reader failed. */
	isUnreadable?: true;
	/** A new message that Meta announced by its ID: what it says is not known. */
	isUnread?: true;
};

type Test = (occurrence: Occurrence) => boolean;

/** Bookkeeping of `messaging[]` objects; another key tells what happened. */
const ENVELOPE_KEYS = new Set(['sender', 'recipient', 'timestamp', 'is_self', 'hop_context']);

/** The key that tells what happened; empty when there is none. */
export function kindOf(body: IDataObject): string {
	if (isObject(body.message)) return 'message';
	const keys = Object.keys(body).filter((key) => !ENVELOPE_KEYS.has(key));
	return keys.find((key) => isObject(body[key])) ?? keys[0] ?? '';
}

/** An object of `messaging[]` of one of these kinds. */
export function isMessaging(...kinds: string[]): Test {
	return ({ place, kind, body }) => place === 'messaging' && kinds.includes(kind) && isObject(body[kind]);
}

/** A change of this field. */
export function isChange(field: string): Test {
	return ({ place, kind }) => place === 'changes' && kind === field;
}

/** The events that come as a `message`, told apart by what is in it. */
export type MessageEvent = 'message' | 'messageDeleted' | 'echo' | 'storyMention' | 'storyReply';

const hasAttachment = (message: IDataObject, type: string): boolean =>
	Array.isArray(message.attachments) && message.attachments.some((one: unknown) => isObject(one) && one.type === type);

function messageEventOf(message: IDataObject): MessageEvent {
	if (message.is_deleted === true) return 'messageDeleted';
	if (message.is_echo === true) return 'echo';
	if (hasAttachment(message, 'story_mention')) return 'storyMention';
	return isObject(message.reply_to) && isObject(message.reply_to.story) ? 'storyReply' : 'message';
}

/** A `message` that makes this event. Each message makes exactly one. */
export function isMessage(event: MessageEvent): Test {
	const isOne = isMessaging('message');
	return (occurrence) => isOne(occurrence) && messageEventOf(occurrence.body.message as IDataObject) === event;
}
