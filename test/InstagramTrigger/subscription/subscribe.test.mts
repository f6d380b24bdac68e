import { createHmac } from 'node:crypto';
import { guardNetwork, line } from '../../support/graph.mts';
import { BAKERY, FLORIST, settledLogin, tokens } from '../../support/logins.mts';
import { triggerHooks } from '../../support/contexts.mts';
import { placeOfProof, proofIn, proofOf } from '../../support/proofs.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import {
	bodies,
	FOREIGN,
	lines,
	names,
	subscriptionServer as serve,
	writes,
} from '../../support/subscriptionServer.mts';

guardNetwork();

const NAME = 'instagramFacebookLoginOAuth2Api';
const OURS = 'https://n8n.test/webhook/hook-id/webhook';
const automatic = {
	authentication: NAME,
	setup: 'automatic',
	accounts: [],
	events: ['message', 'comment'],
	options: {},
};
const manual = { ...automatic, setup: 'manual' };

const isAboutWebhooks = (call: string) => /subscri/.test(call);

describe('checkExists', () => {
	it.each(
		// prettier-ignore
		[
			['everything is there', { callback: OURS, page: ['messages', 'feed'] }, true],
			['the fields come as objects', { callback: OURS, fields: [{ name: 'messages', version: 'v25.0' }, { name: 'comments' }], page: ['messages', 'feed', 'message_reads'] }, true],
			['the app has no callback', { page: ['messages', 'feed'] }, false],
			['the callback lacks a field', { callback: OURS, fields: ['messages'], page: ['messages', 'feed'] }, false],
			['the account lacks a field', { callback: OURS, page: ['messages'] }, false],
			['the account does not have the app', { callback: OURS }, false],
			['the account has only another app', { callback: OURS, others: [{ id: '777', subscribed_fields: ['messages', 'feed'] }] }, false],
		],
	)('when %s', async (_name, state, expected) => {
		const calls = serve(state);
		expect(await triggerHooks(automatic, settledLogin()).checkExists()).toBe(expected);
		expect(writes(calls)).toEqual([]);
	});

	it('asks for the app as the app and for the account as its Page', async () => {
		const calls = serve({ callback: OURS, page: ['messages', 'feed'] });
		await triggerHooks(automatic, settledLogin()).checkExists();
		expect(calls.map((call) => [line(call), call.authorization])).toEqual([
			['GET /123456/subscriptions', `Bearer ${tokens.app}`],
			[`GET /${BAKERY.pageId}/subscribed_apps`, `Bearer ${tokens.bakery}`],
		]);
	});

	it("names a callback that is not its own, and leaves it alone, before and after n8n's clean-up", async () => {
		const calls = serve({ callback: FOREIGN, page: ['messages', 'feed'] });
		const hooks = triggerHooks(automatic, settledLogin());
		await expect(hooks.checkExists()).rejects.toThrow(
			new RegExp(`^This Meta app already sends its Instagram events somewhere else\\. .*${FOREIGN}`),
		);
		expect(await hooks.delete()).toBe(true);
		expect(writes(calls)).toEqual([]);
	});

	it('looks at chosen accounts only', async () => {
		const calls = serve({ callback: OURS, page: ['messages', 'feed'] });
		await triggerHooks({ ...automatic, accounts: [FLORIST.id] }, settledLogin([BAKERY, FLORIST])).checkExists();
		expect(lines(calls)).toEqual(['GET /123456/subscriptions', `GET /${FLORIST.pageId}/subscribed_apps`]);
	});

	it.each([
		[[BAKERY], ['17841499999999999']],
		[[], []],
	])('refuses to listen to nobody (%j, chosen %j): such a trigger would never start', async (accounts, chosen) => {
		const calls = serve({ callback: OURS });
		const hooks = triggerHooks({ ...automatic, accounts: chosen }, settledLogin(accounts));
		await expect(hooks.checkExists()).rejects.toThrow(/^There is no account to listen to\. .*Choose others/);
		expect(lines(calls).filter(isAboutWebhooks)).toEqual([]);
	});

	it('names a chosen account that the login does not reach: its events would be missed in silence', async () => {
		const calls = serve({ callback: OURS });
		const hooks = triggerHooks({ ...automatic, accounts: [BAKERY.id, '17841499999999999'] }, settledLogin([BAKERY]));
		await expect(hooks.checkExists()).rejects.toThrow('does not reach the chosen account 17841499999999999');
		// Meta is asked once whether the account was added meanwhile.
		expect(lines(calls).filter(isAboutWebhooks)).toEqual([]);
	});

	it('looks at accounts only when the operator sets the callback up', async () => {
		const calls = serve({ callback: FOREIGN, page: ['messages', 'feed'] });
		expect(await triggerHooks(manual, settledLogin([BAKERY], {}, { webhookVerifyToken: 'chosen' })).checkExists()).toBe(
			true,
		);
		expect(lines(calls)).toEqual([`GET /${BAKERY.pageId}/subscribed_apps`]);
	});

	it.each([
		['a Webhook Verify Token', {}],
		['the app secret', { clientSecret: '', webhookVerifyToken: 'chosen' }],
	])('names %s when a set-up by hand lacks it, before any call', async (what, fields) => {
		const calls = serve();
		await expect(triggerHooks(manual, settledLogin([BAKERY], {}, fields)).checkExists()).rejects.toThrow(
			`The credential lacks ${what}`,
		);
		expect(calls).toEqual([]);
	});
});

