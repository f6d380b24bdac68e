import { guardNetwork, line } from '../../../support/graph.mts';
import { BAKERY, FLORIST, settledLogin, tokens } from '../../../support/logins.mts';
import { jsons, operationOf, run } from '../../../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../../../support/pastedTokens.mts';
import { runNode } from '../../../support/runNode.mts';
import { bodies, FOREIGN, lines, names, subscriptionServer, writes } from '../../../support/subscriptionServer.mts';

guardNetwork();

const URL = 'https://n8n.test/webhook/hook-id/webhook';
const both = { credentials: settledLogin([BAKERY, FLORIST]) };
const one = { accounts: 'one' };
const instagram = (more?: object) => ({
	credentials: openedLogin(pastedTokens.instagram, { kind: 'instagram', token: pastedTokens.instagram }, more),
	parameters: (operation: string, values: object) =>
		operationOf('webhook', operation, { authentication: TYPE, ...values }),
});

describe('webhook: getStatus', () => {
	it('finds nothing to do when all is well, and signs each question with the right token', async () => {
		const calls = subscriptionServer({
			callback: URL,
			fields: [{ name: 'messages' }, 'comments'],
			page: ['messages', 'feed', 'ratings'],
		});
		const { items, error } = await run('webhook', 'getStatus', { accounts: 'all', webhookUrl: URL }, both);
		expect(error).toBeUndefined();
		const account = ({ id, username, pageId }: typeof BAKERY) => ({
			id,
			username,
			pageId,
			isSubscribed: true,
			fields: ['messages', 'feed', 'ratings'],
			missingFields: [],
		});
		expect(jsons(items)).toEqual([
			{
				ok: true,
				appId: '123456',
				callback: { url: URL, isActive: true, fields: ['messages', 'comments'], isExpected: true },
				callbackNote: null,
				accounts: [account(BAKERY), account(FLORIST)],
				problems: [],
			},
		]);
		expect(calls.map((call) => [line(call), call.authorization])).toEqual([
			['GET /123456/subscriptions', `Bearer ${tokens.app}`],
			[`GET /${BAKERY.pageId}/subscribed_apps`, `Bearer ${tokens.bakery}`],
			[`GET /${FLORIST.pageId}/subscribed_apps`, `Bearer ${tokens.florist}`],
		]);
	});

	it.each<[string, object, string, string, string]>(
		// prettier-ignore
		[
			['no callback', { page: ['messages'] }, URL, 'no callback', 'Activate the workflow'],
			["somebody else's callback", { callback: FOREIGN, page: ['messages', 'feed'] }, URL, `to ${FOREIGN}`, 'Remove App Callback'],
			['a callback that Meta switched off', { callback: URL, active: false, page: ['messages', 'feed'] }, '', 'switched the callback off', URL],
			['an account without the app', { callback: URL }, URL, '@sandbox_bakery is not subscribed', 'Subscribe'],
			['an account that lacks a field', { callback: URL, page: ['messages'] }, URL, '@sandbox_bakery lacks feed', 'Subscribe'],
			['an account that refuses', { callback: URL, refuse: `GET /${BAKERY.pageId}/subscribed_apps` }, URL, '@sandbox_bakery could not be looked at', 'WEBHOOK_URL'],
		],
	)('names %s, and says what to do', async (_what, state, webhookUrl, problem, whatToDo) => {
		const calls = subscriptionServer(state);
		const { items } = await run('webhook', 'getStatus', { accounts: 'all', webhookUrl });
		const [{ ok, problems }] = jsons(items) as Array<{ ok: boolean; problems: unknown[] }>;
		expect([ok, problems]).toEqual([
			false,
			[
				{
					accountId: problem.startsWith('@') ? BAKERY.id : null,
					problem: expect.stringContaining(problem),
					whatToDo: expect.stringContaining(whatToDo),
				},
			],
		]);
		expect(writes(calls)).toEqual([]);
	});

	it('compares with the fields that are asked for: what neither the callback nor an account has is named for each', async () => {
		subscriptionServer({ callback: URL, fields: ['messages'], page: ['messages'] });
		const { items } = await run('webhook', 'getStatus', {
			accounts: 'all',
			webhookUrl: '',
			fields: ['messages', 'comments'],
		});
		const [{ ok, problems }] = jsons(items) as Array<{ ok: boolean; problems: unknown[] }>;
		expect([ok, problems]).toEqual([
			false,
			[
				{
					accountId: null,
					problem: 'The callback of the app lacks comments',
					whatToDo: expect.stringContaining(`with ${URL} as Webhook URL`),
				},
				{
					accountId: BAKERY.id,
					problem: '@sandbox_bakery lacks feed',
					whatToDo: 'Run the operation Subscribe. It says which fields Meta does not know, if that is the reason.',
				},
			],
		]);
	});

	it('looks at one account when one is chosen, and at any address when none is given', async () => {
		const calls = subscriptionServer({ callback: FOREIGN, page: ['messages', 'feed'] });
		const { items } = await run(
			'webhook',
			'getStatus',
			{ ...one, account: { __rl: true, mode: 'id', value: '@sandbox_florist' }, webhookUrl: '' },
			both,
		);
		expect(jsons(items)).toMatchObject([{ ok: true, callback: { isExpected: null }, accounts: [{ id: FLORIST.id }] }]);
		expect(calls).toHaveLength(2);
	});

	it.each([
		[instagram(), 'Instagram > API setup'],
		[
			{
				...instagram(),
				credentials: openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page }, {}),
			},
			'lacks the App ID',
		],
	])('says why the callback cannot be read, and looks at the account', async ({ credentials, parameters }, note) => {
		subscriptionServer({ others: [{ app_id: '9', subscribed_fields: ['comments'] }] });
		subscriptionServer({ page: ['comments'] }, INSTAGRAM);
		const { items } = await runNode({ credentials, parameters: parameters('getStatus', { accounts: 'all' }) });
		expect(jsons(items)).toMatchObject([
			{
				ok: true,
				callback: null,
				callbackNote: expect.stringContaining(note),
				accounts: [{ isSubscribed: true, fields: ['comments'] }],
			},
		]);
	});
});

