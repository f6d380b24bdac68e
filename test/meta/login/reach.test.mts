import { graphError, guardNetwork, line, type Answer } from '../../support/graph.mts';
import { BASE_PERMISSIONS, loginServer, pageOf, type LoginAnswers, type Page } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, freshLogin, tokens } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { pastedLogin, pastedTokens, sessionOf, TYPE } from '../../support/pastedTokens.mts';
import { proofIn } from '../../support/proofs.mts';
import { runNode } from '../../support/runNode.mts';

guardNetwork();

const NAME = 'instagramFacebookLoginOAuth2Api';
const MANAGER = { ...BASE_PERMISSIONS, business_management: 'granted' };
const SHOP = { ...BAKERY, id: '17841400000000003', username: 'shop', pageId: '100000000000003', pageName: 'Shop Page' };
const refused = (code: number, subcode?: number): Answer => ({ status: 403, body: graphError(code, subcode) });
const unlinked = (id: string, name?: string): Page => ({ id, ...(name ? { name } : {}) });

type Reach = {
	accounts?: Array<{ username: string }>;
	pageTokens?: Record<string, string>;
	unlinked?: object[];
	permissions?: object;
};

/** Uses a login that was connected just now, and tells what the credential then holds. */
async function connect(answers: LoginAnswers) {
	const calls = loginServer({ lists: [[]], ...answers });
	const credentials = freshLogin();
	const { error } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi' }),
		credentials,
	});
	const stored = credentials[NAME].oauthTokenData as Reach & { access_token: string };
	const asked = calls.filter(({ method, path }) => method === 'GET' && !path.includes('/oauth/'));
	return { error, stored, asked, lines: asked.map(line), names: stored.accounts?.map(({ username }) => username) };
}

describe('Pages of business portfolios', () => {
	const portfolios = {
		b1: { owned: [[pageOf(BAKERY, tokens.bakery)], [pageOf(SHOP, 'EAAshop00000')]] },
		b2: { client: [[pageOf(FLORIST, tokens.florist)]] },
	};

	it('are found with business_management: own and client Pages of every portfolio, over all pages of the lists', async () => {
		const { asked, lines, names, stored } = await connect({ permissions: MANAGER, portfolios });
		expect(names).toEqual([BAKERY.username, SHOP.username, FLORIST.username]);
		expect(stored.pageTokens).toEqual({
			[BAKERY.pageId]: tokens.bakery,
			[SHOP.pageId]: 'EAAshop00000',
			[FLORIST.pageId]: tokens.florist,
		});
		expect([...lines].sort()).toEqual([
			'GET /b1/client_pages',
			'GET /b1/owned_pages',
			'GET /b1/owned_pages',
			'GET /b2/client_pages',
			'GET /b2/owned_pages',
			'GET /me/accounts',
			'GET /me/businesses',
			'GET /me/permissions',
		]);
		expect(asked.map(({ authorization }) => authorization)).toEqual(Array(8).fill(`Bearer ${tokens.long}`));
		expect(asked.map((call) => proofIn(call))).toEqual(Array(8).fill('query'));
	});

	it.each(['declined', 'expired'])('are not asked for when business_management is %s', async (status) => {
		const { lines, names } = await connect({
			lists: [[pageOf(BAKERY, tokens.bakery)]],
			permissions: { ...BASE_PERMISSIONS, business_management: status },
			portfolios,
		});
		expect(lines).toEqual(['GET /me/accounts', 'GET /me/permissions']);
		expect(names).toEqual([BAKERY.username]);
	});

	it.each<[string, Answer]>([
		['refuses', refused(100)],
		['fails', { status: 500, body: graphError(2) }],
		['does not answer', 'reset'],
	])('are asked for when nobody knows the permissions: Meta %s to tell them', async (_how, answer) => {
		const { names, stored } = await connect({
			portfolios,
			other: (request) => (line(request) === 'GET /me/permissions' ? answer : undefined),
		});
		expect(names).toEqual([BAKERY.username, SHOP.username, FLORIST.username]);
		expect(stored).not.toHaveProperty('permissions');
	});

	it('that are in several lists count once, with the token of whichever list has it', async () => {
		const { names, stored } = await connect({
			permissions: MANAGER,
			lists: [[pageOf(BAKERY), pageOf(FLORIST, tokens.florist)]],
			portfolios: { b1: { owned: [[pageOf(BAKERY, tokens.bakery), pageOf(FLORIST)]], client: [[pageOf(BAKERY)]] } },
		});
		expect(names).toEqual([BAKERY.username, FLORIST.username]);
		expect(stored.pageTokens).toEqual({ [BAKERY.pageId]: tokens.bakery, [FLORIST.pageId]: tokens.florist });
	});

	it.each([
		[3, undefined],
		[10, undefined],
		[100, 33],
		[200, undefined],
	])('of a list that Meta keeps closed (%i/%s) are left out, the others are not', async (code, subcode) => {
		const { names, error } = await connect({
			permissions: MANAGER,
			lists: [[pageOf(BAKERY, tokens.bakery)]],
			portfolios: {
				b1: { owned: refused(code, subcode), client: [[pageOf(SHOP, 'EAAshop00000')]] },
				b2: { owned: [[pageOf(FLORIST, tokens.florist)]] },
			},
		});
		expect(error?.message).toBe('Choose the Instagram account');
		expect(names).toEqual([BAKERY.username, SHOP.username, FLORIST.username]);
	});

	it('are left out when the list of portfolios itself is closed', async () => {
		const { names } = await connect({
			permissions: MANAGER,
			lists: [[pageOf(BAKERY, tokens.bakery)]],
			other: (request) => (line(request) === 'GET /me/businesses' ? refused(200) : undefined),
		});
		expect(names).toEqual([BAKERY.username]);
	});

	it.each<[string, Answer, RegExp]>([
		['fails (2)', { status: 500, body: graphError(2) }, /Meta error 2,/],
		['is over its limit (4)', { status: 400, body: graphError(4) }, /Meta error 4,/],
		['cannot be reached', 'reset', /closed unexpectedly/],
	])('are not forgotten because Meta %s: nothing is stored', async (_how, answer, reason) => {
		const { error, stored } = await connect({
			permissions: MANAGER,
			lists: [[pageOf(BAKERY, tokens.bakery)]],
			portfolios: { b1: { client: answer } },
		});
		expect(error?.message).toBe('Meta did not give a lasting login');
		expect(error?.description).toMatch(reason);
		expect(stored).toEqual({ access_token: tokens.short, token_type: 'bearer', expires_in: 3600 });
	});
});

