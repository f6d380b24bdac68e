import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { openConnection } from '../../meta/connection';
import type { Connection, CredentialType } from '../../meta/context';
import { GRAPH_PAGE_SIZE } from '../../meta/constants';
import { callGraph, listGraph, nextCursor, type GraphCall } from '../../meta/graph';
import { accountOfPage, PAGE_FIELDS, type Account } from '../../meta/login';

const asResult = ({ id, username, name, pageName }: Account) => ({
	name: username ? `@${username}${pageName ? ` (${pageName})` : ''}` : name || id,
	value: id,
	...(username ? { url: `https://www.instagram.com/${username}` } : {}),
});

const matches = (filter: string) => (account: Account) => {
	const sought = filter.toLowerCase().replace(/^@/, '');
	return Object.values(account).some((value) => String(value).toLowerCase().includes(sought));
};

type PageNode = Parameters<typeof accountOfPage>[0];
const accountsOf = (pages: unknown): Account[] =>
	(pages as PageNode[]).map(accountOfPage).filter((account) => account !== undefined);

/** One page of the list, or all of them when the operator searches: Meta cannot filter here. */
async function findAccounts(ctx: ILoadOptionsFunctions, connection: Connection, filter?: string, after?: string) {
	if (connection.kind !== 'facebookUser') return { accounts: connection.reach.accounts };
	const call: GraphCall = { method: 'GET', path: '/me/accounts', query: { fields: PAGE_FIELDS }, as: 'user' };
	if (filter) return { accounts: accountsOf(await listGraph(ctx, connection, call)) };
	const query = { ...call.query, limit: GRAPH_PAGE_SIZE, ...(after ? { after } : {}) };
	const answer = await callGraph(ctx, connection, { ...call, query });
	return { accounts: accountsOf(answer.data ?? []), paginationToken: nextCursor(answer) };
}

/** Fills the Account picker; the search covers @username, names, Page and IDs. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const type = this.getCurrentNodeParameter('authentication') as CredentialType;
	const connection = await openConnection(this, type);
	const found = await findAccounts(this, connection, filter, paginationToken);
	const shown = filter ? found.accounts.filter(matches(filter)) : found.accounts;
	return { results: shown.map(asResult), paginationToken: found.paginationToken };
}
