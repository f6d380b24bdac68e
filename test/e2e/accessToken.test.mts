import { readFileSync } from 'node:fs';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { ACCOUNT, ACTION, CUSTOMER, execute, operation, openStage, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

const TYPE = 'instagramAccessTokenApi';

describe('a pasted token, on a real n8n', () => {
	let stage: Stage;
	let app: { id: string; secret: string };
	let person: string;

	const tokenFor = async (request: object) =>
		(await stage.control.call<{ token: string }>('POST', '/tokens', request)).token;
	const create = async (accessToken: string, more: object = {}): Promise<Login> => ({
		type: TYPE,
		credential: await stage.client.credentials.create(TYPE, 'Pasted', {
			accessToken,
			graphBaseUrl: stage.sandbox.graphUrl,
			...more,
		}),
	});
	const send = async (login: Login) =>
		await execute(stage, login, operation(login, 'message', 'sendText', { recipientId: person, text: 'Hello' }));

	beforeAll(async () => {
		stage = await openStage();
		[app] = (await stage.control.world()).apps;
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello');
		person = await stage.control.customerId(CUSTOMER, ACCOUNT);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('a user token becomes a lasting one and signs for the Page', async () => {
		const login = await create(await tokenFor({ kind: 'user' }), { appId: app.id, appSecret: app.secret });
		expect(await stage.client.credentials.test(login.credential.id)).toMatchObject({ status: 'OK' });
		await stage.n8n.restart();
		await stage.control.advanceClock(3 * 3600);
		const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
		expect((await send(login)).items).toEqual([{ messageId: expect.any(String), recipientId: person }]);
		const calls = await stage.control.requests(since);
		expect(calls.map(({ token }) => token?.kind)).toEqual(['page']);
	});

	it('a Page token serves its one account without a choice', async () => {
		const page = (await stage.control.world()).accounts.find(({ username }) => username === ACCOUNT)?.pageId;
		const login = await create(await tokenFor({ kind: 'page', page }));
		const { items, error } = await execute(stage, login, {
			...operation(login, 'conversation', 'getMany'),
			account: { __rl: true, mode: 'list', value: '' },
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([expect.objectContaining({ conversationWith: person, username: CUSTOMER })]);
	});

	it.each([
		['a token that Meta never made', async () => 'EAAnotatoken000000', 'Meta does not accept this access token'],
		[
			'a token whose password was changed',
			async () => {
				const token = await tokenFor({ kind: 'user' });
				await stage.control.call('POST', '/tokens/invalidate', { kind: 'user', subcode: 460 });
				return token;
			},
			'The login ended because the password was changed',
		],
	])('the credential test explains %s', async (_what, make, message) => {
		const login = await create(await make());
		const verdict = await stage.client.credentials.test(login.credential.id);
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain(message);
		const { error } = await send(login);
		expect(error?.message).toBe('Meta does not accept the access token of the credential');
		expect(error?.description).toContain(message);
	});

	it('a wrong app secret is named as such', async () => {
		const login = await create(await tokenFor({ kind: 'user' }), { appId: app.id, appSecret: 'wrong' });
		const verdict = await stage.client.credentials.test(login.credential.id);
		expect(verdict.status).toBe('Error');
		expect(verdict.message).toContain('The app secret does not fit the access token');
	});

	it('fills the account picker over several pages of results', async () => {
		await stage.control.call('POST', '/pages', { count: 130, linked: true });
		const login = await create(await tokenFor({ kind: 'user' }), { appId: app.id, appSecret: app.secret });
		const node = {
			type: ACTION,
			typeVersion: 1,
			parameters: { authentication: TYPE },
			credentials: { [TYPE]: login.credential },
		};
		const all = await stage.client.nodes.listSearch({ node, method: 'searchAccounts' });
		expect(all.paginationToken).toEqual(expect.any(String));
		const rest = await stage.client.nodes.listSearch({
			node,
			method: 'searchAccounts',
			paginationToken: all.paginationToken,
		});
		// The seed's third Page has no account: it stands last, with the reason.
		expect(all.results.length + rest.results.length).toBe(133);
		expect(rest.results.at(-1)?.name).toMatch(/ \(no linked Instagram account\)$/);
		const found = await stage.client.nodes.listSearch({
			node,
			method: 'searchAccounts',
			filter: '@Sandbox_Account_130',
		});
		expect(found.results.map(({ name }) => name)).toEqual(['@sandbox_account_130 (Sandbox Page 130)']);
	});

	it('a token of Instagram Login answers messages without a Facebook Page, and is renewed', async () => {
		const accessToken = await tokenFor({ kind: 'instagram', account: ACCOUNT });
		// Meta renews no token in its first day.
		await stage.control.advanceClock(2 * 24 * 3600);
		const login = await create(accessToken, { instagramGraphBaseUrl: stage.sandbox.instagramGraphUrl });
		expect(await stage.client.credentials.test(login.credential.id)).toMatchObject({ status: 'OK' });
		const renewals = (await stage.control.requests()).filter(({ path }) => path === '/refresh_access_token');
		expect(renewals.map(({ status }) => status)).toEqual([200]);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello again');
		const since = (await stage.control.requests()).at(-1)?.seq ?? 0;
		const { items, error } = await execute(stage, login, {
			...operation(login, 'message', 'sendText', { recipientId: person, text: 'Without a Page' }),
			account: { __rl: true, mode: 'list', value: '' },
		});
		expect(error).toBeUndefined();
		expect(items).toEqual([{ messageId: expect.any(String), recipientId: person }]);
		const calls = await stage.control.requests(since);
		expect(calls.map(({ method, path, token }) => [method, path, token?.kind])).toEqual([
			['POST', expect.stringMatching(/^\/\d+\/messages$/), 'instagram'],
		]);
		expect((await stage.control.inbox(CUSTOMER, ACCOUNT)).at(-1)?.text).toBe('Without a Page');
	});

	it('keeps the token out of the log', () => {
		const log = readFileSync(stage.n8n.logFile, 'utf8');
		expect(log).not.toMatch(/(EAA|IGAA)[\w-]{12,}/);
		expect(log).not.toContain(app.secret);
	});
});
