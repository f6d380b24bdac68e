import { createHash } from 'node:crypto';
import { search, triggerHooks } from '../support/contexts.mts';
import { graphError, guardNetwork, line, listenAt, type Received } from '../support/graph.mts';
import {
	ALONE,
	answers,
	dataOf,
	instagramServer,
	lasting,
	login,
	NAME,
	newToken,
	SECRET,
	sixtyDays,
} from '../support/instagramLogins.mts';
import { BAKERY, GRAPH } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { proofIn } from '../support/proofs.mts';
import { runNode, type Stored } from '../support/runNode.mts';

guardNetwork();

const parameters = { authentication: NAME, recipientId: '777', text: 'Hi' };
const send = async (credentials: Stored) =>
	await runNode({ parameters: operationOf('message', 'sendText', parameters), credentials });
const signers = (calls: Received[]) => calls.map((call) => [line(call), call.authorization?.replace('Bearer ', '')]);
const exchanges = (calls: Received[]) => calls.filter(({ path }) => path === '/access_token');
const messages = `POST /${BAKERY.id}/messages`;

/** A login that was connected just now, and the token that it becomes. */
function connected(shape: keyof typeof answers = 'flat', before: object = {}) {
	const [short, long] = [newToken(), newToken()];
	return { short, long, credentials: login({ ...before, ...answers[shape](short) }) };
}

describe.each(['flat', 'list'] as const)('the first use of an Instagram Login (%s answer of the pop-up)', (shape) => {
	it('exchanges the token for one of sixty days, asks who it is, and then does its work', async () => {
		const facebook = listenAt(GRAPH, () => ({}));
		const { short, long, credentials } = connected(shape);
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		const { error, items } = await send(credentials);
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({ messageId: 'aWdfZ1', recipientId: '777' });
		expect(signers(calls)).toEqual([
			['GET /access_token', short],
			['GET /me', long],
			[messages, long],
		]);
		expect(calls[0].query).toEqual({ grant_type: 'ig_exchange_token', client_secret: SECRET });
		expect(calls[1].query).toEqual({ fields: 'user_id,username,name' });
		expect(calls.map((call) => proofIn(call, SECRET))).toEqual(['none', 'none', 'none']);
		expect(facebook).toEqual([]);
	});

	it('leaves the lasting token in the credential, and nothing of the pop-up', async () => {
		const { short, long, credentials } = connected(shape);
		instagramServer({ exchange: () => sixtyDays(long) });
		const before = Date.now();
		await send(credentials);
		const { longLivedUntil, renewedAt, permissions, ...data } = dataOf(credentials);
		expect(data).toEqual({
			access_token: long,
			longLivedFor: createHash('sha256').update(long).digest('hex').slice(0, 16),
			accounts: [ALONE],
		});
		expect(Number(longLivedUntil) - 5_184_000_000).toBeGreaterThanOrEqual(before);
		expect(Number(longLivedUntil) - 5_184_000_000).toBeLessThanOrEqual(Date.now());
		expect(renewedAt).toBeGreaterThanOrEqual(before);
		expect(JSON.stringify(credentials)).not.toContain(short);
	});

	it('is the only expensive one: the second run makes one call', async () => {
		const { long, credentials } = connected(shape);
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		await send(credentials);
		calls.length = 0;
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([[messages, long]]);
	});

	it('makes one exchange when ten executions start together', async () => {
		const { long, credentials } = connected(shape);
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		const results = await Promise.all(Array.from({ length: 10 }, async () => await send(credentials)));
		expect(results.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
		expect(exchanges(calls)).toHaveLength(1);
		expect(signers(calls).filter(([call]) => call === messages)).toEqual(Array(10).fill([messages, long]));
	});

	it('after a reconnect counts the new token, although the fields of the old one are still there', async () => {
		const old = newToken();
		const { short, long, credentials } = connected(shape, lasting(old));
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /access_token', short],
			['GET /me', long],
			[messages, long],
		]);
		for (const gone of [old, short]) expect(JSON.stringify(credentials)).not.toContain(gone);
		calls.length = 0;
		await send(credentials);
		expect(signers(calls)).toEqual([[messages, long]]);
	});
});

