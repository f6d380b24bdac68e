import type { IDataObject } from 'n8n-workflow';
import { isoFromGraph, isoFromWebhook } from '../time';

/** `like_count` -> `likeCount`: Meta's words in the spelling of n8n. */
export function camelCase(name: string): string {
	return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

const isTime = (name: string) => /(^|_)time(stamp)?$/.test(name);
const isId = (name: string) => name === 'id' || name.endsWith('_id');

function tidyTime(value: unknown): unknown {
	return typeof value === 'number' || /^\d+$/.test(String(value)) ? isoFromWebhook(value) : isoFromGraph(value);
}

function tidyValue(name: string, value: unknown): unknown {
	if (value === null || value === undefined) return null;
	if (isTime(name)) return tidyTime(value);
	if (isId(name)) return String(value);
	if (Array.isArray(value)) return value.map((one) => tidyValue('', one));
	if (typeof value !== 'object') return value;
	const edge = value as { data?: unknown };
	return Array.isArray(edge.data) ? tidyValue('', edge.data) : tidy(value as IDataObject);
}

/**
 * An object of Meta as a workflow wants it: names in camel case, IDs as text, times as ISO 8601, lists without their
 * paging, whose addresses carry the access token.
 * @param expected fields (Meta's names) that become `null` when Meta left them out, so that every row has the same columns
 */
export function tidy(node: IDataObject, expected: string[] = []): IDataObject {
	const missing = expected.filter((name) => !(name in node)).map((name) => [name, null]);
	const known = Object.entries(node).filter(([name]) => name !== 'paging');
	return Object.fromEntries(
		[...known, ...missing].map(([name, value]) => [camelCase(name as string), tidyValue(name as string, value)]),
	) as IDataObject;
}
