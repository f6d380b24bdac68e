import { setClock } from '../../support/clock.mts';
import { graphError, guardNetwork, line, type Received } from '../../support/graph.mts';
import { BASE_PERMISSIONS, loginServer, pageOf, type LoginAnswers, type Page } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, newLogin, tokens } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { proofIn } from '../../support/proofs.mts';
import { runNode, type RunOptions, type Stored } from '../../support/runNode.mts';

guardNetwork();
afterEach(() => jest.useRealTimers());

const NAME = 'instagramFacebookLoginOAuth2Api';
const both = [[pageOf(BAKERY, tokens.bakery), pageOf(FLORIST, 'EAAnewpage00')]];
const dataOf = (credentials: Stored) => credentials[NAME].oauthTokenData as Record<string, unknown>;
const grants = (calls: Received[]) =>
	calls
		.filter(({ method, path }) => method === 'POST' && path.endsWith('/oauth/access_token'))
		.map(({ body }) => new URLSearchParams(body).get('grant_type'));
const looks = (calls: Received[]) => calls.filter((call) => line(call) === 'GET /me/accounts').length;
const messages = (calls: Received[]) =>
	calls.filter(({ path }) => path.endsWith('/messages')).map((call) => [line(call), call.authorization, proofIn(call)]);
const asFlorist = [`POST /${FLORIST.pageId}/messages`, 'Bearer EAAnewpage00', 'body'];

async function send(credentials: Stored, wanted: string, more: Partial<RunOptions> = {}) {
	const account = { __rl: true, mode: 'id', value: wanted };
	return await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi', account }),
		credentials,
		...more,
	});
}

describe('an account that came after the login', () => {
	it.each([FLORIST.id, FLORIST.pageId, '@Sandbox_Florist'])(
		'is found at Meta by %s, and signed for with its own token, without a new exchange',
		async (wanted) => {
			const { credentials, token } = newLogin();
			const until = dataOf(credentials).longLivedUntil;
			const calls = loginServer({ lists: both });
			expect((await send(credentials, wanted)).error).toBeUndefined();
			expect(messages(calls)).toEqual([asFlorist]);
			expect(grants(calls)).toEqual(['client_credentials']);
			expect(calls.find((call) => line(call) === 'GET /me/accounts')?.authorization).toBe(`Bearer ${token}`);
			expect(dataOf(credentials)).toMatchObject({
				access_token: token,
				longLivedUntil: until,
				accounts: [BAKERY, FLORIST],
				pageTokens: { [BAKERY.pageId]: tokens.bakery, [FLORIST.pageId]: 'EAAnewpage00' },
			});
		},
	);

	it('is known from then on: the next run makes one call', async () => {
		const { credentials } = newLogin();
		const calls = loginServer({ lists: both });
		await send(credentials, FLORIST.id);
		calls.length = 0;
		expect((await send(credentials, FLORIST.id)).error).toBeUndefined();
		expect(calls.map(line)).toEqual([asFlorist[0]]);
	});

	it.each<[string, object, LoginAnswers]>([
		['of a system user', { longLivedUntil: undefined, expires_in: undefined }, { lists: both }],
		[
			'in a business portfolio',
			{ permissions: undefined },
			{
				lists: [[]],
				permissions: { ...BASE_PERMISSIONS, business_management: 'granted' },
				portfolios: { b1: { owned: both } },
			},
		],
		[
			'whose Page gave no token before',
			{ accounts: [BAKERY, FLORIST], pageTokens: { [BAKERY.pageId]: tokens.bakery } },
			{ lists: both },
		],
	])('is found without an exchange: %s', async (_name, more, answers) => {
		const { credentials } = newLogin([BAKERY], more);
		const calls = loginServer(answers);
		expect((await send(credentials, FLORIST.id)).error).toBeUndefined();
		expect(grants(calls)).toEqual(['client_credentials']);
		expect(messages(calls)).toEqual([asFlorist]);
	});

	it('is found when the credential names it as its default, and when it is the first one', async () => {
		const named = newLogin([BAKERY], {}, { defaultAccount: FLORIST.username });
		const empty = newLogin([]);
		const calls = loginServer({ lists: [[pageOf(FLORIST, 'EAAnewpage00')]] });
		for (const { credentials } of [named, empty]) expect((await send(credentials, '')).error).toBeUndefined();
		expect(messages(calls)).toEqual([asFlorist, asFlorist]);
	});

	it('renews the login on the way when it ends soon', async () => {
		const { credentials, token } = newLogin([BAKERY], { longLivedUntil: Date.now() + 24 * 3600 * 1000 });
		const calls = loginServer({ lists: both });
		expect((await send(credentials, FLORIST.id)).error).toBeUndefined();
		expect(grants(calls)).toEqual(['client_credentials', 'fb_exchange_token']);
		expect(dataOf(credentials).access_token).not.toBe(token);
	});

	it('is found by ten executions that start together, with one look at Meta', async () => {
		const { credentials } = newLogin();
		const calls = loginServer({ lists: both });
		const results = await Promise.all(Array.from({ length: 10 }, async () => await send(credentials, FLORIST.id)));
		expect(results.map(({ error }) => error?.message)).toEqual(Array(10).fill(undefined));
		expect(looks(calls)).toBe(1);
		expect(messages(calls)).toEqual(Array(10).fill(asFlorist));
	});
});

