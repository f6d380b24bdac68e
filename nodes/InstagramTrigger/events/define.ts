import type { IDataObject } from 'n8n-workflow';
import { isoFromWebhook } from '../../meta/time';

/** What every event carries, whatever its kind. Times are ISO 8601; IDs are strings. */
export type InstagramEvent = IDataObject & {
	event: string;
	/** Meta's ID of the message or comment: the same in every repeat of a delivery. */
	eventId: string;
	/** Instagram account that the event belongs to. */
	accountId: string;
	/** The person on the other side, by the ID that answers need. */
	conversationWith: string | null;
	timestamp: string | null;
	/** Sent by the account itself. */
	isEcho: boolean;
	isTest: boolean;
	/** Meta's object, untouched. */
	raw: IDataObject;
};

/** One thing that happened to one account, as it lies in a delivery's `messaging[]` or `changes[]`. */
export type Occurrence = {
	accountId: string;
	/** Time of the entry in milliseconds since 1970. */
	time: number | undefined;
	/** Key that tells the kind: `message`, `postback`, ... in `messaging[]`; the field's name in `changes[]`. */
	kind: string;
	raw: IDataObject;
};

/** One kind of event: what the operator subscribes to, and how Meta's object becomes an item. */
export type EventReader = {
	/** `event` of the items; also the value of the Events field. */
	event: string;
	name: string;
	description: string;
	/** Field of the app's `instagram` object. */
	field: string;
	/** Field of the Page's `subscribed_apps` that switches delivery on. */
	pageField: string;
	/** Not chosen under Events but by an option. */
	optional?: true;
	/** Whether this reader is in charge of the occurrence. */
	reads: (occurrence: Occurrence) => boolean;
	read: (occurrence: Occurrence) => InstagramEvent;
};

export const reader = (definition: EventReader): EventReader => definition;

export const idOf = (party: unknown): string | null => {
	const id = (party as { id?: unknown } | undefined)?.id;
	return id === undefined || id === null ? null : String(id);
};

/**
 * An event of `messaging[]`: the common fields, then its own. Without an ID of its own, person and time identify it.
 * @param details the event's own object, under its name
 */
export function messagingEvent(event: string, occurrence: Occurrence, id: unknown, details: IDataObject): InstagramEvent {
	const { accountId, raw, time } = occurrence;
	const eventId = id ?? `${JSON.stringify(raw.sender)}:${String(raw.timestamp)}`;
	const isEcho = Boolean((raw.message as IDataObject | undefined)?.is_echo);
	return {
		event,
		eventId: String(eventId),
		accountId,
		conversationWith: idOf(isEcho ? raw.recipient : raw.sender),
		timestamp: isoFromWebhook(raw.timestamp ?? time),
		isEcho,
		isTest: accountId === '0',
		...details,
		raw,
	};
}