describe('create', () => {
	it('subscribes the app first, then each account', async () => {
		const calls = serve();
		expect(await triggerHooks(automatic, settledLogin([BAKERY, FLORIST])).create()).toBe(true);
		expect(lines(writes(calls))).toEqual([
			'POST /123456/subscriptions',
			`POST /${BAKERY.pageId}/subscribed_apps`,
			`POST /${FLORIST.pageId}/subscribed_apps`,
		]);
		expect(writes(calls).map(({ authorization }) => authorization)).toEqual(
			[tokens.app, tokens.bakery, tokens.florist].map((token) => `Bearer ${token}`),
		);
		const [app, page] = bodies(calls);
		expect({ ...app, fields: names(app.fields) }).toEqual({
			object: 'instagram',
			callback_url: OURS,
			fields: ['comments', 'messages'],
			verify_token: createHmac('sha256', 'made-up').update('webhook verify token').digest('hex'),
			include_values: true,
		});
		expect(names(page.subscribed_fields)).toEqual(['feed', 'messages']);
		expect(calls.map((call) => proofIn(call))).toEqual(calls.map(placeOfProof));
	});

	it("sends the operator's verify token when there is one", async () => {
		const calls = serve();
		const credentials = settledLogin();
		credentials[NAME].webhookVerifyToken = 'chosen-by-hand';
		await triggerHooks(automatic, credentials).create();
		expect(bodies(calls)[0].verify_token).toBe('chosen-by-hand');
	});

	it('keeps the fields that others subscribed on the account, each once', async () => {
		const calls = serve({
			callback: OURS,
			fields: ['messages'],
			page: ['messages', 'message_reads'],
			others: [{ id: '777', subscribed_fields: ['ratings'] }],
		});
		await triggerHooks({ ...automatic, options: { includeEchoes: true } }, settledLogin()).create();
		expect(names(bodies(calls)[1].subscribed_fields)).toEqual(['feed', 'message_echoes', 'message_reads', 'messages']);
	});

	it('says what to do when Meta cannot reach the address', async () => {
		const calls = serve({ refuse: 'POST /123456/subscriptions' });
		await expect(triggerHooks(automatic, settledLogin()).create()).rejects.toThrow(
			/^Meta could not verify n8n's webhook address\. .*WEBHOOK_URL/,
		);
		expect(lines(writes(calls))).toEqual(['POST /123456/subscriptions']);
	});

	it('leaves the app alone when the operator sets the callback up', async () => {
		const calls = serve();
		await triggerHooks(manual, settledLogin()).create();
		expect(lines(writes(calls))).toEqual([`POST /${BAKERY.pageId}/subscribed_apps`]);
	});
});

