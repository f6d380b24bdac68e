import type { IDataObject } from 'n8n-workflow';
import { kindOf, type Occurrence } from '../events/shared/occurrence';
import { asText, idOf, isObject } from '../events/shared/values';

/** Bookkeeping of an entry; every other key holds what happened. */
const BOOKKEEPING = new Set(['id', 'time', 'uid', 'hop_context']);

/** Longer than any ID or time of Meta's. */
const MAX_BOOKKEEPING_LENGTH = 64;

/** People and accounts of the samples behind the dashboard's Test buttons. */
const TEST_ACCOUNT = '0';
const TEST_SENDER = '12334';
const TEST_RECIPIENT = '23245';

type Place = Occurrence['place'];
type Common = Pick<Occurrence, 'accountId' | 'time'> & {
	/** Bookkeeping of the entry as Meta sent it. */
	head: IDataObject;
};

function occurrenceOf(
	{ accountId, time }: Common,
	place: Place,
	kind: string,
	body: IDataObject,
	raw: unknown,
	field = '',
): Occurrence {
	const isSample = idOf(body.sender) === TEST_SENDER && idOf(body.recipient) === TEST_RECIPIENT;
	return {
		accountId,
		time,
		place,
		kind,
		field,
		body,
		raw: raw as IDataObject,
		isTest: accountId === TEST_ACCOUNT || isSample,
	};
}

const elsewhere = (common: Common, key: string, value: unknown): Occurrence =>
	occurrenceOf(common, 'entry', key, {}, { [key]: value });

/** Messages come as a change, too: that is how the dashboard sends their samples. */
function readChange(common: Common, change: IDataObject): Occurrence {
	const { value } = change;
	const field = asText(change.field) ?? '';
	if (!isObject(value)) return elsewhere(common, 'changes', change);
	const isMessaging = [value.sender, value.recipient, value.message, value.message_edit].some(isObject);
	if (!isMessaging) return occurrenceOf(common, 'changes', field, value, change, field);
	return occurrenceOf(common, field === 'standby' ? 'standby' : 'messaging', kindOf(value), value, change, field);
}

/** A field without a value is told by its name in the entry. What the entry says beside is another occurrence's. */
function readField(common: Common, field: unknown): Occurrence {
	const name = asText(field) ?? '';
	return occurrenceOf(common, 'changed_fields', name, {}, { ...common.head, changed_fields: [field] }, name);
}

const says = (value: unknown): value is IDataObject => isObject(value) && Object.keys(value).length > 0;

/** Adds what one key of an entry tells to `found`. */
function readPart(common: Common, entry: IDataObject, key: string, found: Occurrence[]): void {
	const value: unknown = entry[key];
	if (key === 'messaging' || key === 'standby' || key === 'changes' || key === 'changed_fields') {
		if (!Array.isArray(value)) found.push(elsewhere(common, key, value));
		else
			for (const one of value as unknown[]) {
				if (key === 'changed_fields') found.push(readField(common, one));
				else if (says(one))
					found.push(key === 'changes' ? readChange(common, one) : occurrenceOf(common, key, kindOf(one), one, one));
			}
	}
	// For some fields of Instagram Login, Meta puts field and value into the entry itself.
	else if (key === 'field') found.push(readChange(common, { field: value as string, value: entry.value }));
	else if (!BOOKKEEPING.has(key) && !(key === 'value' && 'field' in entry)) found.push(elsewhere(common, key, value));
}

/** All occurrences of an entry bear its ID and time: what is long there would count as often as there are occurrences. */
const isShort = (value: unknown): boolean => (asText(value)?.length ?? Infinity) <= MAX_BOOKKEEPING_LENGTH;

function readEntry(entry: IDataObject, found: Occurrence[]): void {
	const head: IDataObject = {};
	for (const key of BOOKKEEPING) if (isShort(entry[key])) head[key] = entry[key];
	const common = { accountId: asText(head.id) ?? '', time: head.time, head };
	for (const key of Object.keys(entry)) readPart(common, entry, key, found);
}

/** IDs are texts at Meta. Should one come as a number beyond 2^53, its digits are kept. */
function withAllDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
	return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
		? context?.source
		: value;
}

function parse(rawBody: Buffer): unknown {
	const text = rawBody.toString('utf8');
	try {
		// Looking at every value costs much more than the plain parser.
		return /[:,[]\s*-?\d{16}/.test(text) ? JSON.parse(text, withAllDigits) : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Splits a delivery into what happened. Meta batches up to 1,000 updates of many accounts.
 * @returns `undefined` when the body is no Instagram delivery
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks
 */
export function readDelivery(rawBody: Buffer): Occurrence[] | undefined {
	const delivery = parse(rawBody);
	if (!isObject(delivery) || delivery.object !== 'instagram' || !Array.isArray(delivery.entry)) return undefined;
	const found: Occurrence[] = [];
	for (const entry of delivery.entry) if (isObject(entry)) readEntry(entry, found);
	return found;
}
