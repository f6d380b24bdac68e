import { jsonParse, type IDataObject } from 'n8n-workflow';
import type { Fail } from './check';

/** Reads a JSON field, which holds a text, or already an object when an expression gave one. */
export function readJsonField<T>(fail: Fail, what: string, value: unknown): T {
	const parsed = typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
	if (typeof parsed === 'object' && parsed !== null) return parsed as T;
	throw fail(
		`"${what}" is not valid JSON`,
		'Check brackets, commas and quotation marks. An expression may also give an object or a list.',
	);
}

/** Makes sure that a value of a JSON field is a list of objects. */
export function asList(fail: Fail, what: string, value: unknown): IDataObject[] {
	if (Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null))
		return value as IDataObject[];
	throw fail(`"${what}" is not a list of objects`, 'Write it as [{ ... }, { ... }].');
}
