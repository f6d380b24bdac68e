import { OPT_IN_CAPABILITIES } from '../../../../nodes/meta/constants.ts';
import { APP, BAKERY } from '../../../sandbox/support.mts';
import {
	found,
	openStage,
	OWNER,
	rowOf,
	type DoctorStage,
	type Report,
} from '../../../support/stages/checkConnectionStage.mts';

const page = BAKERY.page;
const app = `/apps/${APP.id}`;
const refusal = (path: string, code: number, error_subcode?: number) => ({
	method: 'GET',
	path,
	times: 9,
	error: { code, ...(error_subcode ? { error_subcode } : {}) },
});

type Case = [
	what: string,
	make: (stage: DoctorStage) => unknown,
	check: string,
	status: string,
	message: RegExp,
	fix: RegExp,
];

// prettier-ignore
const cases: Case[] = [
	['a changed password', ({ change }) => change('POST', `/users/${OWNER}`, { passwordChanged: true }), 'tokenValid', 'problem', /password was changed/, /connect again/],
	['an app that was removed', ({ change }) => change('POST', `/users/${OWNER}`, { appRemoved: true }), 'tokenValid', 'problem', /app was removed/, /Confirm every permission/],
	['a checkpoint', ({ change }) => change('POST', `/users/${OWNER}`, { checkpointed: true }), 'tokenValid', 'problem', /confirm their identity/, /facebook\.com/],
	['an expired token', ({ advance }) => advance(61 * 24 * 3600), 'tokenValid', 'problem', /expired/, /connect again/],
	['a declined permission', ({ change }) => change('POST', `/users/${OWNER}`, { revoke: ['instagram_content_publish'] }), 'publishingPermissions', 'problem', /lacks instagram_content_publish\. The person declined/, /connect again and leave everything ticked/],
	['a declined basic permission', ({ change }) => change('POST', `/users/${OWNER}`, { revoke: ['pages_read_engagement'] }), 'basePermissions', 'problem', /pages_read_engagement/, /connect again/],
	['a lost role on the Page', ({ change }) => change('POST', `/users/${OWNER}`, { pages: { [page]: false } }), 'pageRole', 'problem', /lost its role/, /restore the role/],
	['an account that was unlinked', ({ change }) => change('PATCH', `/accounts/${BAKERY.username}`, { linked: false }), 'instagramLink', 'problem', /shows no linked professional Instagram account/, /Linked accounts/],
	['an app that is not live, without a role', async ({ change }) => {
		await change('POST', `/users/${OWNER}`, { hasRole: false });
		await change('PATCH', app, { live: false });
	}, 'appMode', 'problem', /not published/, /App roles/],
	['messages that are closed to apps', ({ change }) => change('POST', '/faults', refusal('/conversations$', 200, 2534041)), 'messageAccess', 'problem', /does not let apps read its messages/, /Allow access to messages/],
	['an account that may not use the API for messages', ({ change }) => change('POST', '/faults', refusal('/conversations$', 36103)), 'messageAccess', 'problem', /cannot be used through the API/, /Business or Creator/],
	['a used up publishing limit', ({ change }) => change('PATCH', `/accounts/${BAKERY.username}`, { quotaTotal: 0 }), 'publishingLimit', 'problem', /0 of 0 posts/, /a day old/],
	['a limit of the account', ({ change }) => change('POST', '/throttle', { code: 80002, account: BAKERY.username, minutes: 7 }), 'callLimits', 'problem', /call limit/, /wait 7 minutes/],
	['a limit of the app', ({ change }) => change('POST', '/throttle', { code: 4 }), 'callLimits', 'problem', /app reached its call limit/, /wait/],
	['a webhook of somebody else', ({ listen }) => listen('https://other.example/hook?key=abc'), 'webhook', 'warning', /to https:\/\/other\.example\/hook, not to this n8n/, /one address per app/],
	['a webhook at the test address', ({ listen }) => listen('https://n8n.test/webhook-test/hook-id/webhook'), 'webhook', 'warning', /test address/, /Activate/],
	['no webhook', ({ sandbox }) => sandbox.world.apps.get(APP.id)?.subscriptions.clear(), 'webhook', 'warning', /no address for Instagram events/, /ignore this/],
	['an account that hands over no events', ({ sandbox }) => sandbox.world.pages.get(page)?.subscribedApps.clear(), 'subscribedFields', 'problem', /hands none of its events/, /activate it again/],
	['an account that lacks a field', ({ sandbox }) => sandbox.world.pages.get(page)?.subscribedApps.set(APP.id, ['messages', 'feed']), 'subscribedFields', 'warning', /does not hand to it: Messaging Postbacks \(messaging_postbacks\)/, /Webhook: Subscribe/],
	['a new app secret', ({ sandbox }) => Object.assign(sandbox.world.apps.get(APP.id) as object, { secret: 'another' }), 'app', 'problem', /does not accept the App ID together with the App Secret/, /App settings > Basic/],
	['a proof of the app secret that is demanded', ({ change }) => change('POST', '/faults', refusal('^/me$', 100)), 'tokenValid', 'problem', /proof of the app secret/, /Require app secret/],
	['an app that Meta blocked', ({ change }) => change('POST', '/faults', { path: '.', times: 99, error: { code: 200, message: 'API access blocked.' } }), 'app', 'problem', /blocked the app or the account/, /resolve or appeal/],
	['a gateway that answers in place of Meta', ({ change }) => change('POST', '/faults', { path: '.', times: 99, status: 502 }), 'tokenValid', 'problem', /did not come from Meta \(HTTP 502\)/, /base URL/],
];

