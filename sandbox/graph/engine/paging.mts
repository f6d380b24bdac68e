import type { Call } from './call.mts';
import { invalidParam } from './errors.mts';
import type { FieldRequest } from './fields.mts';
import type { NodeType } from './select.mts';
import { selectNode } from './select.mts';

const toCursor = (key: string): string => Buffer.from(`k:${key}`).toString('base64url');

const indexOfCursor = (keys: string[], name: string, cursor: string): number => {
	const key = Buffer.from(cursor, 'base64url').toString();
	const index = keys.indexOf(key.slice(2));
	if (!key.startsWith('k:') || index < 0) throw invalidParam(`Param ${name} is not a valid cursor`);
	return index;
};

const readLimit = (value: unknown, standard: number, max: number): number => {
	if (value === undefined || value === '') return standard;
	if (!/^\d+$/.test(String(value)) || Number(value) === 0) {
		throw invalidParam('Param limit must be a positive whole number');
	}
	return Math.min(Number(value), max);
};

/** A list to hand out page by page. */
export type Listing<T> = {
	items: T[];
	keyOf(item: T): string;
	type: NodeType<T>;
	fields?: FieldRequest[];
	/** Where this list lives below the version, for `next` and `previous`. */
	path: string;
	/** `limit`, `after`, `before` and whatever else belongs into the next URL. */
	args: Record<string, unknown>;
	standardLimit?: number;
	maxLimit?: number;
	/** Nested discovery edges give cursors without URLs. */
	withoutUrls?: boolean;
};

const pageUrl = (call: Call, path: string, args: Record<string, unknown>, cursor: Record<string, string>): string => {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...args, ...cursor })) {
		if (name === 'after' || name === 'before' ? name in cursor : value !== undefined) {
			query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
		}
	}
	if (call.token) query.set('access_token', call.token.value);
	return `${call.world.baseUrl}/${call.host}/${call.version}${path}?${query.toString()}`;
};

/**
 * One page of a list with Meta's cursor paging. `next` and `previous` are absolute and carry the
 * token, as Meta's do; an empty page has no `paging`.
 */
export async function listPage<T>(call: Call, listing: Listing<T>): Promise<Record<string, unknown>> {
	const { items, keyOf, type, fields, path, args, standardLimit = 25, maxLimit = 100 } = listing;
	const limit = readLimit(args.limit, standardLimit, maxLimit);
	const keys = items.map(keyOf);
	let start = 0;
	if (args.after) start = indexOfCursor(keys, 'after', String(args.after)) + 1;
	else if (args.before) start = Math.max(0, indexOfCursor(keys, 'before', String(args.before)) - limit);
	const end = args.before ? indexOfCursor(keys, 'before', String(args.before)) : start + limit;
	const shown = items.slice(start, end);
	const data: Array<Record<string, unknown>> = [];
	for (const item of shown) data.push(await selectNode(type, item, fields, call));
	if (shown.length === 0) return { data };
	const before = toCursor(keyOf(shown[0]));
	const after = toCursor(keyOf(shown[shown.length - 1]));
	const urls: Record<string, string> = {};
	if (!listing.withoutUrls) {
		if (start + shown.length < items.length) urls.next = pageUrl(call, path, args, { after });
		if (start > 0) urls.previous = pageUrl(call, path, args, { before });
	}
	return { data, paging: { cursors: { before, after }, ...urls } };
}

/** One page of an edge that was called directly, with the call's own parameters. */
export function edgePage<T>(
	call: Call,
	listing: Pick<Listing<T>, 'items' | 'keyOf' | 'type' | 'standardLimit' | 'maxLimit'>,
): Promise<Record<string, unknown>> {
	const args = { ...call.raw };
	delete args.access_token;
	delete args.appsecret_proof;
	return listPage(call, { ...listing, fields: call.fields, path: call.path, args });
}
