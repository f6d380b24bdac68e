import type { IDataObject } from 'n8n-workflow';
import { GRAPH_PAGE_SIZE } from '../constants';
import type { Connection, MetaContext } from '../connection';
import { nextCursor } from './paging';
import { callGraph, type GraphCall } from './call';

/**
 * Reads a list edge over all its pages, at most `limit` elements, with as few calls as the page size allows.
 * Follows cursors, never `paging.next`: an URL from an answer is not one that the user gave.
 */
export async function listGraph(
	n8n: MetaContext,
	connection: Connection,
	call: GraphCall,
	limit = Infinity,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	let after: string | undefined;
	do {
		const size = Math.min(GRAPH_PAGE_SIZE, limit - found.length);
		const answer = await callGraph(n8n, connection, {
			...call,
			query: { ...call.query, limit: size, ...(after ? { after } : {}) },
		});
		found.push(...((answer.data ?? []) as IDataObject[]));
		after = nextCursor(answer);
	} while (after && found.length < limit);
	return found.slice(0, limit);
}

/** Rows of a nested edge, `{ data: [..] }`; none when Meta left it out. */
export function rowsOf(edge: unknown): IDataObject[] {
	return (edge as { data?: IDataObject[] } | undefined)?.data ?? [];
}
