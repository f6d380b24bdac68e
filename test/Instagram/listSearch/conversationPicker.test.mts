import { triggerAccounts, search } from '../../support/contexts.mts';
import { guardNetwork, line, listenAt } from '../../support/graph.mts';
import { loginServer, pageOf } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, GRAPH, settledLogin, tokens } from '../../support/logins.mts';

guardNetwork();

const parameters = {
	authentication: 'instagramFacebookLoginOAuth2Api',
	account: { __rl: true, mode: 'list', value: '' },
};

describe('the Conversation picker', () => {
	const people = [{ id: '5551234567890123', username: 'sandbox_visitor' }, { id: '5551234567890124' }];
	const serve = () =>
		listenAt(GRAPH, ({ query }) => ({
			body: {
				data: people.map((person, i) => ({
					id: `c${i}${query.after ?? ''}`,
					participants: { data: [{ id: BAKERY.id, username: BAKERY.username }, person] },
				})),
				...(query.after ? {} : { paging: { cursors: { after: 'X' }, next: 'https://evil.example' } }),
			},
		}));

	it('shows people, by ID when Meta tells no name, and goes on from page to page', async () => {
		const calls = serve();
		expect(await search('searchConversations', parameters, settledLogin())).toEqual({
			results: [
				{ name: '@sandbox_visitor', value: 'c0' },
				{ name: '5551234567890124', value: 'c1' },
			],
			paginationToken: 'X',
		});
		expect((await search('searchConversations', parameters, settledLogin(), '', 'X')).results[0].value).toBe('c0X');
		expect(calls.map((call) => [line(call), call.authorization])).toEqual(
			Array(2).fill([`GET /${BAKERY.pageId}/conversations`, `Bearer ${tokens.bakery}`]),
		);
	});

	it('filters by name, over all pages', async () => {
		serve();
		expect(await search('searchConversations', parameters, settledLogin(), 'VISIT')).toEqual({
			results: [
				{ name: '@sandbox_visitor', value: 'c0' },
				{ name: '@sandbox_visitor', value: 'c0X' },
			],
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
		await expect(search('searchConversations', parameters, settledLogin([BAKERY, FLORIST]))).rejects.toThrow(
			/^Choose the Instagram account\. .*@sandbox_bakery, @sandbox_florist\. Pick one in the Account field/,
		);
		expect(calls).toEqual([]);
	});
});

it('the trigger lists the accounts that the login has at Meta now, also those that were added later', async () => {
	const unlinked = { id: '100000000000009', name: 'Unlinked Page' };
	const calls = loginServer({ lists: [[pageOf(BAKERY), unlinked], [pageOf({ ...FLORIST, username: '' })]] });
	expect(await triggerAccounts(parameters, settledLogin())).toEqual([
		{ name: '@sandbox_bakery', value: BAKERY.id, description: 'Page Bakery Page' },
		{ name: FLORIST.id, value: FLORIST.id, description: 'Page Florist Page' },
	]);
	expect(calls.map(line)).toEqual(['GET /me/accounts', 'GET /me/accounts']);
});
