import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { isAtLeast, wantedVersion } from '../../sandbox/n8n/versions.mts';
import {
	ACTION,
	ACCOUNT,
	CUSTOMER,
	execute,
	importTrigger,
	openStage,
	operation,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

const FLORIST = 'sandbox_florist';

describe('every account of a login', () => {
	let stage: Stage;
	let login: Login;
	let user: string;

	const lastRequest = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;
	const callsSince = async (since: number) =>
		(await stage.control.requests(since)).map(({ method, path }) => `${method} ${path}`);
	const connect = async (): Promise<Login> => ({ type: OAUTH_CREDENTIAL, credential: await stage.connect() });
	const conversations = async (account: string) =>
		await execute(
			stage,
			login,
			operation(login, 'conversation', 'getMany', { account: { __rl: true, mode: 'id', value: account } }),
		);
	const search = async (filter?: string, paginationToken?: string) =>
		await stage.client.nodes.listSearch({
			node: {
				type: ACTION,
				typeVersion: 1,
				parameters: { authentication: login.type },
				credentials: { [login.type]: login.credential },
			},
			method: 'searchAccounts',
			...(filter ? { filter } : {}),
			...(paginationToken ? { paginationToken } : {}),
		});

	beforeAll(async () => {
		stage = await openStage();
		// Every call of this file has to prove that it knows the app secret.
		const [app] = (await stage.control.world()).apps;
		await stage.control.call('PATCH', `/apps/${app.id}`, { requireAppSecret: true });
		[user] = [...stage.sandbox.world.users.keys()];
		await stage.control.writeMessage(CUSTOMER, FLORIST, 'Hello');
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello');
		login = await connect();
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('proves every call with the app secret, and costs one call for each of 100 messages', async () => {
		const recipientId = await stage.control.customerId(CUSTOMER, ACCOUNT);
		await conversations(ACCOUNT);
		const since = await lastRequest();
		const items = Array.from({ length: 100 }, (_, index) => ({ text: `number ${index}` }));
		const { items: sent, error } = await execute(
			stage,
			login,
			operation(login, 'message', 'sendText', { recipientId, text: '={{ $json.text }}' }),
			{ items },
		);
		expect(error).toBeUndefined();
		expect(sent).toHaveLength(100);
		const calls = await callsSince(since);
		expect(calls).toHaveLength(100);
		expect(new Set(calls)).toEqual(new Set([expect.stringMatching(/^POST \/\d+\/messages$/)]));
		const received = (await stage.control.inbox(CUSTOMER, ACCOUNT))
			.filter(({ from }) => from === 'account')
			.map(({ text }) => text);
		expect(received).toEqual(items.map(({ text }) => text));
	});

	it('finds a Page whose role was given after connecting, without a reconnect and without a new token', async () => {
		const page = (await stage.control.world()).accounts.find(({ username }) => username === FLORIST)?.pageId ?? '';
		login = await connect();
		await stage.control.call('POST', `/users/${user}`, { pages: { [page]: false } });
		const { error } = await conversations(FLORIST);
		expect(error?.message).toBe(`The account "${FLORIST}" does not belong to this login`);
		await stage.control.call('POST', `/users/${user}`, { pages: { [page]: true } });
		// The node looks again once a minute at most; a fresh process has not looked yet.
		await stage.n8n.restart();
		const since = await lastRequest();
		const { items, error: none } = await conversations(FLORIST);
		expect(none).toBeUndefined();
		expect(items).toHaveLength(1);
		const grants = (await stage.control.requests(since)).map(
			({ body }) => (body as { grant_type?: string } | null)?.grant_type,
		);
		// Before 2.20, n8n has no part in it.
		expect(grants.filter(Boolean)).toEqual(isAtLeast(wantedVersion(), '2.20') ? ['client_credentials'] : []);
	});

	it('lets the trigger listen to such a Page, too', async () => {
		const { pageId, instagramId } = (await stage.control.world()).accounts.find(
			({ username }) => username === FLORIST,
		)!;
		login = await connect();
		await stage.control.call('POST', `/users/${user}`, { pages: { [pageId]: false } });
		await conversations(ACCOUNT);
		await stage.control.call('POST', `/users/${user}`, { pages: { [pageId]: true } });
		const id = await importTrigger(stage, login, 'late-page', { events: ['message'], accounts: [instagramId] });
		await stage.client.workflows.activate(id);
		await stage.control.writeMessage(CUSTOMER, FLORIST, 'Is anybody there?');
		expect((await stage.client.executions.waitFor(id)).status).toBe('success');
		await stage.client.workflows.deactivate(id);
	});

	it('reaches Pages of clients through their business portfolio', async () => {
		const { ids } = await stage.control.call<{ ids: string[] }>('POST', '/pages', { count: 2, linked: true });
		await stage.control.call('POST', '/businesses', { name: 'Agency', clientPages: ids });
		login = await connect();
		const { items, error } = await execute(stage, login, {
			...operation(login, 'account', 'getMany'),
			returnAll: true,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ pageId }) => pageId)).toEqual(expect.arrayContaining(ids));
		const { error: refused } = await conversations(ids[0]);
		expect(refused).toBeUndefined();
	});

	it('shows a Page without an account with the reason, and says what to do when it is chosen', async () => {
		const [id] = (await stage.control.call<{ ids: string[] }>('POST', '/pages', { count: 1, linked: false })).ids;
		login = await connect();
		const { results } = await search(id);
		expect(results).toEqual([
			{ name: expect.stringMatching(/^Sandbox Page \d+ \(no linked Instagram account\)$/), value: id },
		]);
		const { error } = await conversations(id);
		expect(error?.message).toMatch(/^The Page "Sandbox Page \d+" has no linked Instagram account$/);
		expect(error?.description).toContain('Link an Instagram Business or Creator account');
	});

	it('searches 1,000 Pages with the calls that paging needs, and none at the next letter', async () => {
		await stage.control.call('POST', '/pages', { count: 1000, linked: true });
		login = await connect();
		await conversations(ACCOUNT);
		const portfolios = (await stage.control.world()).pages.length > 1000 ? 2 : 0;
		const since = await lastRequest();
		const { results } = await search('@sandbox_account_100');
		expect(results.map(({ name }) => name)).toContain('@sandbox_account_1000 (Sandbox Page 1000)');
		const calls = await callsSince(since);
		expect(calls.filter((call) => call === 'GET /me/accounts')).toHaveLength(11);
		expect(calls.length).toBeLessThanOrEqual(11 + 1 + 2 * portfolios);
		const first = await search();
		const second = await search(undefined, first.paginationToken);
		expect(first.results).toHaveLength(100);
		expect(second.results[0]).not.toEqual(first.results[0]);
		expect(await callsSince(since)).toHaveLength(calls.length);
	});
});
