import { APP, BAKERY, eventsOf, IG_APP, loginOf, start, startEndpoint, type Started } from '../../sandbox/support.mts';
import { triggerHooks } from '../../support/contexts.mts';
import { fixture } from '../../support/fixtures.mts';
import { lasting, login, NAME } from '../../support/instagramLogins.mts';
import { jsons, operationOf } from '../../support/parameters.mts';
import { runNode, type Stored } from '../../support/runNode.mts';
import { webhookServer } from '../../support/webhookServer.mts';
import type { SandboxOptions } from '../../../sandbox/world/options.mts';

let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let credentials: Stored;
const META_APP = { metaAppId: APP.id, metaAppSecret: APP.secret };

/** A sandbox, an n8n that Meta can reach, and an Instagram Login there. */
async function open(options: SandboxOptions = {}, fields: object = META_APP) {
	sandbox = await start(options);
	endpoint = await startEndpoint();
	credentials = login(lasting(await sandbox.token('instagram')), {
		clientId: IG_APP.id,
		clientSecret: IG_APP.secret,
		graphBaseUrl: sandbox.sandbox.graphUrl,
		instagramGraphBaseUrl: sandbox.sandbox.instagramGraphUrl,
		webhookVerifyToken: endpoint.state.verifyToken,
		...fields,
	});
}
afterEach(async () => {
	await endpoint.close();
	await sandbox.close();
});

const base = () => new URL(endpoint.url).origin;
const address = () => `${base()}/webhook/hook-id/webhook`;
const hooks = (setup = 'automatic') =>
	triggerHooks(
		{ authentication: NAME, setup, accounts: [], events: ['message', 'comment'], options: {} },
		credentials,
		false,
		base(),
	);
const app = () => sandbox.sandbox.world.apps.get(APP.id)!;
const callback = () => app().instagramWebhook?.callbackUrl;
const run = async (operation: string, values: object = {}) => {
	const parameters = operationOf('webhook', operation, {
		authentication: NAME,
		accounts: 'all',
		fields: [],
		webhookUrl: '',
		...values,
	});
	const { items, error } = await runNode({ parameters, credentials });
	return { out: jsons(items)[0], error: error && `${error.message} ${error.description}` };
};
const setElsewhere = (callbackUrl: string) => {
	app().instagramWebhook = {
		callbackUrl,
		verifyToken: 'x',
		fields: new Set(['messages']),
		includeValues: true,
		version: 'v25.0',
	};
};

describe.each(['metaApp', 'instagramApp'] as const)(
	'where Meta keeps the callback at the %s',
	(instagramCallbackAt) => {
		beforeEach(async () => await open({ instagramCallbackAt }));

		it('a trigger sets it up, gets events, and takes it away', async () => {
			expect(await hooks().checkExists()).toBe(false);
			expect(await hooks().create()).toBe(true);
			expect(callback()).toBe(address());
			expect([...(app().instagramWebhook?.fields ?? [])].sort()).toEqual(['comments', 'messages']);
			expect(await hooks().checkExists()).toBe(true);
			await sandbox.write('customer_one', 'Are you open?');
			const received = await endpoint.until(1);
			expect([received.map(loginOf), eventsOf(received).length]).toEqual([['instagram'], 1]);
			expect(await hooks().delete()).toBe(true);
			expect(callback()).toBeUndefined();
		});

		it('a trigger neither takes over nor removes that of somebody else', async () => {
			setElsewhere('https://elsewhere.example/hook');
			await expect(hooks().checkExists()).rejects.toThrow(/^This Meta app already sends .*elsewhere\.example\/hook/);
			expect(await hooks().delete()).toBe(true);
			expect(callback()).toBe('https://elsewhere.example/hook');
		});

		it('operations read, set and remove it', async () => {
			expect((await run('getStatus')).out).toMatchObject({ ok: false, callback: null });
			const { out, error } = await run('subscribe', { webhookUrl: address(), fields: ['messages'] });
			expect(error).toBeUndefined();
			expect(callback()).toBe(address());
			expect(out).toMatchObject({ callback: { url: address(), changed: true }, accounts: [{ changed: true }] });
			expect((await run('getStatus', { webhookUrl: address() })).out).toMatchObject({
				ok: true,
				appId: IG_APP.id,
				callback: { url: address(), isActive: true, fields: ['messages'], isExpected: true },
				accounts: [{ id: BAKERY.account, isSubscribed: true, missingFields: [] }],
			});
			// Without a choice of fields, those of the callback are known now.
			expect((await run('subscribe')).out).toMatchObject({
				callback: { changed: false },
				accounts: [{ changed: false }],
			});
			const gone = await run('unsubscribe', { removeCallback: true, webhookUrl: address() });
			expect(gone.out).toMatchObject({ removedCallback: address(), accounts: [{ changed: true }] });
			expect(callback()).toBeUndefined();
		});

		it('calls about it are signed as the app, with no secret in any address', async () => {
			await hooks().create();
			await hooks().delete();
			const { requests } = (await sandbox.control('GET', '/requests')).body;
			const own = requests.filter(({ path }: { path: string }) => path.endsWith('/subscriptions'));
			expect(own.map(({ method }: { method: string }) => method)).toEqual(
				expect.arrayContaining(['GET', 'POST', 'DELETE']),
			);
			expect(JSON.stringify(own.map(({ query }: { query: object }) => query))).not.toMatch(
				new RegExp(`${APP.secret}|${IG_APP.secret}|access_token`),
			);
		});
	},
);

