import type { IDataObject } from 'n8n-workflow';
import type { MessageEvent, Occurrence } from './occurrence';
import { asId, asText, idOf, isObject } from './values';

/** Until Meta has been asked. */
const NOT_ASKED = 'Meta announced the message by its ID only.';

const countsNoChange = ({ num_edit: changes }: IDataObject): boolean => {
	const count = asText(changes)?.trim();
	return count !== undefined && count !== '' && Number(count) === 0;
};

/**
 * Meta announces new messages as edits that count no change, beside the `message` or instead of it, and at times without
 * sender and recipient. Nothing was edited: it becomes a message whose content is not known. Other occurrences stay as
 * they are.
 */
export function asNewMessage(occurrence: Occurrence): Occurrence {
	const { accountId, place, kind, body } = occurrence;
	const { message_edit: edit, ...rest } = body;
	if ((place !== 'messaging' && place !== 'standby') || kind !== 'message_edit') return occurrence;
	if (!isObject(edit) || !countsNoChange(edit)) return occurrence;
	const sender = idOf(body.sender);
	const message: IDataObject = { mid: edit.mid, content_problem: NOT_ASKED };
	if (asText(edit.text)) message.text = edit.text;
	if (sender !== null && sender === accountId && body.is_self !== true) message.is_echo = true;
	return { ...occurrence, kind: 'message', body: { ...rest, message }, isUnread: true };
}

/** Meta's ID of the message that lies in an occurrence. */
export function messageIdOf({ kind, body }: Occurrence): string | null {
	return kind === 'message' && isObject(body.message) ? asId(body.message.mid) : null;
}

/** What is known of an announced message once Meta has been asked, with the keys of a webhook. */
export type Told = {
	sender?: IDataObject;
	recipient?: IDataObject;
	/** Milliseconds since 1970. */
	timestamp?: number;
	/** The content; without it, `problem` says as a sentence why not. */
	message?: IDataObject;
	problem?: string;
	/** The account itself wrote it. */
	isEcho?: boolean;
};

/** The occurrence as if the message itself had come, as far as Meta told it. What the webhook says counts first. */
export function withContent(occurrence: Occurrence, told: Told): Occurrence {
	const { sender, recipient, timestamp, message, problem, isEcho } = told;
	const announced = occurrence.body.message as IDataObject;
	const body: IDataObject = { ...occurrence.body };
	if (idOf(body.sender) === null && sender) body.sender = sender;
	if (idOf(body.recipient) === null && recipient) body.recipient = recipient;
	if (body.timestamp === undefined && timestamp !== undefined) body.timestamp = timestamp;
	body.message = {
		...announced,
		...message,
		content_problem: message ? undefined : (problem ?? NOT_ASKED),
		...(isEcho ? { is_echo: true } : {}),
	};
	return { ...occurrence, body };
}

/** The events that an announced message can turn out to be. */
export function candidatesOf({ place, body }: Occurrence): Array<MessageEvent | 'standby'> {
	if (place === 'standby') return ['standby'];
	if ((body.message as IDataObject).is_echo === true) return ['echo'];
	const received: MessageEvent[] = ['message', 'storyReply', 'storyMention'];
	return idOf(body.sender) === null ? [...received, 'echo'] : received;
}
