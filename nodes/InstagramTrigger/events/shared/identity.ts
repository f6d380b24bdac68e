import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Occurrence } from './occurrence';
import { asText, idOf } from './values';

/** Nested deeper than can be written as text, a part counts for nothing; the other parts still do. */
function written(part: unknown): string {
	try {
		return JSON.stringify(part) ?? '';
	} catch {
		return '';
	}
}

/** Short name of a content: the same for the same parts, another one for any others. */
export function digestOf(...parts: unknown[]): string {
	return createHash('sha256').update(parts.map(written).join('\n')).digest('hex').slice(0, 32);
}

/** The entry's time is that of the sending, so it helps only where the object tells no time of its own. */
const momentOf = ({ body, time }: Occurrence): unknown => body.timestamp ?? time ?? null;

/**
 * ID of an event: the same in each repeat, and another one for each other event.
 * @param parts what tells the event apart, Meta's own ID first; when one is missing, the whole content does
 */
export function identityOf(occurrence: Occurrence, parts: unknown[]): string {
	const texts = parts.map(asText);
	const { accountId, place, kind, raw, isTest, time } = occurrence;
	const isComplete = texts.length > 0 && texts.every(Boolean);
	const identity = isComplete ? texts.join(':') : digestOf(accountId, place, kind, momentOf(occurrence), raw);
	// The dashboard sends the same sample at each press of its Test button.
	return isTest ? `${identity}:${asText(time) ?? ''}` : identity;
}

/** The ID of a message is Meta's own and good for one event. */
export function messageIdentity({ message }: IDataObject): unknown[] {
	return [(message as IDataObject).mid];
}

/**
 * For what people do to a message, which has no ID of its own: which message, what, who and when.
 * @param key where Meta's object lies
 * @param more keys of that object that tell two acts apart
 */
export function actOn(kind: string, body: IDataObject, key: string, ...more: string[]): unknown[] {
	const act = body[key] as IDataObject;
	// What is missing (an edit without its number) does not make the rest useless.
	const told = more.map((name) => act[name]).filter((value) => asText(value));
	return [act.mid, kind, idOf(body.sender), ...told, body.timestamp];
}
