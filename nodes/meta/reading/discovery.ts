import type { IDataObject } from 'n8n-workflow';
import { rowsOf } from '../graph/list';
import type { GraphPath } from '../graph/path';

/** Most posts of another business in one call. */
const PAGE_SIZE = 50;

type Graph = (call: {
	method: 'GET';
	path: GraphPath;
	query: IDataObject;
	mayLackFields?: boolean;
}) => Promise<IDataObject>;

/** @username as people type it; `undefined` for what cannot be one, and would change the meaning of the call. */
export function usernameIn(text: string): string | undefined {
	return /^@?([\w.]{1,60})$/.exec(text.trim())?.[1];
}

/**
 * Looks a professional account up by its username.
 * @param path of the account that asks
 * @param fields what to tell of it, as Meta reads them
 * @throws MetaError 110 when there is none
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery
 */
export async function discoverAccount(
	graph: Graph,
	path: GraphPath,
	username: string,
	fields: string,
): Promise<IDataObject> {
	const answer = await graph({
		method: 'GET',
		path,
		query: { fields: `business_discovery.username(${username}){${fields}}` },
		mayLackFields: true,
	});
	return (answer.business_discovery ?? {}) as IDataObject;
}

/** Reads posts of another business, newest first: its pages have cursors, but nothing says which is the last. */
export async function discoverPosts(
	graph: Graph,
	path: GraphPath,
	username: string,
	fields: string,
	limit: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	let after: string | undefined;
	do {
		const size = Math.min(PAGE_SIZE, limit - found.length);
		const media = `media.limit(${size})${after ? `.after(${after})` : ''}{${fields}}`;
		const edge = (await discoverAccount(graph, path, username, media)).media as
			| { paging?: { cursors?: { after?: string } } }
			| undefined;
		const rows = rowsOf(edge);
		found.push(...rows);
		after = rows.length > 0 ? edge?.paging?.cursors?.after : undefined;
	} while (after && found.length < limit);
	return found;
}
