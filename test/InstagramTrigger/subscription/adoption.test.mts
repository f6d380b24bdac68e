import { triggerHooks } from '../../support/contexts.mts';
import { guardNetwork, line, listenAt } from '../../support/graph.mts';
import { BAKERY, FLORIST, settledLogin } from '../../support/logins.mts';
import { openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
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
const N8N = 'https://n8n.test';
const LIVE = `${N8N}/webhook/hook-id/webhook`;
const TEST = `${N8N}/webhook-test/hook-id/webhook`;
const automatic = {
	authentication: NAME,
	setup: 'automatic',
	accounts: [],
	events: ['message', 'comment'],
	options: {},
};
const copying = { ...automatic, options: { copyLiveEvents: true } };
const complete = { page: ['messages', 'feed'] };

describe('only what is missing is written', () => {
	it.each<[string, object, string[]]>(
		// prettier-ignore
		[
			['nothing', { callback: LIVE, ...complete }, []],
			['the callback', complete, ['POST /123456/subscriptions']],
			['a field of the callback', { callback: LIVE, fields: ['messages', 'messaging_seen'], ...complete }, ['POST /123456/subscriptions']],
			['the callback that Meta switched off', { callback: LIVE, active: false, ...complete }, ['POST /123456/subscriptions']],
			['one account', { callback: LIVE, pages: { [BAKERY.pageId]: ['messages', 'feed'], [FLORIST.pageId]: ['ratings'] } }, [`POST /${FLORIST.pageId}/subscribed_apps`]],
		],
	)('when what is missing is %s', async (_what, state, expected) => {
		const calls = serve(state);
		const hooks = triggerHooks(automatic, settledLogin([BAKERY, FLORIST]));
		expect(await hooks.checkExists()).toBe(expected.length === 0);
		expect(writes(calls)).toEqual([]);
		await hooks.create();
		expect(lines(writes(calls))).toEqual(expected);
	});

	it('keeps the fields that others added to the callback and to the account', async () => {
		const calls = serve({
			callback: LIVE,
			fields: ['messaging_seen', { name: 'messages' }],
			page: ['ratings', 'messages'],
		});
		await triggerHooks(automatic, settledLogin()).create();
		const [app, page] = bodies(calls);
		expect(names(app.fields)).toEqual(['comments', 'messages', 'messaging_seen']);
		expect(names(page.subscribed_fields)).toEqual(['feed', 'messages', 'ratings']);
	});
});

describe('whose the callback is', () => {
	it.each([TEST, `${N8N}/sub/path/webhook-x/hook-id/webhook`])(
		'what a test of the same trigger left behind is taken over (%s)',
		async (left) => {
			const calls = serve({ callback: left, ...complete });
			const hooks = triggerHooks(automatic, settledLogin());
			expect(await hooks.checkExists()).toBe(false);
			await hooks.create();
			expect(bodies(calls).map(({ callback_url }) => callback_url)).toEqual([LIVE]);
		},
	);

	it.each(
		// prettier-ignore
		[
			['another system', FOREIGN, 'Deactivate the workflow'],
			['another trigger of this n8n', `${N8N}/webhook/other-id/webhook`, 'Deactivate the workflow'],
			['a trigger whose ID ends alike', `${N8N}/webhook/another-hook-id/webhook`, 'Deactivate the workflow'],
			['this trigger under an old address of n8n', LIVE.replace('n8n.test', 'old.example'), 'this trigger under another address'],
			['an address that only begins like its own', `${LIVE}/other`, 'Deactivate the workflow'],
		],
	)('that of %s is left alone and named, with what to do', async (_whose, callback, whatToDo) => {
		const calls = serve({ callback, ...complete });
		const hooks = triggerHooks(automatic, settledLogin());
		for (const call of [hooks.checkExists, hooks.create]) {
			const message = await call().catch((error: Error) => error.message);
			expect(message).toContain(`They go to ${callback}.`);
			expect(message).toContain(whatToDo);
			expect(message).toContain('Remove App Callback');
		}
		expect(await hooks.delete()).toBe(true);
		expect(writes(calls)).toEqual([]);
	});
});

describe('the callback of another trigger of this n8n', () => {
	const OTHER = `${N8N}/webhook/other-id/webhook`;

	it.each(
		// prettier-ignore
		[
			['nothing answers there', { status: 404, body: '{"code":404}' }, 'nothing answers there: its workflow is deleted or not active'],
			['its workflow is active', { status: 400, body: 'This address receives Instagram webhooks of Meta.' }, 'Deactivate the workflow'],
			['n8n does not reach itself', 'reset' as const, 'Deactivate the workflow'],
		],
	)('is left alone, and the message knows when %s', async (_what, answer, whatToDo) => {
		const asked = listenAt(N8N, () => answer);
		const calls = serve({ callback: OTHER, ...complete });
		const message = await triggerHooks(automatic, settledLogin())
			.checkExists()
			.catch((error: Error) => error.message);
		expect(message).toContain(`They go to ${OTHER}.`);
		expect(message).toContain(whatToDo);
		expect(message).toContain('Remove App Callback');
		expect(asked.map((call) => [line(call), call.query, call.authorization])).toEqual([
			['GET /webhook/other-id/webhook', {}, undefined],
		]);
		expect(writes(calls)).toEqual([]);
	});

	it.each([FOREIGN, `${N8N}/webhook/plain-webhook-node`])(
		'is the only one that is asked whether it is there (%s)',
		async (callback) => {
			const asked = listenAt(N8N, () => ({ status: 404, body: '' }));
			serve({ callback, ...complete });
			await expect(triggerHooks(automatic, settledLogin()).checkExists()).rejects.toThrow('Deactivate the workflow');
			expect(asked).toEqual([]);
		},
	);
});

describe('listening for a test event', () => {
	it('takes a callback that nobody has, and gives back that alone', async () => {
		const calls = [serve(complete)];
		await triggerHooks(automatic, settledLogin(), true).create();
		expect(bodies(calls[0]).map(({ callback_url }) => callback_url)).toEqual([TEST]);
	});

	it.each([
		[LIVE, []],
		[TEST, ['DELETE /123456/subscriptions']],
	])('ends with the callback %s: %j', async (callback, expected) => {
		const calls = serve({ callback });
		await triggerHooks(copying, settledLogin(), true).delete();
		expect(lines(writes(calls))).toEqual(expected);
	});

	it('is refused while the workflow is active, and says how it works', async () => {
		const calls = serve({ callback: LIVE, ...complete });
		await expect(triggerHooks(automatic, settledLogin(), true).checkExists()).rejects.toThrow(
			/^This workflow is active .*"Copy Live Events to Test" under Options/,
		);
		expect(writes(calls)).toEqual([]);
	});

	it('with copies asks the active workflow, and changes nothing at Meta', async () => {
		const asked = listenAt(N8N, () => ({ body: 'COPYING' }));
		const calls = serve({ callback: LIVE, ...complete });
		expect(await triggerHooks(copying, settledLogin(), true).checkExists()).toBe(true);
		expect(writes(calls)).toEqual([]);
		expect(asked.map(({ method, path, query, authorization }) => [method, path, query.copyTo, authorization])).toEqual([
			['GET', '/webhook/hook-id/webhook', TEST, undefined],
		]);
		expect(JSON.stringify(asked)).not.toContain('made-up');
	});

	it('with copies adds a field that the active version lacks to its address, not to the one of the test', async () => {
		listenAt(N8N, () => ({ body: 'COPYING' }));
		const calls = serve({ callback: LIVE, fields: ['messages'], ...complete });
		await triggerHooks(copying, settledLogin(), true).create();
		expect(bodies(calls).map(({ callback_url, fields }) => [callback_url, fields])).toEqual([
			[LIVE, 'messages,comments'],
		]);
	});

	it('with copies takes the callback when the workflow is not active any more', async () => {
		listenAt(N8N, () => ({ status: 404, body: 'not registered' }));
		const calls = serve({ callback: LIVE, ...complete });
		await triggerHooks(copying, settledLogin(), true).create();
		expect(bodies(calls).map(({ callback_url }) => callback_url)).toEqual([TEST]);
	});

	it.each([
		['answers with a page of a proxy', { body: '<html>' }],
		['answers 502', { status: 502, body: '' }],
		['cannot be reached', 'reset' as const],
	])('with copies says so when n8n, at its own address, %s', async (_what, answer) => {
		listenAt(N8N, () => answer);
		const calls = serve({ callback: LIVE, ...complete });
		await expect(triggerHooks(copying, settledLogin(), true).checkExists()).rejects.toThrow(
			new RegExp(`n8n does not reach its own webhook address.*${LIVE}`),
		);
		expect(writes(calls)).toEqual([]);
	});

	it('with copies works for a set-up by hand and for Instagram Login, where nobody can read the callback', async () => {
		const asked = listenAt(N8N, () => ({ body: 'COPYING' }));
		serve(complete);
		const manual = { ...copying, setup: 'manual' };
		await triggerHooks(manual, settledLogin([BAKERY], {}, { webhookVerifyToken: 'chosen' }), true).checkExists();
		const login = openedLogin(
			pastedTokens.instagram,
			{ kind: 'instagram', token: pastedTokens.instagram },
			{ appId: '123456', appSecret: 'made-up', webhookVerifyToken: 'chosen' },
		);
		serve({ page: ['messages', 'comments'] }, 'https://graph.instagram.com');
		expect(await triggerHooks({ ...manual, authentication: TYPE }, login, true).checkExists()).toBe(true);
		expect(asked.map(({ path, query }) => [path, query.copyTo])).toEqual([
			['/webhook/hook-id/webhook', TEST],
			['/webhook/hook-id/webhook', TEST],
		]);
	});

	it('never asks when a workflow is activated', async () => {
		const asked = listenAt(N8N, () => ({ body: 'COPYING' }));
		serve({ callback: LIVE, ...complete });
		await triggerHooks(copying, settledLogin()).checkExists();
		expect(asked).toEqual([]);
	});
});

describe('events that come to addresses of their own', () => {
	const leaving = { ...automatic, events: ['dataDeletion', 'deauthorize'] };

	it('need nothing at Meta, so another workflow may hold the callback', async () => {
		const calls = serve({ callback: FOREIGN });
		const hooks = triggerHooks(leaving, settledLogin());
		expect(await hooks.checkExists()).toBe(true);
		expect(lines(calls)).toEqual([]);
	});

	it('need the app secret, and at least one of them has to be chosen', async () => {
		const without = triggerHooks(leaving, settledLogin([BAKERY], {}, { clientSecret: '' }));
		await expect(without.checkExists()).rejects.toThrow('The credential lacks the app secret');
		await expect(triggerHooks({ ...automatic, events: [] }, settledLogin()).checkExists()).rejects.toThrow(
			'There is no event to listen to',
		);
	});

	it('do not disturb the others', async () => {
		const calls = serve();
		await triggerHooks({ ...automatic, events: ['message', 'dataDeletion'] }, settledLogin()).create();
		expect(bodies(calls).map(({ fields, subscribed_fields }) => fields ?? subscribed_fields)).toEqual([
			'messages',
			'messages',
		]);
	});
});
