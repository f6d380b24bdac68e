import { GRAPH_VERSIONS, SCOPES_BY_CAPABILITY } from '../../../../nodes/meta/constants.ts';
import type { CheckRow } from '../../../../nodes/meta/checks/define.ts';
import type { Facts, PageFacts, TokenFacts } from '../../../../nodes/meta/checks/facts.ts';
import { GRAPH_VERSION_ENDS } from '../../../../nodes/meta/checks/graphVersions.ts';
import { checks } from '../../../../nodes/meta/checks/index.ts';
import { runChecks } from '../../../../nodes/meta/checks/report.ts';
import { BAKERY } from '../../../support/logins.mts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 24 * 3600;
const seconds = NOW / 1000;
const CAPABILITIES = ['messaging', 'comments', 'publishing', 'insights'];
const SCOPES = [
	'instagram_basic',
	'pages_show_list',
	'pages_read_engagement',
	...CAPABILITIES.flatMap((capability) => SCOPES_BY_CAPABILITY[capability]),
];

const value = <T,>(given: T) => ({ value: given });
const page = (more: Partial<PageFacts> = {}): PageFacts => ({
	id: BAKERY.pageId,
	name: BAKERY.pageName,
	tasks: ['MANAGE'],
	instagram_business_account: { id: BAKERY.id },
	...more,
});
const token = (more: TokenFacts = {}): TokenFacts => ({
	app_id: '123456',
	type: 'USER',
	is_valid: true,
	issued_at: seconds - DAY,
	expires_at: seconds + 50 * DAY,
	data_access_expires_at: seconds + 80 * DAY,
	scopes: SCOPES,
	...more,
});

/** A healthy login, as Meta tells it. */
const facts = (more: Partial<Facts> = {}): Facts => ({
	now: NOW,
	login: {
		kind: 'facebookUser',
		appId: '123456',
		advice: 'popUp',
		versionedUrl: 'https://graph.facebook.com/v25.0',
		credentialType: 'instagramFacebookLoginOAuth2Api',
		hasApp: true,
	},
	stored: { capabilities: CAPABILITIES, renews: true },
	account: BAKERY,
	addresses: { webhooks: 'https://n8n.example', editor: 'https://n8n.example' },
	token: value(token()),
	me: value({ id: '900' }),
	permissions: value(SCOPES.map((permission) => ({ permission, status: 'granted' }))),
	pages: value([page()]),
	page: value(page()),
	webhooks: value([
		{ object: 'instagram', callback_url: 'https://n8n.example/webhook/x/webhook', active: true, fields: ['messages'] },
	]),
	reviewed: value([]),
	subscribedApps: value([{ id: '123456', subscribed_fields: ['messages'] }]),
	conversations: value({}),
	quota: value({ quota_usage: 1, config: { quota_total: 50 } }),
	...more,
});
const row = (check: string, more: Partial<Facts> = {}): CheckRow => {
	const found = runChecks(facts(more)).find((one) => one.check === check);
	if (!found) throw new Error(`no row ${check}`);
	return found;
};
const login = (more: Partial<Facts['login']>) => ({ login: { ...facts().login, ...more } });

it('finds nothing wrong with the healthy login of these tests', () => {
	expect(runChecks(facts()).filter(({ status }) => status === 'problem' || status === 'warning')).toEqual([]);
});

describe('the list of checks', () => {
	it('has every name once, and refers to checks that exist', () => {
		const names = checks.map(({ check }) => check);
		expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
		expect(checks.flatMap(({ follows = [] }) => follows).filter((name) => !names.includes(name))).toEqual([]);
	});
	it('has words for every capability', () => {
		for (const capability of Object.keys(SCOPES_BY_CAPABILITY))
			expect(row(`${capability}Permissions`).name).toMatch(/^[A-Z].* Permissions$/);
	});
});

describe('the Graph API version', () => {
	const at = (version: string, day: string) =>
		row('graphVersion', {
			now: Date.parse(day),
			token: undefined,
			...login({ versionedUrl: `https://graph.facebook.com/${version}` }),
		});
	it.each([
		['v26.0', '2026-11-21', 'ok', /newest/],
		['v25.0', '2026-11-21', 'ok', /until 2028-07-29/],
		['v23.0', '2027-04-01', 'ok', /until 2027-10-08/],
		['v23.0', '2027-05-01', 'warning', /ends v23\.0 on 2027-10-08/],
		['v20.0', '2026-09-23', 'warning', /ends v20\.0/],
		['v20.0', '2026-09-25', 'problem', /ended v20\.0 on 2026-09-24/],
		['v99.0', '2026-11-21', 'notChecked', /not known/],
	])('%s on %s: %s', (version, day, status, message) => {
		expect(at(version, day)).toMatchObject({ status, message: expect.stringMatching(message) });
	});
	it('has an end for each version that the credential offers', () => {
		expect(GRAPH_VERSIONS.filter((version) => !Object.hasOwn(GRAPH_VERSION_ENDS, version))).toEqual([]);
	});
});

