import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { openConnection } from '../../meta/login/openConnection';
import type { Connection, CredentialType } from '../../meta/connection';
import { accountOfPage, type Account, type PageNode } from '../../meta/accounts';
import { listPages } from '../../meta/login/pages';
import { Memory } from '../../meta/memory';

/** The picker asks at every letter that is typed: what was read a moment ago serves the next one. */
const KEEP_MS = 60_000;
const SHOWN_AT_ONCE = 100;

type Choice = { name: string; value: string; url?: string; searched: string };

/** By fingerprint of the login's token. */
const recent = new Memory<Promise<Choice[]>>(KEEP_MS, 100);

function choiceOf(account: Account): Choice {
	const { id, pageId, pageName, username, name } = account;
	return {
		name: username ? `@${username}${pageName ? ` (${pageName})` : ''}` : name || id,
		value: id,
		...(username ? { url: `https://www.instagram.com/${username}` } : {}),
		searched: [id, username, name, pageId, pageName].join('\n').toLowerCase(),
	};
}

/** Listed with the reason, so that nobody wonders where the Page is; choosing it says what to do. */
const choiceOfUnlinked = ({ id, name = '' }: PageNode): Choice => ({
	name: `${name || id} (no linked Instagram account)`,
	value: String(id),
	searched: `${id}\n${name}`.toLowerCase(),
});

async function readChoices(n8n: ILoadOptionsFunctions, connection: Connection): Promise<Choice[]> {
	if (connection.kind !== 'facebookUser') return connection.reach.accounts.map(choiceOf);
	const pages = await listPages(n8n, connection);
	const linked = pages.map(accountOfPage).filter((account) => account !== undefined);
	return [...linked.map(choiceOf), ...pages.filter((page) => !accountOfPage(page)).map(choiceOfUnlinked)];
}

async function choicesOf(n8n: ILoadOptionsFunctions, connection: Connection): Promise<Choice[]> {
	const known = recent.get(connection.loginKey);
	if (known) return await known;
	const choices = readChoices(n8n, connection);
	recent.set(connection.loginKey, choices);
	// What failed is asked again at the next letter.
	choices.catch(() => recent.delete(connection.loginKey));
	return await choices;
}

/** Fills the Account picker; the search covers @username, names, Page and IDs. */
export async function searchAccounts(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const type = this.getCurrentNodeParameter('authentication') as CredentialType;
	const choices = await choicesOf(this, await openConnection(this, type));
	const sought = filter.trim().toLowerCase().replace(/^@/, '');
	const found = choices.filter(({ searched }) => searched.includes(sought));
	const from = Number(paginationToken);
	const next = from + SHOWN_AT_ONCE;
	return {
		results: found.slice(from, next).map(({ name, value, url }) => ({ name, value, ...(url ? { url } : {}) })),
		paginationToken: next < found.length ? String(next) : undefined,
	};
}
