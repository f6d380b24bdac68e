import { setClock } from '../../support/clock.mts';
import { search } from '../../support/contexts.mts';
import { graphError, guardNetwork, line, listenAt } from '../../support/graph.mts';
import { loginServer, pageOf, type Page } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, freshLogin, GRAPH, newLogin, tokens } from '../../support/logins.mts';
import { openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { proofIn } from '../../support/proofs.mts';
import type { Stored } from '../../support/runNode.mts';

guardNetwork();
afterEach(() => jest.useRealTimers());

const parameters = {
	authentication: 'instagramFacebookLoginOAuth2Api',
	account: { __rl: true, mode: 'list', value: '' },
};
const unlinked: Page = { id: '100000000000009', name: 'Unlinked Page' };
const lists = [[pageOf(BAKERY), unlinked], [pageOf(FLORIST)]];
const bakery = {
	name: '@sandbox_bakery (Bakery Page)',
	value: BAKERY.id,
	url: 'https://www.instagram.com/sandbox_bakery',
};
const florist = {
	name: '@sandbox_florist (Florist Page)',
	value: FLORIST.id,
	url: 'https://www.instagram.com/sandbox_florist',
};
const withReason = { name: 'Unlinked Page (no linked Instagram account)', value: unlinked.id };
const show = async (credentials: Stored, filter?: string, page?: string) =>
	await search('searchAccounts', parameters, credentials, filter, page);

/** Many Pages, in pages of the list as large as the call asks for. */
function crowd(count: number) {
	const pages = Array.from({ length: count }, (_, i) =>
		pageOf({ ...BAKERY, id: `1784${i}`, username: `shop_${i}`, pageId: `1000${i}` }),
	);
	return listenAt(GRAPH, ({ query }) => {
		const from = Number(query.after ?? 0);
		const until = from + Number(query.limit);
		return {
			body: {
				data: pages.slice(from, until),
				paging: { cursors: { after: String(until) }, ...(until < count ? { next: 'https://evil.example' } : {}) },
			},
		};
	});
}

describe('the Account picker', () => {
	it('shows every Page of the login, those without an account last and with the reason', async () => {
		const { credentials, token } = newLogin();
		const calls = loginServer({ lists });
		expect(await show(credentials)).toEqual({ results: [bakery, florist, withReason], paginationToken: undefined });
		expect(calls.map((call) => [line(call), call.query.after, call.authorization, proofIn(call)])).toEqual([
			['GET /me/accounts', undefined, `Bearer ${token}`, 'query'],
			['GET /me/accounts', '1', `Bearer ${token}`, 'query'],
		]);
		expect(calls.map(({ query }) => query.fields).join()).not.toContain('access_token');
	});

	it.each(['florist', '@SANDBOX_FLO', ' Florist ', FLORIST.id, FLORIST.pageId, 'Florist Page'])(
		'finds an account on any page of the list by %j',
		async (filter) => {
			loginServer({ lists });
			expect(await show(newLogin().credentials, filter)).toEqual({ results: [florist], paginationToken: undefined });
		},
	);

	it.each(['unlinked p', unlinked.id])('finds a Page without an account by %j', async (filter) => {
		loginServer({ lists });
		expect((await show(newLogin().credentials, filter)).results).toEqual([withReason]);
	});

	it('finds nothing for a name that nobody has', async () => {
		loginServer({ lists });
		expect((await show(newLogin().credentials, 'nobody')).results).toEqual([]);
	});

	it('asks Meta once for all letters that are typed within a minute, and again after it', async () => {
		const start = 1_800_000_000_000;
		setClock(start);
		const { credentials } = newLogin([BAKERY], { longLivedUntil: start + 59 * 24 * 3600 * 1000 });
		const calls = loginServer({ lists: [[pageOf(BAKERY)]] });
		for (const filter of ['s', 'sa', 'san', 'sand'])
			expect((await show(credentials, filter)).results).toEqual([bakery]);
		setClock(start + 59_000);
		await show(credentials);
		expect(calls.map(line)).toEqual(['GET /me/accounts']);
		setClock(start + 60_000);
		await show(credentials);
		expect(calls.map(line)).toEqual(['GET /me/accounts', 'GET /me/accounts']);
	});

	it('asks once, too, when two letters come at the same time', async () => {
		const { credentials } = newLogin();
		const calls = loginServer({ lists: [[pageOf(BAKERY)]] });
		const both = await Promise.all([show(credentials, 's'), show(credentials, 'sa')]);
		expect(both.map(({ results }) => results)).toEqual([[bakery], [bakery]]);
		expect(calls.map(line)).toEqual(['GET /me/accounts']);
	});

	it('does not show one login what belongs to another', async () => {
		const [mine, theirs] = [newLogin(), newLogin([FLORIST])];
		listenAt(GRAPH, ({ authorization }) => ({
			body: { data: [pageOf(authorization === `Bearer ${mine.token}` ? BAKERY : FLORIST)] },
		}));
		expect((await show(mine.credentials)).results).toEqual([bakery]);
		expect((await show(theirs.credentials)).results).toEqual([florist]);
	});

	it('does not keep a failure', async () => {
		const { credentials } = newLogin();
		listenAt(GRAPH, (_request, count) =>
			count === 1 ? { status: 403, body: graphError(10) } : { body: { data: [pageOf(BAKERY)] } },
		);
		await expect(show(credentials)).rejects.toThrow('The login lacks a permission for this call');
		expect((await show(credentials)).results).toEqual([bakery]);
	});

	it('shows a hundred at a time and reads 1,000 Pages with ten calls', async () => {
		const { credentials } = newLogin();
		const calls = crowd(1000);
		const seen: string[] = [];
		let page: string | undefined;
		do {
			const { results, paginationToken } = await show(credentials, '', page);
			expect(results).toHaveLength(100);
			seen.push(...results.map(({ value }) => String(value)));
			page = paginationToken as string | undefined;
		} while (page);
		expect(seen).toEqual(Array.from({ length: 1000 }, (_, i) => `1784${i}`));
		expect((await show(credentials, 'shop_99')).results.map(({ value }) => value)).toEqual([
			'178499',
			...Array.from({ length: 10 }, (_, i) => `178499${i}`),
		]);
		expect(calls).toHaveLength(10);
	});

	it('works with a login that was connected just now', async () => {
		loginServer({ lists: [[pageOf(BAKERY, tokens.bakery)]] });
		const credentials = freshLogin();
		expect((await show(credentials)).results).toEqual([bakery]);
		expect(JSON.stringify(credentials)).not.toContain(tokens.short);
	});

	it('knows the account of a Page token without a call', async () => {
		const calls = listenAt(GRAPH, () => ({}));
		const credentials = openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page });
		expect((await search('searchAccounts', { ...parameters, authentication: TYPE }, credentials)).results).toEqual([
			bakery,
		]);
		expect(calls).toEqual([]);
	});
});
