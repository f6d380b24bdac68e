import { guardNetwork, line, listenAt } from '../../../support/graph.mts';
import { loginServer, pageOf } from '../../../support/loginServer.mts';
import { BAKERY, FLORIST, GRAPH, settledLogin, tokens } from '../../../support/logins.mts';
import { jsons, operationOf, run } from '../../../support/parameters.mts';
import { openedLogin, pastedTokens, TYPE } from '../../../support/pastedTokens.mts';
import { proofIn } from '../../../support/proofs.mts';
import { runNode } from '../../../support/runNode.mts';

guardNetwork();

describe('account: getMany', () => {
	it('lists every Page of the person, over all pages of the list, with or without an account', async () => {
		const calls = loginServer({
			lists: [[pageOf(BAKERY), { id: '100000000000009', name: 'Unlinked Page' }], [pageOf(FLORIST)]],
		});
		const { items, error } = await run('account', 'getMany', { returnAll: true });
		expect(error).toBeUndefined();
		expect(jsons(items)).toEqual([
			{ ...BAKERY, linked: true },
			{ id: null, username: null, name: null, pageId: '100000000000009', pageName: 'Unlinked Page', linked: false },
			{ ...FLORIST, linked: true },
		]);
		expect(calls.map((call) => [line(call), call.authorization, proofIn(call), call.query.after])).toEqual([
			['GET /me/accounts', `Bearer ${tokens.long}`, 'query', undefined],
			['GET /me/accounts', `Bearer ${tokens.long}`, 'query', '1'],
		]);
	});

	it('asks Meta for no token that could end up in an item', async () => {
		const calls = listenAt(GRAPH, () => ({ body: { data: [pageOf(BAKERY, tokens.bakery)] } }));
		const { items } = await run('account', 'getMany');
		expect(calls[0].query.fields).not.toContain('access_token');
		expect(JSON.stringify(items)).not.toContain(tokens.bakery);
	});

	it('stops at the limit', async () => {
		const calls = loginServer({ lists: [[pageOf(BAKERY), pageOf(FLORIST)], [pageOf(FLORIST)]] });
		const { items } = await run('account', 'getMany', { returnAll: false, limit: 2 });
		expect(jsons(items).map(({ id }) => id)).toEqual([BAKERY.id, FLORIST.id]);
		expect(calls.map(({ query }) => query.limit)).toEqual(['2']);
	});

	it('works when the login reaches several accounts and none is chosen', async () => {
		loginServer({ lists: [[pageOf(BAKERY)]] });
		const { error } = await runNode({
			parameters: operationOf('account', 'getMany'),
			credentials: settledLogin([BAKERY, FLORIST]),
		});
		expect(error).toBeUndefined();
	});

	it('tells the one account of a Page token without a call', async () => {
		const calls = listenAt(GRAPH, () => ({}));
		const credentials = openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page });
		const { items, error } = await runNode({
			parameters: operationOf('account', 'getMany', { authentication: TYPE }),
			credentials,
		});
		expect(error).toBeUndefined();
		expect(jsons(items)).toMatchObject([{ id: BAKERY.id, username: BAKERY.username, pageId: BAKERY.pageId }]);
		expect(calls).toEqual([]);
	});
});
