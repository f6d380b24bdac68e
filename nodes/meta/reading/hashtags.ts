import type { IDataObject } from 'n8n-workflow';
import { nextCursor } from '../graph/paging';
import { rowsOf } from '../graph/list';
import { graphPath, type GraphPath } from '../graph/path';

/** Most posts of a hashtag in one page. */
const PAGE_SIZE = 50;

type Graph = (call: {
	method: 'GET';
	path: GraphPath;
	query: IDataObject;
	mayLackFields?: boolean;
}) => Promise<IDataObject>;

/** The word of a hashtag, with or without #; `undefined` for what Instagram cannot have: blanks, emoji, signs. */
export function hashtagIn(text: string): string | undefined {
	return /^#?([\p{L}\p{N}_]+)$/u.exec(text.trim())?.[1];
}

/** IDs of hashtags have 17 digits; a hashtag that is a number, like a year, has fewer. */
export function isHashtagId(text: string): boolean {
	return /^\d{15,}$/.test(text);
}

/**
 * Looks up the ID of a hashtag, which is the same for everybody. Counts against 30 hashtags in 7 days per account.
 * @returns `undefined` when Meta knows none
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag-search
 */
export async function findHashtag(graph: Graph, accountId: string, name: string): Promise<string | undefined> {
	const [found] = rowsOf(
		await graph({ method: 'GET', path: graphPath`/ig_hashtag_search`, query: { user_id: accountId, q: name } }),
	);
	return found && String(found.id);
}

/**
 * Reads public posts of a hashtag. Their cursor is the same on every page, and pages are short where Meta filters.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag/recent-media
 */
export async function listHashtagPosts(
	graph: Graph,
	path: GraphPath,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	let after: string | undefined;
	do {
		const page = await graph({
			method: 'GET',
			path,
			query: { ...query, limit: Math.min(PAGE_SIZE, limit - found.length), ...(after ? { after } : {}) },
			mayLackFields: true,
		});
		found.push(...rowsOf(page));
		after = rowsOf(page).length > 0 ? nextCursor(page) : undefined;
	} while (after && found.length < limit);
	return found.slice(0, limit);
}
