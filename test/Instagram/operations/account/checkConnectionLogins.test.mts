import { APP, BAKERY, FLORIST, IG_APP } from '../../../sandbox/support.mts';
import { operationOf } from '../../../support/parameters.mts';
import { runNode } from '../../../support/runNode.mts';
import { found, openStage, OWNER, rowOf, type DoctorStage } from '../../../support/stages/checkConnectionStage.mts';

let stage: DoctorStage;
beforeEach(async () => {
	stage = await openStage();
	stage.listen();
});
afterEach(async () => {
	await stage.close();
});

describe('account: checkConnection, item by item', () => {
	const account = { __rl: true, mode: 'id', value: '={{ $json.account }}' };
	const parameters = operationOf('account', 'checkConnection', { account });
	const items = [{ account: BAKERY.username }, { account: 'nobody' }, { account: FLORIST.username }];

	it('gives a report for each item, also for an account that is not there', async () => {
		const { items: reports } = await runNode({ parameters, credentials: await stage.connect(), items });
		expect(
			reports.map(({ json, pairedItem }) => [
				json.status,
				(json.account as { username: string } | null)?.username,
				pairedItem,
			]),
		).toEqual([
			['ok', BAKERY.username, { item: 0 }],
			['problem', undefined, { item: 1 }],
			['problem', FLORIST.username, { item: 2 }],
		]);
		expect(reports[1].json.summary).toContain('The account "nobody" does not belong to this login');
		expect(reports[2].json.summary).toContain('hands none of its events');
	});

	it('fails when there is no login at all', async () => {
		const credentials = await stage.connect();
		delete credentials.instagramFacebookLoginOAuth2Api.oauthTokenData;
		const { error } = await runNode({ parameters, credentials, items });
		expect(error?.message).toBe('The Instagram credential is not connected');
	});
});

describe('account: checkConnection, with a login configuration', () => {
	const connect = async (request: object = {}) =>
		await stage.connect(
			{ configId: '700000000000002' },
			{ access_token: await stage.token('systemUser', request), token_type: 'bearer' },
		);

	it('knows the token of a system user, which has no end', async () => {
		const report = await stage.check(await connect());
		expect(found(report)).toEqual({});
		expect(report.login).toMatchObject({
			tokenKind: 'systemUser',
			neverExpires: true,
			expiresAt: null,
			dataAccessExpiresAt: null,
		});
		expect(rowOf(report, 'tokenValid').message).toBe('The system user token is valid and has no end.');
	});

	it('finds a capability of which half is missing, and leaves alone what was never asked for', async () => {
		const scopes = [
			'instagram_basic',
			'pages_show_list',
			'pages_read_engagement',
			'instagram_manage_messages',
			'pages_manage_metadata',
		];
		const report = await stage.check(await connect({ scopes }));
		expect(found(report)).toEqual({ messagingPermissions: 'problem' });
		expect(rowOf(report, 'messagingPermissions')).toMatchObject({
			message: 'Messaging lacks pages_messaging. The login was not asked for it.',
			fix: expect.stringContaining('through the configuration again'),
		});
		for (const name of [
			'commentsPermissions',
			'publishingPermissions',
			'insightsPermissions',
			'businessPagesPermissions',
		])
			expect(rowOf(report, name).status).toBe('notChecked');
	});
});

describe('account: checkConnection, with a pasted token of Facebook Login', () => {
	it('says that nothing renews a user token without its app', async () => {
		const report = await stage.check(stage.paste(await stage.token('longUser'), {}));
		expect(found(report)).toEqual({ tokenValid: 'warning', app: 'warning' });
		expect(rowOf(report, 'tokenValid')).toMatchObject({
			message: expect.stringMatching(/nothing renews it/),
			fix: expect.stringContaining('App ID and App Secret'),
		});
		expect(rowOf(report, 'webhook').status).toBe('notChecked');
	});

	it('looks at a Page token with the help of the app', async () => {
		const report = await stage.check(stage.paste(await stage.token('page', { page: BAKERY.username })), {
			account: { __rl: true, mode: 'list', value: '' },
		});
		expect(found(report)).toEqual({});
		expect(report.login).toMatchObject({ tokenKind: 'page', neverExpires: true });
		expect(rowOf(report, 'pageRole').message).toContain('cannot be seen');
	});

	it('tells what it cannot know of a Page token alone', async () => {
		const report = await stage.check(stage.paste(await stage.token('page', { page: BAKERY.username }), {}));
		expect(found(report)).toEqual({ app: 'warning' });
		for (const name of ['basePermissions', 'grantedAssets', 'dataAccess', 'clock', 'webhook'])
			expect(rowOf(report, name).status).toBe('notChecked');
		expect(rowOf(report, 'messageAccess').status).toBe('ok');
	});

	it('finds a Page token of a person who lost the role', async () => {
		const credentials = stage.paste(await stage.token('page', { page: BAKERY.username }));
		await stage.check(credentials);
		await stage.change('POST', `/users/${OWNER}`, { pages: { [BAKERY.page]: false } });
		expect(found(await stage.check(credentials))).toEqual({ tokenValid: 'problem' });
	});

	it('finds a token that was made with another app', async () => {
		const credentials = stage.paste(await stage.token('page', { page: BAKERY.username }));
		await stage.check(credentials);
		await stage.change('POST', '/faults', { path: '/debug_token', times: 9, error: { code: 100 } });
		const report = await stage.check(credentials);
		expect(found(report)).toEqual({ app: 'problem' });
		expect(rowOf(report, 'app').message).toContain('another Meta app');
	});
});

