import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import {
	ACCOUNT,
	ACTION,
	callbackOf,
	execute,
	importTrigger,
	openStage,
	operation,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';
import { leaksOf } from './leaks.mts';

jest.setTimeout(180_000);

type Row = { check: string; status: string; message: string; fix: string };
type Report = { status: string; summary: string; checks: Row[] };

/** The address that this n8n believes to have; Meta's side never calls it here. */
const PUBLIC = 'https://n8n.example';

describe('Check Connection, on a real n8n', () => {
	let stage: Stage;
	let login: Login;
	let app: { id: string };
	let owner: string;
	let page: string;
	const reports: string[] = [];

	const secrets = () => [
		...stage.sandbox.world.tokens.all().map(({ value }) => value),
		stage.sandbox.world.apps.values().next().value?.secret ?? '',
	];
	const keep = (report: string) => {
		reports.push(report);
		expect(secrets().filter((secret) => report.includes(secret))).toEqual([]);
	};
	const check = async (as = login): Promise<Report> => {
		const { items, error } = await execute(stage, as, operation(as, 'account', 'checkConnection'));
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		keep(JSON.stringify(items));
		return items[0] as unknown as Report;
	};
	const found = ({ checks }: Report) => checks.filter(({ status }) => status === 'problem' || status === 'warning');
	const control = async (method: string, path: string, body: object) => await stage.control.call(method, path, body);
	/** What an active trigger leaves at Meta; setting it through Meta would make Meta call the address. */
	const listen = (callbackUrl: string) => {
		const { apps, pages } = stage.sandbox.world;
		apps.get(app.id)?.subscriptions.set('instagram', {
			callbackUrl,
			verifyToken: 'word',
			fields: new Set(['messages', 'comments']),
			includeValues: true,
			version: 'v25.0',
		});
		pages.get(page)?.subscribedApps.set(app.id, ['messages', 'feed']);
	};

	beforeAll(async () => {
		stage = await openStage({ n8nEnv: { WEBHOOK_URL: `${PUBLIC}/` } });
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		const world = await stage.control.world();
		[app] = world.apps;
		page = world.accounts.find(({ username }) => username === ACCOUNT)?.pageId ?? '';
		owner = [...stage.sandbox.world.users.keys()][0];
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());
	beforeEach(() => {
		listen(`${PUBLIC}/webhook/x/webhook`);
	});

	it('finds nothing wrong with a login that was connected through the pop-up', async () => {
		const report = await check();
		expect(found(report)).toEqual([]);
		expect(report).toMatchObject({
			status: 'ok',
			summary: `The login works for @${ACCOUNT}. Nothing needs to be done.`,
		});
		expect(report.checks.find(({ check: name }) => name === 'address')?.message).toContain(PUBLIC);
		expect(report.checks.length).toBeGreaterThan(15);
	});

	it.each<[string, () => unknown, () => unknown, string, RegExp, RegExp]>([
		[
			'a declined permission',
			() => control('POST', `/users/${owner}`, { revoke: ['instagram_manage_insights'] }),
			() => control('POST', `/users/${owner}`, { grant: ['instagram_manage_insights'] }),
			'insightsPermissions',
			/lacks instagram_manage_insights/,
			/connect again/,
		],
		[
			'a lost role on the Page',
			() => control('POST', `/users/${owner}`, { pages: { [page]: false } }),
			() => control('POST', `/users/${owner}`, { pages: { [page]: true } }),
			'pageRole',
			/lost its role/,
			/restore the role/,
		],
		[
			'an account that was unlinked',
			() => control('PATCH', `/accounts/${ACCOUNT}`, { linked: false }),
			() => control('PATCH', `/accounts/${ACCOUNT}`, { linked: true }),
			'instagramLink',
			/no linked professional/,
			/Linked accounts/,
		],
		[
			'a used up publishing limit',
			() => control('PATCH', `/accounts/${ACCOUNT}`, { quotaTotal: 0 }),
			() => control('PATCH', `/accounts/${ACCOUNT}`, { quotaTotal: 100 }),
			'publishingLimit',
			/used up/,
			/a day old/,
		],
		[
			'messages that are closed to apps',
			() => control('POST', '/faults', { path: '/conversations$', error: { code: 200, error_subcode: 2534041 } }),
			() => stage.control.call('DELETE', '/faults'),
			'messageAccess',
			/does not let apps read/,
			/Allow access to messages/,
		],
		[
			'an account that hands over no events',
			() => stage.sandbox.world.pages.get(page)?.subscribedApps.clear(),
			() => {},
			'subscribedFields',
			/none of its events/,
			/activate it again/,
		],
		[
			'events that go to another n8n',
			() => listen('https://other.example/webhook/x/webhook'),
			() => {},
			'webhook',
			/other\.example/,
			/one address per app/,
		],
		[
			'a throttled app',
			() => control('POST', '/throttle', { code: 4 }),
			() => stage.control.call('DELETE', '/throttle'),
			'callLimits',
			/call limit/,
			/wait/,
		],
		[
			'a checkpoint',
			() => control('POST', `/users/${owner}`, { checkpointed: true }),
			() => control('POST', `/users/${owner}`, { checkpointed: false }),
			'tokenValid',
			/confirm their identity/,
			/facebook\.com/,
		],
		[
			'an app that is not published, without a role',
			async () => {
				await control('POST', `/users/${owner}`, { hasRole: false });
				await control('PATCH', `/apps/${app.id}`, { live: false });
			},
			async () => {
				await control('POST', `/users/${owner}`, { hasRole: true });
				await control('PATCH', `/apps/${app.id}`, { live: true });
			},
			'appMode',
			/not published/,
			/App roles/,
		],
	])('names %s, and nothing else', async (_what, make, mend, name, message, fix) => {
		await make();
		const report = await check();
		await mend();
		expect(found(report)).toEqual([
			expect.objectContaining({
				check: name,
				message: expect.stringMatching(message),
				fix: expect.stringMatching(fix),
			}),
		]);
		expect(report.summary).toContain(found(report)[0].message);
	});

	it('serves as a tool: what calls it gets the report', async () => {
		const tool = { ...operation(login, 'account', 'checkConnection'), descriptionType: 'auto' };
		const node = (name: string, type: string, parameters: object, more: object = {}) => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters,
			...more,
		});
		const { id } = await stage.client.workflows.import({
			name: 'tool',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', {}),
				node('Caller', '@n8n/n8n-nodes-langchain.toolExecutor', { query: '{}' }),
				node('Doctor', `${ACTION}Tool`, tool, { credentials: { [login.type]: login.credential } }),
			] as never,
			connections: {
				Start: { main: [[{ node: 'Caller', type: 'main', index: 0 }]] },
				Doctor: { ai_tool: [[{ node: 'Caller', type: 'ai_tool', index: 0 }]] },
			},
		});
		await stage.client.executions.run(id, { trigger: 'Start' });
		const { data } = await stage.client.executions.waitFor(id);
		const text = JSON.stringify(data.resultData.runData.Caller);
		keep(text);
		expect(text).toContain(`The login works for @${ACCOUNT}`);
	});

	it('sees the subscription of a real trigger, and that Meta cannot reach an n8n without a public address', async () => {
		stage.sandbox.world.apps.get(app.id)?.subscriptions.clear();
		await stage.close();
		stage = await openStage();
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		const id = await importTrigger(stage, login, 'doctor', { events: ['message', 'comment'] });
		await stage.client.workflows.activate(id);
		const report = await check();
		expect(found(report)).toEqual([
			expect.objectContaining({ check: 'address', status: 'warning', fix: expect.stringContaining('WEBHOOK_URL') }),
		]);
		expect(report.checks.find(({ check: name }) => name === 'webhook')?.message).toContain(
			'Meta sends messages, comments to this n8n',
		);
		expect(callbackOf(stage, 'doctor')).toContain(stage.n8n.url);
	});

	it('leaves no token or secret in a report, nor anywhere else', async () => {
		expect(secrets().length).toBeGreaterThan(3);
		for (const secret of secrets()) expect(reports.some((report) => report.includes(secret))).toBe(false);
		for (const report of reports) expect(report).not.toMatch(/EAA\w{8}|\d{5,}\|\w{8}/);
		expect(await leaksOf(stage)).toEqual([]);
	});
});