describe('account: checkConnection, with Facebook Login', () => {
	let stage: DoctorStage;
	beforeEach(async () => {
		stage = await openStage();
		stage.listen();
	});
	afterEach(async () => await stage.close());

	const clean = (report: Report) => {
		const text = JSON.stringify(report);
		expect(stage.secrets().filter((secret) => text.includes(secret))).toEqual([]);
		expect(text).not.toMatch(/EAA\w{8}|\d{5,}\|\w{8}/);
	};

	it('finds nothing wrong with a healthy login', async () => {
		const report = await stage.check(await stage.connect());
		expect(found(report)).toEqual({});
		expect(report).toMatchObject({
			status: 'ok',
			summary: 'The login works for @sandbox_bakery. Nothing needs to be done.',
			account: { id: BAKERY.account, username: BAKERY.username, pageId: page },
			login: { tokenKind: 'user', appId: APP.id, appName: 'Sandbox App', neverExpires: false, declinedScopes: [] },
		});
		const unknown = report.checks.filter(({ status }) => status === 'notChecked').map(({ check }) => check);
		expect(unknown).toEqual(['appMode', ...OPT_IN_CAPABILITIES.map((name) => `${name}Permissions`)]);
		expect(rowOf(report, 'tokenValid').message).toMatch(/valid until \d{4}-\d\d-\d\d\. The node renews it by itself/);
		expect(rowOf(report, 'webhook').message).toMatch(/^Meta sends messages, messaging_postbacks, comments to this n8n/);
		const days = (Date.parse(String(report.login.expiresAt)) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(59);
		clean(report);
	});

	it('reads side by side, writes nothing, and puts no token into an URL', async () => {
		const credentials = await stage.connect();
		const before = (await stage.control('GET', '/requests')).body.requests.at(-1).seq;
		await stage.check(credentials);
		const { requests } = (await stage.control('GET', `/requests?since=${before}`)).body;
		expect(requests.filter(({ method }: { method: string }) => method !== 'GET')).toEqual([]);
		expect(requests).toHaveLength(10);
		expect(
			requests
				.flatMap(({ query }: { query: object }) => Object.keys(query))
				.filter((key: string) => key !== 'appsecret_proof' && /token|secret/.test(key)),
		).toEqual([]);
		const asApp = requests
			.filter(({ token }: { token: { kind: string } }) => token.kind === 'app')
			.map(({ path }: { path: string }) => path)
			.sort();
		expect(asApp).toEqual([`/${APP.id}/permissions`, `/${APP.id}/subscriptions`, '/debug_token']);
	});

	it.each(cases)('names %s, and nothing else', async (_what, make, check, status, message, fix) => {
		const credentials = await stage.connect();
		await make(stage);
		const report = await stage.check(credentials);
		expect(found(report)).toEqual({ [check]: status });
		const row = rowOf(report, check);
		expect(row.message).toMatch(message);
		expect(row.fix).toMatch(fix);
		expect(report.status).toBe(status);
		expect(report.summary).toContain(`${row.name}: ${row.message}`);
		clean(report);
	});

	it('says what depends on the problem, instead of repeating it', async () => {
		const credentials = await stage.connect();
		await stage.change('POST', `/users/${OWNER}`, { passwordChanged: true });
		const report = await stage.check(credentials);
		expect(rowOf(report, 'messageAccess')).toMatchObject({ status: 'notChecked', message: 'This depends on "Token".' });
	});

	it('names both capabilities when a permission of both is missing', async () => {
		const credentials = await stage.connect();
		await stage.change('POST', `/users/${OWNER}`, { revoke: ['pages_manage_metadata'] });
		expect(found(await stage.check(credentials))).toEqual({
			messagingPermissions: 'problem',
			commentsPermissions: 'problem',
		});
	});

	it('leaves a capability alone that the credential does not ask for', async () => {
		const credentials = await stage.connect({ capabilities: ['publishing', 'businessPages'] });
		await stage.change('POST', `/users/${OWNER}`, {
			revoke: [
				'instagram_manage_messages',
				'pages_messaging',
				'instagram_manage_comments',
				'pages_manage_metadata',
				'instagram_manage_insights',
			],
		});
		const report = await stage.check(credentials);
		expect(found(report)).toEqual({});
		for (const name of ['messagingPermissions', 'messageAccess', 'webhook', 'subscribedFields'])
			expect(rowOf(report, name).status).toBe('notChecked');
	});

	it('sees that the clock of n8n is behind', async () => {
		await stage.advance(3600);
		const report = await stage.check(await stage.connect());
		expect(found(report)).toEqual({ clock: 'warning' });
		expect(rowOf(report, 'clock').message).toMatch(/at least (59|60) minutes behind/);
	});

	it('reports a login of several accounts without a chosen one, and what can be said without', async () => {
		const report = await stage.check(await stage.connect(), { account: { __rl: true, mode: 'list', value: '' } });
		expect(found(report)).toEqual({ account: 'problem' });
		expect(rowOf(report, 'account')).toMatchObject({
			message: 'Choose the Instagram account.',
			fix: expect.stringContaining('@sandbox_florist'),
		});
		expect(rowOf(report, 'tokenValid').status).toBe('ok');
		expect(report.account).toBeNull();
	});
});