describe('where Meta keeps the callback in the App Dashboard alone', () => {
	beforeEach(async () => await open({ instagramCallbackAt: 'dashboard' }));

	it('what is set at the Meta app is not what counts, and the status says where to look', async () => {
		await hooks().create();
		expect(callback()).toBeUndefined();
		expect((await run('getStatus', { webhookUrl: address() })).out.callbackNote).toMatch(
			/If nothing arrives .* App Dashboard: Instagram > API setup/,
		);
	});
});

describe('where Meta refuses the Meta app', () => {
	beforeEach(async () => await open({}, { metaAppId: APP.id, metaAppSecret: 'another' }));

	it('a trigger asks for the set-up by hand, with the reason, and can be switched off', async () => {
		await expect(hooks().checkExists()).rejects.toThrow(
			/^Meta does not let Instagram Login apps be set up automatically\. Set "Setup" .*to Manual .*check Meta App ID and Meta App Secret .*Meta refused them with "[^"]+"/,
		);
		expect(await hooks().delete()).toBe(true);
		expect(await hooks('manual').create()).toBe(true);
		expect(sandbox.sandbox.world.accounts.get(BAKERY.account)?.subscribedApps.size).toBe(1);
	});

	it('operations do what is left, and say why the rest cannot be', async () => {
		const refused = 'Check Meta App ID and Meta App Secret';
		const { out } = await run('subscribe', { fields: ['messages'] });
		expect(out).toMatchObject({ callback: { url: null, changed: false }, accounts: [{ changed: true }] });
		expect((await run('getStatus')).out).toMatchObject({
			ok: true,
			callback: null,
			callbackNote: expect.stringContaining(refused),
		});
		expect((await run('subscribe', { fields: ['messages'], webhookUrl: address() })).error).toContain(refused);
		expect((await run('unsubscribe', { removeCallback: true, webhookUrl: address() })).error).toContain(refused);
	});
});

it('an answer that is not of Meta is told as such, and sends nobody to the dashboard', async () => {
	await open();
	await sandbox.control('POST', '/faults', { path: '/subscriptions$', times: 20, status: 502 });
	await expect(hooks().checkExists()).rejects.toThrow(/^The answer did not come from Meta \(HTTP 502\)/);
	await expect(hooks().delete()).rejects.toThrow('did not come from Meta');
});

it.each([{}, { metaAppId: APP.id }, { metaAppSecret: APP.secret }])(
	'without both fields (%j) nobody asks for the callback, and the message says what to fill in',
	async (fields) => {
		await open({}, fields);
		await expect(hooks().checkExists()).rejects.toThrow(
			/^The credential lacks the Meta App ID or the Meta App Secret\. Fill in both.*Manual/,
		);
		expect(await hooks().delete()).toBe(true);
		expect((await run('getStatus')).out.callbackNote).toMatch(/lacks Meta App ID or Meta App Secret/);
		const { requests } = (await sandbox.control('GET', '/requests')).body;
		expect(requests.filter(({ path }: { path: string }) => path.endsWith('/subscriptions'))).toEqual([]);
	},
);

it('webhooks may be signed with either secret, and with no other', async () => {
	await open();
	const server = await webhookServer({ credentials });
	try {
		const deliver = async (name: string, secret: string) => (await server.deliver(fixture(name), secret)).status;
		expect([
			await deliver('text', IG_APP.secret),
			await deliver('quickReply', APP.secret),
			await deliver('storyReply', 'another'),
			await deliver('storyReply', `${APP.id}|${APP.secret}`),
		]).toEqual([200, 200, 401, 401]);
	} finally {
		await server.close();
	}
});