describe('an account that Meta does not show either', () => {
	const start = 1_800_000_000_000;
	const login = () => newLogin([BAKERY], { longLivedUntil: start + 59 * 24 * 3600 * 1000 });

	it('is looked for once, however many items name it', async () => {
		const calls = loginServer();
		const { items } = await send(login().credentials, '@nobody', {
			items: Array.from({ length: 1000 }, () => ({})),
			continueOnFail: true,
		});
		expect(items).toHaveLength(1000);
		expect(new Set(items.map(({ json }) => json.error))).toEqual(
			new Set(['The account "@nobody" does not belong to this login']),
		);
		expect(looks(calls)).toBe(1);
		expect(messages(calls)).toEqual([]);
	});

	it('does not keep the other items from working', async () => {
		const calls = loginServer();
		const { items } = await send(login().credentials, '={{ $json.who }}', {
			items: [{ who: '@nobody' }, { who: BAKERY.id }, { who: '@nobody' }],
			continueOnFail: true,
		});
		expect(items.map(({ json }) => json.messageId)).toEqual([undefined, 'aWdfZ1', undefined]);
		expect(looks(calls)).toBe(1);
	});

	it('is looked for again after a minute, and in another login at once', async () => {
		setClock(start);
		const [{ credentials }, other] = [login(), login()];
		const calls = loginServer();
		await send(credentials, '@nobody');
		setClock(start + 59_000);
		await send(credentials, '@nobody');
		expect(looks(calls)).toBe(1);
		await send(other.credentials, '@nobody');
		expect(looks(calls)).toBe(2);
		setClock(start + 60_000);
		await send(credentials, '@nobody');
		expect(looks(calls)).toBe(3);
	});

	it('leaves the login as it is when Meta cannot tell', async () => {
		const { credentials } = login();
		const before = structuredClone(credentials);
		const calls = loginServer({
			other: (request) => (line(request) === 'GET /me/accounts' ? { status: 500, body: graphError(2) } : undefined),
		});
		expect((await send(credentials, FLORIST.id)).error?.message).toBe(
			`The account "${FLORIST.id}" does not belong to this login`,
		);
		expect(credentials).toEqual(before);
		expect((await send(credentials, BAKERY.id)).error).toBeUndefined();
		expect(looks(calls)).toBe(1);
	});
});

describe('a Page that has no account yet', () => {
	const start = 1_800_000_000_000;
	const bare: Page = { id: FLORIST.pageId, name: FLORIST.pageName, access_token: 'EAAnewpage00' };

	it.each([FLORIST.pageId, 'florist page'])(
		'is named with what to do, chosen by %s, and works once an account is linked',
		async (wanted) => {
			setClock(start);
			const { credentials } = newLogin([BAKERY], { longLivedUntil: start + 59 * 24 * 3600 * 1000 });
			const lists = [[pageOf(BAKERY, tokens.bakery), bare]];
			const calls = loginServer({ lists });
			const { error } = await send(credentials, wanted);
			expect(error?.message).toBe('The Page "Florist Page" has no linked Instagram account');
			expect(error?.description).toBe(
				'Link an Instagram Business or Creator account in the settings of the Page (Linked accounts), then run this again.',
			);
			expect(messages(calls)).toEqual([]);
			lists[0][1] = both[0][1];
			setClock(start + 61_000);
			expect((await send(credentials, FLORIST.pageId)).error).toBeUndefined();
			expect(messages(calls)).toEqual([asFlorist]);
			expect(dataOf(credentials).unlinked).toEqual([]);
		},
	);
});