describe('delete', () => {
	it('takes back its own callback, and only that of the instagram object', async () => {
		const calls = serve({ callback: OURS });
		expect(await triggerHooks(automatic, settledLogin()).delete()).toBe(true);
		expect(writes(calls).map((call) => [line(call), call.query, call.authorization])).toEqual([
			[
				'DELETE /123456/subscriptions',
				{ object: 'instagram', appsecret_proof: proofOf(tokens.app) },
				`Bearer ${tokens.app}`,
			],
		]);
	});

	it.each([
		['a foreign one', { callback: FOREIGN }],
		['none', {}],
		['one that only begins like its own', { callback: `${OURS}/other` }],
	])('leaves %s', async (_name, state) => {
		const calls = serve(state);
		expect(await triggerHooks(automatic, settledLogin()).delete()).toBe(true);
		expect(writes(calls)).toEqual([]);
	});

	it('does nothing when the operator set the callback up', async () => {
		const calls = serve({ callback: OURS });
		await triggerHooks(manual, settledLogin()).delete();
		expect(calls).toEqual([]);
	});
});

describe('a pasted token', () => {
	const pasted = { ...automatic, authentication: TYPE };
	const page = (more?: object) =>
		openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page }, more);
	const instagram = (more?: object) =>
		openedLogin(pastedTokens.instagram, { kind: 'instagram', token: pastedTokens.instagram }, more);

	it('with app ID and secret subscribes by itself, signed as the app', async () => {
		const calls = serve();
		await triggerHooks(pasted, page()).create();
		expect(writes(calls).map((call) => [line(call), call.authorization])).toEqual([
			['POST /123456/subscriptions', 'Bearer 123456|made-up'],
			[`POST /${BAKERY.pageId}/subscribed_apps`, `Bearer ${tokens.bakery}`],
		]);
		expect(calls.map((call) => proofIn(call))).toEqual(calls.map(placeOfProof));
	});

	it.each([{}, { appId: '123456' }, { appSecret: 'made-up' }])(
		'without both (%j) says what is missing, before any call, and can be switched off',
		async (more) => {
			const calls = serve();
			const hooks = triggerHooks(pasted, page(more));
			await expect(hooks.checkExists()).rejects.toThrow('The credential lacks the App ID or the app secret');
			expect(await hooks.delete()).toBe(true);
			expect(calls).toEqual([]);
		},
	);

	it('of Instagram Login cannot set the app up, says so, and can be switched off', async () => {
		const calls = [serve(), serve({}, INSTAGRAM)];
		const hooks = triggerHooks(pasted, instagram());
		await expect(hooks.checkExists()).rejects.toThrow('Meta does not let Instagram Login apps be set up automatically');
		expect(await hooks.delete()).toBe(true);
		expect(calls.flat()).toEqual([]);
	});

	it('of Instagram Login subscribes its account with the names of Instagram fields', async () => {
		const calls = serve({ page: ['mentions'] }, INSTAGRAM);
		await triggerHooks({ ...pasted, setup: 'manual' }, instagram()).create();
		expect(calls.map((call) => [line(call), call.authorization])).toEqual([
			[`GET /${BAKERY.id}/subscribed_apps`, `Bearer ${pastedTokens.instagram}`],
			[`POST /${BAKERY.id}/subscribed_apps`, `Bearer ${pastedTokens.instagram}`],
		]);
		expect(names(bodies(calls)[0].subscribed_fields)).toEqual(['comments', 'mentions', 'messages']);
	});
});
