import type { IDataObject } from 'n8n-workflow';

/** True for an object that is not a list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Texts and numbers as text, anything else as `null`. JSON can hold objects that `String()` throws on. */
export function asText(value: unknown): string | null {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : null;
}

/** An ID as text; `null` when there is none. */
export function asId(value: unknown): string | null {
	return asText(value) || null;
}

/** ID of a sender, a recipient or an author. */
export function idOf(party: unknown): string | null {
	return isObject(party) ? asId(party.id) : null;
}