describe('webhook: subscribe', () => {
	it('writes only what is missing, for fields that the app listens to, and keeps those of others', async () => {
		const nothing = { leftOut: [], note: null };
		const calls = subscriptionServer({
			callback: URL,
			fields: ['messages', 'comments'],
			pages: { [BAKERY.pageId]: ['messages', 'feed'], [FLORIST.pageId]: ['ratings', 'messages'] },
		});
		const { items } = await run('webhook', 'subscribe', { accounts: 'all', fields: [], webhookUrl: '' }, both);
		expect(lines(writes(calls))).toEqual([`POST /${FLORIST.pageId}/subscribed_apps`]);
		expect(names(bodies(calls)[0].subscribed_fields)).toEqual(['feed', 'messages', 'ratings']);
		expect(jsons(items)).toEqual([
			{
				callback: { url: URL, changed: false },
				accounts: [
					{ id: BAKERY.id, username: BAKERY.username, fields: ['messages', 'feed'], changed: false, ...nothing },
					{
						id: FLORIST.id,
						username: FLORIST.username,
						fields: ['ratings', 'messages', 'feed'],
						changed: true,
						...nothing,
					},
				],
			},
		]);
	});

	it.each<[string, object, string[] | undefined]>([
		['is missing', {}, ['messages']],
		['lacks a field', { callback: URL, fields: ['comments'] }, ['comments', 'messages']],
		['was switched off', { callback: URL, active: false }, ['comments', 'messages']],
		['is right', { callback: URL }, undefined],
	])('with an address puts the callback right when it %s', async (_what, state, fields) => {
		const calls = subscriptionServer({ page: ['messages'], ...state });
		const { items, error } = await run('webhook', 'subscribe', {
			...one,
			fields: ['messages'],
			webhookUrl: ` ${URL} `,
		});
		expect(error).toBeUndefined();
		expect(bodies(calls).map((body) => [body.callback_url, names(body.fields)])).toEqual(fields ? [[URL, fields]] : []);
		expect(jsons(items)[0].callback).toEqual({ url: URL, changed: fields !== undefined });
	});

	it.each<[string, object, object, string]>([
		["the callback is somebody else's", { callback: FOREIGN }, { webhookUrl: URL, fields: ['messages'] }, FOREIGN],
		['nobody knows the fields', {}, { webhookUrl: '', fields: [] }, 'Choose them under "Fields"'],
		['there is no callback to take fields from', {}, { webhookUrl: URL, fields: [] }, 'Choose the fields'],
	])('writes nothing when %s', async (_what, state, values, told) => {
		const calls = subscriptionServer(state);
		const { error } = await run('webhook', 'subscribe', { accounts: 'all', ...values });
		expect(`${error?.message} ${error?.description}`).toContain(told);
		expect(writes(calls)).toEqual([]);
	});

	it('goes on after an account that fails, and tells it in the end', async () => {
		const calls = subscriptionServer({ callback: URL, refuse: `GET /${BAKERY.pageId}/subscribed_apps` });
		const { error } = await run('webhook', 'subscribe', { accounts: 'all', fields: ['messages'] }, both);
		expect(lines(writes(calls))).toEqual([`POST /${FLORIST.pageId}/subscribed_apps`]);
		expect(error?.message).toBe('1 of 2 accounts could not be subscribed');
		expect(error?.description).toContain('@sandbox_bakery: Meta could not verify');
	});

	it('with Instagram Login takes every entry for its own, whatever ID it has', async () => {
		const others = [{ id: '18055300000000002', subscribed_fields: ['comments'] }];
		const calls = subscriptionServer({ page: ['messages', 'mentions'], others }, INSTAGRAM);
		const ask = async (operation: string, values: object = {}) => {
			calls.length = 0;
			const { credentials, parameters } = instagram({ appId: '123456' });
			const { items } = await runNode({
				credentials,
				parameters: parameters(operation, { accounts: 'all', fields: ['messages'], ...values }),
			});
			return { out: jsons(items)[0], written: lines(writes(calls)), bodies: bodies(calls) };
		};
		const account = { isSubscribed: true, fields: ['comments', 'messages', 'mentions'], missingFields: [] };
		expect((await ask('getStatus')).out).toMatchObject({ ok: true, accounts: [account] });
		expect((await ask('subscribe')).written).toEqual([]);
		const added = await ask('subscribe', { fields: ['messages', 'messaging_seen'] });
		expect(names(added.bodies[0].subscribed_fields)).toEqual(['comments', 'mentions', 'messages', 'messaging_seen']);
		const removed = await ask('unsubscribe');
		expect(removed.written).toEqual([expect.stringMatching(/^DELETE .*subscribed_apps$/)]);
	});

	it('with Instagram Login subscribes the account by the names that it has there', async () => {
		const calls = subscriptionServer({ page: ['mentions'] }, INSTAGRAM);
		const { credentials, parameters } = instagram();
		const { error } = await runNode({
			credentials,
			parameters: parameters('subscribe', {
				accounts: 'all',
				fields: ['messages', 'messaging_seen', 'story_insights'],
			}),
		});
		expect(error).toBeUndefined();
		expect(names(bodies(calls)[0].subscribed_fields)).toEqual(['mentions', 'messages', 'messaging_seen']);
	});
});
