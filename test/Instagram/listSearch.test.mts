import { triggerAccounts, search } from '../support/contexts.mts';
import { guardNetwork, line, listenAt } from '../support/graph.mts';
import { loginServer, pageOf } from '../support/loginServer.mts';
import { BAKERY, FLORIST, freshLogin, GRAPH, settledLogin, tokens } from '../support/logins.mts';
import { openedLogin, pastedTokens, TYPE } from '../support/pastedTokens.mts';

guardNetwork();

const parameters = { authentication: 'instagramFacebookLoginOAuth2Api', account: { __rl: true, mode: 'list', value: '' } };
const lists = [[pageOf(BAKERY), { id: '100000000000009', name: 'Unlinked' }], [pageOf(FLORIST)]];
const bakery = { name: '@sandbox_bakery (Bakery Page)', value: BAKERY.id, url: 'https://www.instagram.com/sandbox_bakery' };
const florist = { name: '@sandbox_florist (Florist Page)', value: FLORIST.id, url: 'https://www.instagram.com/sandbox_florist' };

describe('the Account picker', () => {
	it('shows one page of the list at a time', async () => {
		const calls = loginServer({ lists });
		const first = await search('searchAccounts', parameters, settledLogin());
		expect(first).toEqual({ results: [bakery], paginationToken: '1' });
		expect(await search('searchAccounts', parameters, settledLogin(), undefined, '1')).toEqual({ results: [florist], paginationToken: undefined });
		expect(calls.map((call) => [line(call), call.query.after, call.authorization])).toEqual([
			['GET /me/accounts', undefined, `Bearer ${tokens.long}`],
			['GET /me/accounts', '1', `Bearer ${tokens.long}`],
		]);
	});

	it.each(['florist', '@SANDBOX_FLO', FLORIST.id, FLORIST.pageId, 'Florist Page'])('searches all pages of the list for %s', async (filter) => {
		const calls = loginServer({ lists });
		expect(await search('searchAccounts', parameters, settledLogin(), filter)).toEqual({ results: [florist], paginationToken: undefined });
		expect(calls).toHaveLength(2);
	});

	it('finds nothing for a name that nobody has', async () => {
		loginServer({ lists });
		expect((await search('searchAccounts', parameters, settledLogin(), 'nobody')).results).toEqual([]);
	});

	it('works with a login that was connected just now', async () => {
		loginServer({ lists: [[pageOf(BAKERY, tokens.bakery)]] });
		const credentials = freshLogin();
		expect((await search('searchAccounts', parameters, credentials)).results).toEqual([bakery]);
		expect(JSON.stringify(credentials)).not.toContain(tokens.short);
	});

	it('knows the account of a Page token without a call', async () => {
		const calls = listenAt(GRAPH, () => ({}));
		const credentials = openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page });
		expect((await search('searchAccounts', { ...parameters, authentication: TYPE }, credentials)).results).toEqual([bakery]);
		expect(calls).toEqual([]);
	});
});

describe('the Conversation picker', () => {
	const people = [{ id: '5551234567890123', username: 'sandbox_visitor' }, { id: '5551234567890124' }];
	const serve = () =>
		listenAt(GRAPH, ({ query }) => ({
			body: {
				data: people.map((person, i) => ({ id: `c${i}${query.after ?? ''}`, participants: { data: [{ id: BAKERY.id, username: BAKERY.username }, person] } })),
				...(query.after ? {} : { paging: { cursors: { after: 'X' }, next: 'https://evil.example' } }),
			},
		}));

	it('shows people, by ID when Meta tells no name, and goes on from page to page', async () => {
		const calls = serve();
		expect(await search('searchConversations', parameters, settledLogin())).toEqual({
			results: [{ name: '@sandbox_visitor', value: 'c0' }, { name: '5551234567890124', value: 'c1' }],
			paginationToken: 'X',
		});
		expect((await search('searchConversations', parameters, settledLogin(), '', 'X')).results[0].value).toBe('c0X');
		expect(calls.map((call) => [line(call), call.authorization])).toEqual(Array(2).fill([`GET /${BAKERY.pageId}/conversations`, `Bearer ${tokens.bakery}`]));
	});

	it('filters by name, over all pages', async () => {
		serve();
		expect(await search('searchConversations', parameters, settledLogin(), 'VISIT')).toEqual({
			results: [{ name: '@sandbox_visitor', value: 'c0' }, { name: '@sandbox_visitor', value: 'c0X' }],
		});
	});

	it('reads the inbox of the account that the node names', async () => {
		const calls = serve();
		const account = { __rl: true, mode: 'id', value: '@sandbox_florist' };
		await search('searchConversations', { ...parameters, account }, settledLogin([BAKERY, FLORIST]));
		expect(calls.map(line)).toEqual([`GET /${FLORIST.pageId}/conversations`]);
	});

	it('asks for the account when there are several', async () => {
		const calls = serve();
		await expect(search('searchConversations', parameters, settledLogin([BAKERY, FLORIST]))).rejects.toThrow('Choose the Instagram account');
		expect(calls).toEqual([]);
	});
});

it('the trigger lists the accounts of its login without a call', async () => {
	const calls = listenAt(GRAPH, () => ({}));
	expect(await triggerAccounts(parameters, settledLogin([BAKERY, { ...FLORIST, username: '' }]))).toEqual([
		{ name: '@sandbox_bakery', value: BAKERY.id, description: 'Page Bakery Page' },
		{ name: FLORIST.id, value: FLORIST.id, description: 'Page Florist Page' },
	]);
	expect(calls).toEqual([]);
});