describe('account: checkConnection, with a token of Instagram Login', () => {
	const instagramApp = { appId: IG_APP.id, appSecret: IG_APP.secret };
	const account = { account: { __rl: true, mode: 'list', value: '' } };
	const login = async (more: object = {}) =>
		stage.paste(await stage.token('instagram', { account: BAKERY.username, ...more }), instagramApp);
	const events = (fields: string[]) =>
		stage.sandbox.world.accounts.get(BAKERY.account)?.subscribedApps.set(APP.id, fields);
	beforeEach(() => {
		events(['messages', 'comments']);
	});

	it('reports what exists there, and nothing of Pages', async () => {
		const report = await stage.check(await login(), account);
		expect(found(report)).toEqual({});
		expect(report.checks.map(({ check }) => check)).toEqual([
			'account',
			'tokenValid',
			'appMode',
			'permissions',
			'instagramLink',
			'messageAccess',
			'publishingLimit',
			'callLimits',
			'address',
			'subscribedFields',
			'graphVersion',
		]);
		expect(report.account).toMatchObject({ id: BAKERY.account, pageId: null });
		expect(rowOf(report, 'tokenValid').message).toContain('after their first day');
		expect(rowOf(report, 'subscribedFields').message).toContain('messages, comments');
	});

	it('reads the account also in the form that Meta documents', async () => {
		await stage.close();
		stage = await openStage({ instagramMeShape: 'data' });
		events(['messages']);
		expect(rowOf(await stage.check(await login(), account), 'instagramLink').message).toBe(
			'The account is a professional one (business).',
		);
	});

	it.each<[string, () => Promise<unknown>, string, string, RegExp]>([
		[
			'a personal account',
			() => stage.change('PATCH', `/accounts/${BAKERY.username}`, { accountType: 'PERSONAL' }),
			'instagramLink',
			'problem',
			/Switch to professional account/,
		],
		[
			'an app that was removed',
			() => stage.change('POST', `/users/${BAKERY.username}`, { appRemoved: true }),
			'tokenValid',
			'problem',
			/paste it into the credential/,
		],
		[
			'a withdrawn permission for messages',
			() => stage.change('POST', `/users/${BAKERY.username}`, { revoke: ['instagram_business_manage_messages'] }),
			'messageAccess',
			'problem',
			/instagram_business_manage_messages/,
		],
		[
			'a withdrawn permission to publish',
			() => stage.change('POST', `/users/${BAKERY.username}`, { revoke: ['instagram_business_content_publish'] }),
			'publishingLimit',
			'problem',
			/instagram_business_content_publish/,
		],
		[
			'a used up publishing limit',
			() => stage.change('PATCH', `/accounts/${BAKERY.username}`, { quotaTotal: 0 }),
			'publishingLimit',
			'problem',
			/a day old/,
		],
		[
			'an account without events',
			async () => stage.sandbox.world.accounts.get(BAKERY.account)?.subscribedApps.clear(),
			'subscribedFields',
			'warning',
			/activate it again/,
		],
		[
			'an app in development, without a role',
			async () => {
				await stage.change('POST', `/users/${BAKERY.username}`, { hasRole: false });
				await stage.change('PATCH', `/apps/${APP.id}`, { live: false });
			},
			'appMode',
			'problem',
			/App roles/,
		],
	])('names %s, and nothing else', async (_what, make, check, status, fix) => {
		const credentials = await login();
		await stage.check(credentials, account);
		await make();
		const report = await stage.check(credentials, account);
		expect(found(report)).toEqual({ [check]: status });
		expect(rowOf(report, check).fix).toMatch(fix);
		const text = JSON.stringify(report);
		expect([...stage.secrets(), IG_APP.secret].filter((secret) => text.includes(secret))).toEqual([]);
	});
});
