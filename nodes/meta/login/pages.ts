import type { IDataObject } from 'n8n-workflow';
import type { Connection, MetaContext } from '../connection';
import { MetaError } from '../errors/metaError';
import { listGraph } from '../graph/list';
import type { GraphCall } from '../graph/call';
import { isForbidden, mayHavePortfolios, portfolioPaths } from './reach';
import { PAGE_FIELDS, type PageNode } from '../accounts';
import { graphPath, type GraphPath } from '../graph/path';

const asUser = (path: GraphPath, fields: string): GraphCall => ({
	method: 'GET',
	path,
	query: { fields },
	signAs: 'user',
});

function unlessForbidden(error: unknown): IDataObject[] {
	if (error instanceof MetaError && isForbidden(error.facts.error?.code)) return [];
	throw error as Error;
}

/**
 * Reads the Facebook Pages of a login from Meta, those of business portfolios too, each once, without tokens.
 * @param limit stops asking when so many are found
 * @see https://developers.facebook.com/docs/graph-api/reference/user/accounts
 */
export async function listPages(n8n: MetaContext, connection: Connection, limit = Infinity): Promise<PageNode[]> {
	const found = new Map<string, PageNode>();
	const read = async (path: GraphPath) => {
		const pages = (await listGraph(n8n, connection, asUser(path, PAGE_FIELDS), limit)) as PageNode[];
		for (const page of pages) found.set(String(page.id), found.get(String(page.id)) ?? page);
		return [];
	};
	await read(graphPath`/me/accounts`);
	if (found.size < limit && mayHavePortfolios(connection.reach.permissions)) {
		const businesses = await listGraph(n8n, connection, asUser(graphPath`/me/businesses`, 'id')).catch(unlessForbidden);
		for (const path of businesses.flatMap(({ id }) => portfolioPaths(id))) {
			if (found.size < limit) await read(path).catch(unlessForbidden);
		}
	}
	return [...found.values()].slice(0, limit);
}
