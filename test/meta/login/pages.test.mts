import { graphError, guardNetwork, line, type Answer, type Received } from '../../support/graph.mts';
import { loginServer, pageOf, type LoginAnswers } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, newLogin } from '../../support/logins.mts';
import { jsons, operationOf } from '../../support/parameters.mts';
import { proofIn } from '../../support/proofs.mts';
import { runNode } from '../../support/runNode.mts';

guardNetwork();

const MANAGER = { granted: ['pages_show_list', 'business_management'], declined: [] };
const SHOP = { ...BAKERY, id: '17841400000000003', username: 'shop', pageId: '100000000000003', pageName: 'Shop Page' };
const portfolios = {
	b1: { owned: [[pageOf(BAKERY), pageOf(FLORIST)], [pageOf(SHOP)]] },
	b2: { client: [[pageOf(SHOP)]] },
};

let apps = 0;

/** Lists the Pages of a login as Meta shows them now. */
async function list(
	answers: LoginAnswers,
	{ permissions = MANAGER, ...more }: { permissions?: object | null; returnAll?: boolean; limit?: number } = {},
) {
	const calls = loginServer({ lists: [[pageOf(BAKERY)]], ...answers });
	const clientSecret = `pages ${++apps}`;
	const { credentials } = newLogin([BAKERY], { permissions: permissions ?? undefined }, { clientSecret });
	const { items, error } = await runNode({
		parameters: operationOf('account', 'getMany', { returnAll: true, options: { rateLimitWait: 0 }, ...more }),
		credentials,
	});
	return { calls, clientSecret, error, names: jsons(items).map(({ username, pageName }) => username ?? pageName) };
}
const lines = (calls: Received[]) => calls.map(line);

describe('the Pages of a login, as Meta shows them now', () => {
	it('come from every list, each once, read as the person and without tokens', async () => {
		const { calls, clientSecret, names, error } = await list({ portfolios });
		expect(error).toBeUndefined();
		expect(names).toEqual([BAKERY.username, FLORIST.username, SHOP.username]);
		expect(lines(calls)).toEqual([
			'GET /me/accounts',
			'GET /me/businesses',
			'GET /b1/owned_pages',
			'GET /b1/owned_pages',
			'GET /b1/client_pages',
			'GET /b2/owned_pages',
			'GET /b2/client_pages',
		]);
		expect(calls.map((call) => proofIn(call, clientSecret))).toEqual(Array(7).fill('query'));
		expect(JSON.stringify(calls.map(({ query }) => query))).not.toContain('access_token');
	});

	it('are those of /me/accounts when the login has no business_management', async () => {
		const { calls, names } = await list(
			{ portfolios },
			{ permissions: { granted: ['pages_show_list'], declined: ['business_management'] } },
		);
		expect(names).toEqual([BAKERY.username]);
		expect(lines(calls)).toEqual(['GET /me/accounts']);
	});

	it('include those of portfolios when nobody knows the permissions', async () => {
		expect((await list({ portfolios }, { permissions: null })).names).toHaveLength(3);
	});

	it.each([
		[1, ['GET /me/accounts'], ['1']],
		[2, ['GET /me/accounts', 'GET /me/businesses', 'GET /b1/owned_pages'], ['2', '100', '2']],
	])('are read only as far as %i of them need', async (limit, expected, sizes) => {
		const { calls, names } = await list({ portfolios }, { returnAll: false, limit });
		expect(names).toHaveLength(limit);
		expect(lines(calls)).toEqual(expected);
		expect(calls.map(({ query }) => query.limit)).toEqual(sizes);
	});

	it.each<[string, Answer]>([
		['10', { status: 403, body: graphError(10) }],
		['100/33', { status: 400, body: graphError(100, 33) }],
		['200', { status: 403, body: graphError(200) }],
	])('lack what a closed list would show (%s)', async (_code, closed) => {
		const { names, error } = await list({ portfolios: { b1: { owned: closed, client: [[pageOf(FLORIST)]] } } });
		expect(error).toBeUndefined();
		expect(names).toEqual([BAKERY.username, FLORIST.username]);
	});

	it('lack those of portfolios when the list of portfolios is closed', async () => {
		const { names, error } = await list({
			portfolios,
			other: (request) => (line(request) === 'GET /me/businesses' ? { status: 403, body: graphError(200) } : undefined),
		});
		expect(error).toBeUndefined();
		expect(names).toEqual([BAKERY.username]);
	});

	it.each<[string, Answer, string]>([
		[
			'one of a portfolio is over its limit',
			{ status: 400, body: graphError(4) },
			'The Meta app reached its call limit',
		],
		['the login has ended', { status: 400, body: graphError(190, 463) }, 'The login has expired'],
	])('are not told in part when %s', async (_why, answer, message) => {
		const { error } = await list({ portfolios: { b1: { client: answer } } });
		expect(error?.message).toBe(message);
	});

	it('are not told at all when the first list is closed', async () => {
		const { error } = await list({
			other: (request) => (line(request) === 'GET /me/accounts' ? { status: 403, body: graphError(200) } : undefined),
		});
		expect(error?.message).toBe('The login has no permission for this');
	});
});
