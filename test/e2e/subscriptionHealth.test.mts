import { fetch } from 'undici';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { errorOf } from '../../sandbox/n8n/drive.mts';
import {
	ACCOUNT,
	callbackOf,
	CUSTOMER,
	execute,
	importTrigger,
	openStage,
	operation,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

const HOOK = '99999999-2222-4333-8444-555555555555';
type Status = {
	ok: boolean;
	callback: { url: string; isExpected: boolean; isActive: boolean; fields: string[] } | null;
	accounts: Array<{ username: string; isSubscribed: boolean; fields: string[]; missingFields: string[] }>;
	problems: Array<{ accountId: string | null; problem: string; whatToDo: string }>;
};

describe('a subscription through its life, on a real n8n', () => {
	let stage: Stage;
	let login: Login;
	let workflowId: string;
	let url: string;
	let app: { id: string };

	/** A call to the simulated Graph from outside n8n, as another program or Meta itself would do it. */
	const atMeta = async (method: string, path: string, token: object) => {
		const { token: bearer } = await stage.control.call<{ token: string }>('POST', '/tokens', token);
		const answer = await fetch(`${stage.sandbox.graphUrl}/v25.0${path}`, {
			method,
			headers: { authorization: `Bearer ${bearer}` },
		});
		expect(answer.status).toBe(200);
	};
	const webhook = async (name: string, more: object = {}) => {
		const { items, error } = await execute(
			stage,
			login,
			operation(login, 'webhook', name, { accounts: 'all', ...more }),
		);
		if (error) throw new Error(`${error.message}: ${error.description ?? ''}`);
		return items[0];
	};
	const status = async (more: object = {}) =>
		(await webhook('getStatus', { webhookUrl: url, ...more })) as unknown as Status;
	const writesSince = async (seq: number) =>
		(await stage.control.requests(seq))
			.filter(({ method }) => method !== 'GET')
			.map(({ method, path }) => `${method} ${path.replace(/\/\d+/, '/ID')}`);
	const lastSeq = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;
	const arrives = async (text: string) => {
		const after = await stage.client.executions.latestId(workflowId);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, text);
		await stage.client.executions.waitFor(workflowId, { after });
	};

	beforeAll(async () => {
		stage = await openStage({ sandbox: { retryDelaysMs: [0, 200, 500] } });
		[app] = (await stage.control.world()).apps;
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		workflowId = await importTrigger(stage, login, HOOK, { events: ['message'] });
		url = callbackOf(stage, HOOK);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('before it begins, the status says what is missing', async () => {
		const { ok, callback, problems } = await status();
		expect([ok, callback]).toEqual([false, null]);
		expect(problems.map(({ problem }) => problem)).toEqual([
			'The app has no callback for Instagram: Meta sends nothing',
			expect.stringContaining('sandbox_bakery is not subscribed'),
			expect.stringContaining('sandbox_florist is not subscribed'),
		]);
		expect(problems[0].whatToDo).toContain('Activate the workflow');
	});

	it('an activation subscribes all; the next one writes the callback alone', async () => {
		const first = await lastSeq();
		await stage.client.workflows.activate(workflowId);
		expect((await writesSince(first)).filter((call) => call.includes('subscri'))).toEqual([
			'POST /ID/subscriptions',
			'POST /ID/subscribed_apps',
			'POST /ID/subscribed_apps',
		]);
		expect(await status()).toMatchObject({
			ok: true,
			callback: { url, isExpected: true, isActive: true, fields: ['messages'] },
			problems: [],
		});
		await arrives('first');
		const second = await lastSeq();
		await stage.client.workflows.deactivate(workflowId);
		expect(await status()).toMatchObject({
			ok: false,
			callback: null,
			accounts: [{ isSubscribed: true }, { isSubscribed: true }],
		});
		await stage.client.workflows.activate(workflowId);
		expect(await writesSince(second)).toEqual(['DELETE /ID/subscriptions', 'POST /ID/subscriptions']);
		await arrives('second');
	});

	it('an account that Meta dropped is named, and healed by one write', async () => {
		const page = (await stage.control.world()).accounts.find(({ username }) => username === ACCOUNT)?.pageId as string;
		await atMeta('DELETE', `/${page}/subscribed_apps`, { kind: 'page', page });
		const { ok, problems } = await status();
		expect([ok, problems]).toEqual([
			false,
			[
				{
					accountId: expect.any(String),
					problem: expect.stringContaining(`@${ACCOUNT} is not subscribed`),
					whatToDo: expect.stringContaining('Subscribe'),
				},
			],
		]);
		const before = await lastSeq();
		expect(await webhook('subscribe')).toMatchObject({
			accounts: [{ username: ACCOUNT, fields: ['messages'], changed: true }, { changed: false }],
		});
		expect(await writesSince(before)).toEqual(['POST /ID/subscribed_apps']);
		expect((await status()).ok).toBe(true);
		await arrives('third');
	});

	it("a callback that is gone is healed with the trigger's address, and only then", async () => {
		await atMeta('DELETE', `/${app.id}/subscriptions?object=instagram`, { kind: 'app' });
		expect((await status()).problems.map(({ problem }) => problem)).toEqual([
			'The app has no callback for Instagram: Meta sends nothing',
		]);
		await expect(webhook('subscribe')).rejects.toThrow('It is not known which fields to subscribe');
		const before = await lastSeq();
		expect(await webhook('subscribe', { webhookUrl: url, fields: ['messages'] })).toMatchObject({
			callback: { url, changed: true },
		});
		expect(await writesSince(before)).toEqual(['POST /ID/subscriptions']);
		await arrives('fourth');
	});

	it('is kept alive by the example, which writes nothing while all is well and speaks up when it cannot help', async () => {
		const example = await stage.importExample('keep-events-coming.json', login.credential, ({ nodes }) => {
			const healer = nodes.find(({ name }) => name === 'Put right what is missing');
			if (healer) healer.parameters.webhookUrl = url;
		});
		const run = async () => {
			const after = await stage.client.executions.latestId(example.id);
			await stage.client.executions.run(example.id, { trigger: 'Every hour' });
			return errorOf(await stage.client.executions.waitFor(example.id, { after }))?.message;
		};
		const page = (await stage.control.world()).accounts.find(({ username }) => username === ACCOUNT)?.pageId as string;
		await atMeta('DELETE', `/${page}/subscribed_apps`, { kind: 'page', page });
		expect(await run()).toBeUndefined();
		await arrives('healed');
		const before = await lastSeq();
		expect(await run()).toBeUndefined();
		expect(await writesSince(before)).toEqual([]);
		await stage.control.call('POST', '/faults', {
			method: 'GET',
			path: `^/${page}/subscribed_apps`,
			times: 9,
			status: 400,
			error: { code: 200 },
		});
		expect(await run()).toContain('could not be subscribed');
		await stage.control.call('DELETE', '/faults');
	});

	it('a second workflow is refused with the address, and harms nothing', async () => {
		const second = await importTrigger(stage, login, '99999999-7777-4888-8999-000000000000', { events: ['comment'] });
		const before = await lastSeq();
		await expect(stage.client.workflows.activate(second)).rejects.toThrow(url);
		await stage.client.workflows.deactivate(second);
		expect(await writesSince(before)).toEqual([]);
		await expect(webhook('subscribe', { webhookUrl: `${url}/other`, fields: ['messages'] })).rejects.toThrow(url);
		await arrives('fifth');
	});

	it('is taken away only when somebody asks for it, by its name', async () => {
		await expect(
			webhook('unsubscribe', { accounts: 'none', removeCallback: true, webhookUrl: `${url}/other` }),
		).rejects.toThrow(url);
		expect((await status()).ok).toBe(true);
		expect(await webhook('unsubscribe', { accounts: 'one' })).toMatchObject({
			removedCallback: null,
			accounts: [{ username: ACCOUNT, changed: true }],
		});
		expect((await status()).accounts.map(({ isSubscribed }) => isSubscribed)).toEqual([false, true]);
		expect(await webhook('unsubscribe', { removeCallback: true, webhookUrl: url })).toMatchObject({
			removedCallback: url,
			accounts: [{ changed: false }, { changed: true }],
		});
		expect(await status()).toMatchObject({
			callback: null,
			accounts: [{ isSubscribed: false }, { isSubscribed: false }],
		});
	});

	it('with Instagram Login, the account can be healed and the rest is explained', async () => {
		const { token } = await stage.control.call<{ token: string }>('POST', '/tokens', {
			kind: 'instagram',
			account: ACCOUNT,
		});
		const type = 'instagramAccessTokenApi';
		const data = {
			accessToken: token,
			graphBaseUrl: stage.sandbox.graphUrl,
			instagramGraphBaseUrl: stage.sandbox.instagramGraphUrl,
		};
		const facebook = login;
		login = { type, credential: await stage.client.credentials.create(type, 'Instagram Login', data) };
		expect(await status()).toMatchObject({
			callback: null,
			callbackNote: expect.stringContaining('App Dashboard'),
			accounts: [{ isSubscribed: false }],
		});
		await expect(webhook('subscribe', { webhookUrl: url, fields: ['messages'] })).rejects.toThrow(
			'Leave "Webhook URL" empty',
		);
		expect(await webhook('subscribe', { fields: ['messages', 'mentions', 'comments'] })).toMatchObject({
			accounts: [{ fields: ['comments', 'messages'], changed: true }],
		});
		expect(await status()).toMatchObject({ ok: true, accounts: [{ isSubscribed: true }] });
		login = facebook;
	});
});