describe('the account of an Instagram Login', () => {
	it('is the one that Meta names as text, never the number of the pop-up, which has lost its last digits', async () => {
		const exact = '17841400000000123';
		const inexact = Number(exact);
		expect(String(inexact)).not.toBe(exact);
		const long = newToken();
		const credentials = login({ ...answers.flat(newToken()), user_id: inexact });
		const calls = instagramServer({
			exchange: () => sixtyDays(long),
			me: { body: { id: '9', user_id: exact, username: 'shop' } },
		});
		await send(credentials);
		expect(line(calls.at(-1)!)).toBe(`POST /${exact}/messages`);
		expect(dataOf(credentials)).not.toHaveProperty('user_id');
		expect(JSON.stringify(credentials)).not.toContain(String(inexact));
	});

	it('is read from the documented form of the answer, too', async () => {
		const { long, credentials } = connected();
		instagramServer({
			exchange: () => sixtyDays(long),
			me: { body: { data: [{ user_id: BAKERY.id, username: BAKERY.username }] } },
		});
		await send(credentials);
		expect(dataOf(credentials).accounts).toEqual([{ ...ALONE, name: '' }]);
	});

	it('is known after the first use in the editor, too: the picker makes the login last', async () => {
		const { short, long, credentials } = connected();
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		await search(
			'searchAccounts',
			{ authentication: NAME, account: { __rl: true, mode: 'list', value: '' } },
			credentials,
		);
		expect(signers(calls)).toEqual([
			['GET /access_token', short],
			['GET /me', long],
		]);
		expect(dataOf(credentials)).toMatchObject({ access_token: long, accounts: [ALONE] });
	});

	it('fills the picker, and listens with the names of Instagram fields', async () => {
		const token = newToken();
		const credentials = login(lasting(token), { webhookVerifyToken: 'chosen' });
		const calls = instagramServer();
		const { results } = await search(
			'searchAccounts',
			{ authentication: NAME, account: { __rl: true, mode: 'list', value: '' } },
			credentials,
		);
		expect(results).toEqual([
			{ name: '@sandbox_bakery', value: BAKERY.id, url: 'https://www.instagram.com/sandbox_bakery' },
		]);
		expect(calls).toEqual([]);
		const hooks = (setup: string) =>
			triggerHooks(
				{ authentication: NAME, setup, accounts: [], events: ['message', 'comment'], options: {} },
				credentials,
			);
		await expect(hooks('automatic').checkExists()).rejects.toThrow(
			'The credential lacks the Meta App ID or the Meta App Secret',
		);
		expect(await hooks('manual').checkExists()).toBe(false);
		await hooks('manual').create();
		expect(signers(calls.slice(-1))).toEqual([[`POST /${BAKERY.id}/subscribed_apps`, token]]);
		expect(JSON.parse(calls.at(-1)!.body).subscribed_fields.split(',').sort()).toEqual(['comments', 'messages']);
	});
});

describe('the token endpoints of Instagram', () => {
	it('get the token in a header, and in the documented query only when Meta refuses that', async () => {
		const { short, long, credentials } = connected();
		const calls = instagramServer({
			exchange: ({ query }) =>
				query.access_token === short ? sixtyDays(long) : { status: 400, body: graphError(2500) },
		});
		expect((await send(credentials)).error).toBeUndefined();
		expect(exchanges(calls).map(({ authorization, query }) => [authorization, query.access_token])).toEqual([
			[`Bearer ${short}`, undefined],
			[undefined, short],
		]);
		expect(dataOf(credentials).access_token).toBe(long);
	});

	it.each<[string, Parameters<typeof instagramServer>[0]]>([
		['the connection breaks', { exchange: () => 'reset' }],
		['a gateway answers', { exchange: () => ({ status: 502, body: '<html></html>' }) }],
	])('get no token in the query because %s', async (_why, server) => {
		const { short, credentials } = connected();
		const calls = instagramServer(server);
		expect((await send(credentials)).error?.message).toBe('Meta did not give a lasting login');
		expect(exchanges(calls)).toHaveLength(1);
		expect(JSON.stringify(calls.map(({ query }) => query))).not.toContain(short);
	});
});

describe('an exchange that Meta refuses', () => {
	it.each([
		[
			'the secret is wrong',
			graphError(1, undefined, { message: 'Error validating client secret.' }),
			/"Error validating client secret\." Meta error 1,/,
		],
		[
			'the login is too old',
			graphError(190, 463),
			/^A new login must be used within an hour: choose the account in a node, or run the node once\. The login has expired\. Open the credential in n8n and connect again\./,
		],
	])('is one clear message and changes nothing when %s', async (_why, body, reason) => {
		const { short, credentials } = connected();
		const before = structuredClone(credentials);
		const calls = instagramServer({ exchange: () => ({ status: 400, body }) });
		const { error } = await send(credentials);
		expect(error?.message).toBe('Meta did not give a lasting login');
		expect(error?.description).toMatch(reason);
		expect(error?.description).toContain('Open the credential in n8n and connect again.');
		expect(error?.failure).toEqual({ cause: 'credential-invalid' });
		expect(credentials).toEqual(before);
		expect(calls.map(line)).not.toContain(messages);
		expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toMatch(
			new RegExp(`${short}|${SECRET}`),
		);
	});

	it('is tried again with the next run', async () => {
		const { long, credentials } = connected();
		let isDown = true;
		instagramServer({ exchange: () => (isDown ? { status: 500, body: graphError(2) } : sixtyDays(long)) });
		expect((await send(credentials)).error).toBeDefined();
		isDown = false;
		expect((await send(credentials)).error).toBeUndefined();
	});

	it.each([[undefined], [{}], [{ data: [] }]])('is not even asked for when nobody connected (%j)', async (data) => {
		const calls = instagramServer();
		const { error } = await send(login(data));
		expect(error?.message).toBe('The Instagram credential is not connected');
		expect(calls).toEqual([]);
	});
});