describe('the end of a token', () => {
	const ends = (days: number, more: Partial<Facts> = {}) =>
		row('tokenValid', { token: value(token({ expires_at: seconds + days * DAY })), ...more });
	it('is no matter while the node renews it', () => expect(ends(31).status).toBe('ok'));
	it('is a warning when the renewal should have happened', () =>
		expect(ends(29)).toMatchObject({ status: 'warning', message: expect.stringContaining('not renewed it so far') }));
	it.each(['popUp', 'paste'] as const)('is a warning at once when renewals give no more time: %s', (advice) => {
		const ending = ends(50, { stored: { renews: true, renewedAt: NOW, unextendedAt: NOW }, ...login({ advice }) });
		expect(ending).toMatchObject({ status: 'warning', message: expect.stringContaining('until 2027-01-10.') });
		expect(ending.fix).toMatch(advice === 'paste' ? /paste a new token/ : /connect the credential again/);
	});
	it('is a warning when nothing renews it', () =>
		expect(ends(50, { stored: { renews: false } })).toMatchObject({
			status: 'warning',
			message: expect.stringContaining('2027-01-10, and nothing renews it'),
		}));
	it.each([
		[80, 'ok'],
		[13, 'warning'],
		[-1, 'problem'],
	])('of data access, in %s days: %s', (days, status) => {
		expect(row('dataAccess', { token: value(token({ data_access_expires_at: seconds + days * DAY })) }).status).toBe(
			status,
		);
	});
	it('of Instagram Login comes from what n8n stored', () => {
		const of = (days: number, renewedAt: number) =>
			row('tokenValid', {
				token: undefined,
				stored: { renews: true, endsAt: NOW + days * DAY * 1000, renewedAt },
				...login({ kind: 'instagram' }),
			});
		expect(of(50, NOW - 5 * DAY * 1000)).toMatchObject({
			status: 'ok',
			message: expect.stringContaining('valid until 2027-01-10'),
		});
		expect(of(3, NOW - 5 * DAY * 1000).status).toBe('warning');
		expect(of(1, NOW - 1000).message).toContain('after their first day');
	});
});

describe('the role on the Page', () => {
	const withTasks = (tasks: string[] | undefined, more: Partial<Facts> = {}) =>
		row('pageRole', { pages: value([page({ tasks })]), ...more });
	it.each([
		[['MESSAGING', 'MODERATE', 'CREATE_CONTENT', 'ANALYZE']],
		[['PROFILE_PLUS_MESSAGING', 'PROFILE_PLUS_MODERATE', 'PROFILE_PLUS_CREATE_CONTENT', 'PROFILE_PLUS_ANALYZE']],
		[['PROFILE_PLUS_FULL_CONTROL']],
	])('is enough with %s', (tasks) => expect(withTasks(tasks).status).toBe('ok'));
	it('names the tasks that are missing, and who gives them', () => {
		const found = withTasks(['ANALYZE', 'ADVERTISE', 'CREATE_CONTENT']);
		expect(found).toMatchObject({
			status: 'problem',
			message: 'The person lacks "Messages" (MESSAGING), "Community activity" (MODERATE) on the Page "Bakery Page".',
		});
		expect(found.fix).toContain('Page settings > Page access');
	});
	it('asks only for what the login is meant for', () => {
		expect(withTasks(['CREATE_CONTENT'], { stored: { capabilities: ['publishing'], renews: true } }).status).toBe('ok');
	});
	it('is not known for a Page that only the portfolio lists', () => {
		expect(row('pageRole', { pages: value([]) })).toMatchObject({
			status: 'notChecked',
			fix: expect.stringContaining('Business settings'),
		});
	});
});

describe('permissions', () => {
	it('for other accounts only are named', () => {
		const granular_scopes = [
			{ scope: 'instagram_manage_messages', target_ids: ['17841499999999999'] },
			{ scope: 'pages_messaging', target_ids: [BAKERY.pageId] },
			{ scope: 'business_management', target_ids: ['42'] },
			{ scope: 'instagram_basic' },
		];
		expect(row('grantedAssets', { token: value(token({ granular_scopes })) })).toMatchObject({
			status: 'problem',
			message: 'instagram_manage_messages: given for other accounts, not for this one.',
		});
	});
	it('that App Review has approved are told; the mode of the app is not', () => {
		const reviewed = value(
			SCOPES.map((permission) => ({ permission, status: permission === 'pages_messaging' ? 'unapproved' : 'live' })),
		);
		expect(row('appMode', { reviewed })).toMatchObject({
			status: 'notChecked',
			message: expect.stringMatching(/not approved pages_messaging:/),
		});
		expect(
			row('appMode', { reviewed: value(SCOPES.map((permission) => ({ permission, status: 'live' }))) }).status,
		).toBe('ok');
	});
});

describe('the account', () => {
	it('that the Page shows may have become another one', () => {
		const other = page({ instagram_business_account: { id: '17841400000000099', username: 'new_bakery' } });
		expect(row('instagramLink', { page: value(other) })).toMatchObject({
			status: 'problem',
			message: expect.stringContaining('another account now: @new_bakery'),
		});
	});
	it.each([
		[39, 'ok'],
		[40, 'warning'],
		[50, 'problem'],
	])('with %s of 50 posts: %s', (quota_usage, status) => {
		expect(row('publishingLimit', { quota: value({ quota_usage, config: { quota_total: 50 } }) }).status).toBe(status);
	});
	it('may have events although Meta has switched off the delivery', () => {
		const webhooks = value([
			{
				object: 'instagram',
				callback_url: 'https://n8n.example/webhook/x/webhook',
				active: false,
				fields: ['messages'],
			},
		]);
		expect(row('webhook', { webhooks })).toMatchObject({
			status: 'problem',
			message: expect.stringContaining('switched off'),
		});
	});
});

describe('the address of n8n', () => {
	it('is told with what it means, and where events go when the editor has another one', () => {
		const addresses = { webhooks: 'http://localhost:5678', editor: 'https://n8n.example' };
		expect(row('address', { addresses })).toMatchObject({
			status: 'warning',
			message: expect.stringContaining('everything else works'),
			fix: expect.stringContaining('WEBHOOK_URL'),
		});
		expect(row('webhook', { addresses }).status).toBe('ok');
	});
});
