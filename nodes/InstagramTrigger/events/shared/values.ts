import type { IDataObject } from 'n8n-workflow';

export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Texts and numbers as text, anything else as `null`. JSON can hold objects that `String()` throws on. */
export function asText(value: unknown): string | null {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : null;
}

/** An ID as text; `null` when there is none. */
export const asId = (value: unknown): string | null => asText(value) || null;

/** ID of a sender, a recipient or an author. */
export const idOf = (party: unknown): string | null => (isObject(party) ? asId(party.id) : null);