describe('a Page without an Instagram account', () => {
	it('is kept with its name, from any list, once, and without a token', async () => {
		const { names, stored } = await connect({
			permissions: MANAGER,
			lists: [[pageOf(BAKERY, tokens.bakery), { ...unlinked('900', 'Lonely Page'), access_token: 'EAAlonely000' }]],
			portfolios: { b1: { owned: [[unlinked('900', 'Lonely Page'), unlinked('901')]] } },
		});
		expect(names).toEqual([BAKERY.username]);
		expect(stored.unlinked).toEqual([
			{ pageId: '900', pageName: 'Lonely Page' },
			{ pageId: '901', pageName: '' },
		]);
		expect(stored.pageTokens).toEqual({ [BAKERY.pageId]: tokens.bakery });
	});

	it('is named when the login reaches nothing else', async () => {
		const { error } = await connect({ lists: [[unlinked('900', 'Lonely Page'), unlinked('901')]] });
		expect(error?.message).toBe('This login reaches no Instagram account');
		expect(error?.description).toBe(
			'It reaches Pages without a linked Instagram account: "Lonely Page", "901". Link an Instagram Business or Creator account in the settings of the Page (Linked accounts), then run this again.',
		);
	});
});

describe('permissions', () => {
	const permissions = {
		instagram_basic: 'granted',
		pages_messaging: 'declined',
		pages_show_list: 'granted',
		instagram_manage_insights: 'expired',
	};
	const sorted = {
		granted: ['instagram_basic', 'pages_show_list'],
		declined: ['pages_messaging', 'instagram_manage_insights'],
	};

	it('are kept, granted and declined; what has expired only the person can give again', async () => {
		expect((await connect({ permissions })).stored.permissions).toEqual(sorted);
	});

	it('and portfolios are read with a pasted user token, too', async () => {
		const rich = { ...permissions, business_management: 'granted' };
		loginServer({
			lists: [[]],
			permissions: rich,
			portfolios: { b1: { client: [[pageOf(BAKERY, tokens.bakery), unlinked('900', 'Lonely Page')]] } },
		});
		const credentials = pastedLogin(pastedTokens.user);
		const parameters = operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi' });
		expect((await runNode({ parameters, credentials })).error).toBeUndefined();
		expect(sessionOf(credentials)).toMatchObject({
			accounts: [BAKERY],
			pageTokens: { [BAKERY.pageId]: tokens.bakery },
			unlinked: [{ pageId: '900', pageName: 'Lonely Page' }],
			permissions: { granted: [...sorted.granted, 'business_management'], declined: sorted.declined },
		});
	});
});
