import type { IDataObject } from 'n8n-workflow';
import type { Occurrence } from './events/define';

/** Bookkeeping of `messaging[]` objects; the remaining key tells what happened. */
const ENVELOPE_KEYS = new Set(['sender', 'recipient', 'timestamp', 'is_self']);

type Entry = { id?: string | number; time?: number; messaging?: IDataObject[]; changes?: IDataObject[]; field?: string; value?: IDataObject };

/** Changes lie in `changes[]`; for some Instagram Login fields Meta puts field and value into the entry itself. */
function changesOf(entry: Entry): IDataObject[] {
	if (Array.isArray(entry.changes)) return entry.changes;
	return entry.field ? [{ field: entry.field, value: entry.value ?? {} }] : [];
}

const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null;

/** Only what has the shape that readers rely on: one odd object must not cost the other 999 of its delivery. */
function occurrencesOf(entry: Entry): Occurrence[] {
	const common = { accountId: String(entry.id ?? ''), time: entry.time };
	const messaging = (Array.isArray(entry.messaging) ? entry.messaging : []).filter(isObject).map((raw): Occurrence => {
		const kind = Object.keys(raw).find((key) => !ENVELOPE_KEYS.has(key) && isObject(raw[key])) ?? '';
		return { ...common, kind, raw };
	});
	const changes = changesOf(entry)
		.filter((raw) => isObject(raw) && isObject(raw.value))
		.map((raw): Occurrence => ({ ...common, kind: String(raw.field ?? ''), raw }));
	return [...messaging, ...changes];
}

/**
 * Splits a delivery into what happened. Meta batches up to 1,000 updates of many accounts.
 * @returns `undefined` when the body is no Instagram delivery
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks
 */
export function readDelivery(rawBody: Buffer): Occurrence[] | undefined {
	let delivery: { object?: string; entry?: Entry[] };
	try {
		delivery = JSON.parse(rawBody.toString('utf8')) as typeof delivery;
	} catch {
		return undefined;
	}
	if (!isObject(delivery)) return undefined;
	if (delivery.object !== 'instagram' || !Array.isArray(delivery.entry)) return undefined;
	return delivery.entry.filter(isObject).flatMap(occurrencesOf);
}
