import type { IDataObject } from 'n8n-workflow';
import { ask, askAll, graphErrorOf, type Asker } from './request';
import { type Permissions, type PageNode, type LoginReach, accountOfPage, PAGE_FIELDS } from '../accounts';
import { graphPath, type GraphPath } from '../graph/path';

/** The permission that lets a login read business portfolios. */
const PORTFOLIO_PERMISSION = 'business_management';

/** False when Meta said that the login may not read business portfolios; where it does not tell, asking is the only way. */
export function mayHavePortfolios(permissions: Permissions | undefined): boolean {
	return permissions?.granted.includes(PORTFOLIO_PERMISSION) ?? true;
}

/** Where a business portfolio lists Pages, its own and those of clients. */
export function portfolioPaths(id: unknown): GraphPath[] {
	return [graphPath`/${String(id)}/owned_pages`, graphPath`/${String(id)}/client_pages`];
}

/** Meta's numbers for "this login may not read that": a portfolio that it sees but has no say in. */
export function isForbidden(code: number | undefined): boolean {
	return code !== undefined && [3, 10, 100, 200].includes(code);
}

/** Sorts a `/me/permissions` answer. A permission that expired counts as declined: only the person can give it again. */
function readPermissions(rows: IDataObject[]): Permissions {
	const named = (granted: boolean) =>
		rows.filter(({ status }) => (status === 'granted') === granted).map(({ permission }) => String(permission));
	return { granted: named(true), declined: named(false) };
}

const unlessForbidden = (error: unknown): IDataObject[] => {
	if (isForbidden(graphErrorOf(error)?.code)) return [];
	throw error as Error;
};

/** Pages of the business portfolios that the login reads, owned ones and those of clients. */
async function portfolioPages(asker: Asker, fields: string): Promise<IDataObject[]> {
	const businesses = await askAll(asker, graphPath`/me/businesses`, { fields: 'id' }).catch(unlessForbidden);
	const found: IDataObject[] = [];
	for (const { id } of businesses) {
		const lists = portfolioPaths(id).map(async (path) => await askAll(asker, path, { fields }).catch(unlessForbidden));
		found.push(...(await Promise.all(lists)).flat());
	}
	return found;
}

/** Puts Pages of several lists together; the first entry that brings a token counts. */
function collect(pages: PageNode[]): Pick<LoginReach, 'accounts' | 'pageTokens' | 'unlinked'> {
	const byId = new Map<string, PageNode>();
	for (const page of pages) {
		const known = byId.get(String(page.id));
		if (!known || (!known.access_token && page.access_token)) byId.set(String(page.id), page);
	}
	const once = [...byId.values()];
	const isLinked = (page: PageNode) => accountOfPage(page) !== undefined;
	return {
		accounts: once.map(accountOfPage).filter((account) => account !== undefined),
		pageTokens: Object.fromEntries(
			once.filter((page) => isLinked(page) && page.access_token).map((page) => [page.id, page.access_token as string]),
		),
		unlinked: once
			.filter((page) => !isLinked(page))
			.map(({ id, name }) => ({ pageId: String(id), pageName: name ?? '' })),
	};
}

/**
 * Lists every account that a user (or system user) token reaches, over all pages of all lists, with Page tokens.
 * Page tokens from a long-lived user token do not expire.
 * @see https://developers.facebook.com/docs/graph-api/reference/user/accounts
 * @see https://developers.facebook.com/docs/graph-api/reference/business/owned_pages
 */
export async function reachOfUser(asker: Asker): Promise<LoginReach> {
	const fields = `access_token,${PAGE_FIELDS}`;
	const unknown = () => undefined;
	const [pages, permissions] = await Promise.all([
		askAll(asker, graphPath`/me/accounts`, { fields }),
		askAll(asker, graphPath`/me/permissions`, {})
			.then(readPermissions)
			.catch(unknown),
	]);
	const portfolios = mayHavePortfolios(permissions) ? await portfolioPages(asker, fields) : [];
	return { ...collect([...pages, ...portfolios] as PageNode[]), ...(permissions ? { permissions } : {}) };
}

/** The one account behind a pasted Page token. */
export async function reachOfPage(asker: Asker): Promise<LoginReach> {
	const page = (await ask(asker, graphPath`/me`, { fields: PAGE_FIELDS })) as PageNode;
	const account = accountOfPage(page);
	if (!account)
		throw new Error(
			`The Page "${page.name ?? page.id}" of this token has no linked Instagram account. Link one in the Page settings`,
		);
	return { accounts: [account], pageTokens: { [page.id]: asker.token } };
}

/**
 * The one account behind an Instagram Login token. Meta documents `{ data: [..] }` and answers a flat object: both are
 * read. The number that Meta gives with the token passes 2^53 unquoted; this answer has it as text.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started
 */
export async function reachOfInstagram(asker: Asker): Promise<LoginReach> {
	const answer = await ask(asker, graphPath`/me`, { fields: 'user_id,username,name' });
	const me = ((answer.data as IDataObject[] | undefined)?.[0] ?? answer) as IDataObject;
	const account = { id: String(me.user_id), username: String(me.username ?? ''), name: String(me.name ?? '') };
	return { accounts: [account], pageTokens: {} };
}

/** True when Meta said that this kind of token cannot do that: a Page token asked for `/me/accounts`, a system user's exchanged. */
export function isUnsuitable(error: unknown): boolean {
	return graphErrorOf(error)?.code === 100;
}
