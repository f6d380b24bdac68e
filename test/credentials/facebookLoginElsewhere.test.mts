import { graphError, guardNetwork, line, type Received } from '../support/graph.mts';
import { loginServer } from '../support/loginServer.mts';
import { BAKERY, freshLogin, newLogin, tokens } from '../support/logins.mts';
import { oauth2Paths, offersNoStore, refusesToStore, type OtherN8n } from '../support/otherN8n.mts';
import { operationOf } from '../support/parameters.mts';
import { placeOfProof, proofIn } from '../support/proofs.mts';
import { runNode, type RunOptions, type Stored } from '../support/runNode.mts';
import { fixture } from '../support/fixtures.mts';
import { webhookServer } from '../support/webhookServer.mts';

guardNetwork();

const NAME = 'instagramFacebookLoginOAuth2Api';
const messages = `POST /${BAKERY.pageId}/messages`;
const account = { __rl: true, mode: 'id', value: BAKERY.id };
const send = async (credentials: Stored, otherN8n: OtherN8n[], more: Partial<RunOptions> = {}, runWith = runNode) =>
	await runWith({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi', account }),
		credentials,
		otherN8n,
		...more,
	});
const dataOf = (credentials: Stored) => credentials[NAME].oauthTokenData as Record<string, unknown>;
const exchanges = (calls: Received[]) => calls.filter(({ body }) => body.includes('fb_exchange_token'));
const sent = (calls: Received[]) =>
	calls.filter((call) => line(call) === messages).map(({ authorization }) => authorization);

/** Loads nodes and credentials anew, as a restart of n8n does. */
const afterRestart = async () => {
	jest.resetModules();
	return (await import('../support/runNode.mts')).runNode;
};

/** A fresh login whose token no other test has: what the process holds for one login must not count for another. */
let made = 0;
function fresh(): { credentials: Stored; short: string } {
	const short = `EAAelsewhere${String(++made).padStart(4, '0')}`;
	const credentials = freshLogin();
	dataOf(credentials).access_token = short;
	return { credentials, short };
}

describe.each(Object.entries(oauth2Paths))('an n8n that %s', (_name, path) => {
	it('stores a login that lasts: exchanged once, with the Page tokens, and nothing of the short one', async () => {
		const calls = loginServer();
		const { credentials, short } = fresh();
		for (let i = 0; i < 2; i++) expect((await send(credentials, [path])).error).toBeUndefined();
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toEqual(Array(2).fill(`Bearer ${tokens.bakery}`));
		expect(dataOf(credentials)).toMatchObject({
			access_token: tokens.long,
			pageTokens: { [BAKERY.pageId]: tokens.bakery },
		});
		expect(JSON.stringify(credentials)).not.toContain(short);
		calls.length = 0;
		const { error, hints } = await send(credentials, [path], {}, await afterRestart());
		expect([error, hints, calls.map(line)]).toEqual([undefined, [], [messages]]);
	});

	it('makes a few exchanges and ten messages of ten executions that start together', async () => {
		const calls = loginServer();
		const { credentials } = fresh();
		const results = await Promise.all(Array.from({ length: 10 }, async () => await send(credentials, [path])));
		expect(results.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toEqual(Array(10).fill(`Bearer ${tokens.bakery}`));
	});

	it('signs calls about the app with a token of the app', async () => {
		const calls = loginServer({
			other: ({ path: at }) => (at.endsWith('/subscriptions') ? { body: { data: [] } } : undefined),
		});
		const { credentials } = fresh();
		await send(credentials, [path]);
		await runNode({ parameters: operationOf('webhook', 'getStatus', { account }), credentials, otherN8n: [path] });
		const [app] = calls.filter((call) => line(call) === 'GET /123456/subscriptions');
		expect(['Bearer 123456|made-up', `Bearer ${tokens.app}`]).toContain(app.authorization);
	});

	it('renews a login that ends soon', async () => {
		const calls = loginServer();
		const { credentials, token } = newLogin([BAKERY], { longLivedUntil: Date.now() + 5 * 24 * 3600 * 1000 });
		expect((await send(credentials, [path])).error).toBeUndefined();
		expect(exchanges(calls)).toHaveLength(1);
		expect(dataOf(credentials).access_token).toBe(tokens.long);
		expect(JSON.stringify(credentials)).not.toContain(token);
	});

	it('reads the accounts again when one is missing', async () => {
		const calls = loginServer();
		const { credentials } = newLogin([]);
		const { error } = await send(credentials, [path]);
		expect(error).toBeUndefined();
		expect(exchanges(calls)).toHaveLength(0);
		expect(dataOf(credentials)).toMatchObject({ accounts: [BAKERY] });
	});

	it('tells what Meta refused, and leaves the login as it was', async () => {
		const calls = loginServer({ exchange: () => ({ status: 400, body: graphError(190, 463) }) });
		const { credentials, short } = fresh();
		const { error } = await send(credentials, [path]);
		expect(error?.message).toBe('Meta did not give a lasting login');
		expect(error?.description).toMatch(/The login has expired.*connect again/);
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toEqual([]);
		expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(short);
	});
});

// Without a way to store, n8n's own refresh has none either.
describe.each<[string, OtherN8n, RegExp]>([
	[
		'cannot store a login',
		offersNoStore,
		/^This n8n cannot store the login that Meta gave: it works until n8n restarts\. Use the credential "Instagram Access Token API" instead, .* or update n8n\.$/,
	],
	[
		'fails to store it',
		refusesToStore,
		/^n8n could not save the login that Meta gave \(its log says why\): it works until n8n restarts, and saving is tried again/,
	],
])('an n8n that %s', (_name, store, hint) => {
	it('works now, with one plain sentence in each execution; the lasting tokens sign, with their proofs', async () => {
		const calls = loginServer();
		const { credentials, short } = fresh();
		for (let i = 0; i < 3; i++) {
			const { error, hints } = await send(credentials, [store], { items: [{}, {}] });
			expect(error).toBeUndefined();
			expect(hints.map(({ message, type }) => [message, type])).toEqual([[expect.stringMatching(hint), 'warning']]);
		}
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toEqual(Array(6).fill(`Bearer ${tokens.bakery}`));
		const signed = calls.filter(({ path: at }) => !at.endsWith('/oauth/access_token'));
		expect(signed.map((call) => proofIn(call))).toEqual(signed.map(placeOfProof));
		expect(dataOf(credentials).access_token).toBe(short);
	});

	it('works for ten executions that start together', async () => {
		const calls = loginServer();
		const { credentials } = fresh();
		const results = await Promise.all(Array.from({ length: 10 }, async () => await send(credentials, [store])));
		expect(results.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toHaveLength(10);
	});

	it('reads the accounts again when one is missing', async () => {
		const calls = loginServer();
		const { credentials } = newLogin([]);
		const { error, hints } = await send(credentials, [store]);
		expect(error).toBeUndefined();
		expect(hints).toHaveLength(1);
		expect(exchanges(calls)).toHaveLength(0);
	});

	it('takes a reconnect for what it is', async () => {
		const calls = loginServer({
			exchange: ({ body }) => ({
				body: { access_token: `${new URLSearchParams(body).get('fb_exchange_token')}L`, expires_in: 5_184_000 },
			}),
		});
		const { credentials } = fresh();
		await send(credentials, [store]);
		const { credentials: later, short } = fresh();
		Object.assign(credentials, later);
		await send(credentials, [store]);
		expect(exchanges(calls).map(({ body }) => new URLSearchParams(body).get('fb_exchange_token'))).toHaveLength(2);
		expect(exchanges(calls)[1].body).toContain(short);
	});

	it('has Check Connection look at the token in use, not at the short one that n8n kept', async () => {
		const inspected: string[] = [];
		loginServer({
			other: ({ path: at, body }) => {
				if (!at.endsWith('/debug_token')) return /access_token|\/me/.test(at) ? undefined : { body: { data: [] } };
				inspected.push((JSON.parse(body) as { input_token: string }).input_token);
				return { body: { data: { is_valid: true, type: 'USER' } } };
			},
		});
		const { credentials } = fresh();
		const { error, items } = await runNode({
			parameters: operationOf('account', 'checkConnection', { account }),
			credentials,
			otherN8n: [store],
		});
		expect([error, inspected]).toEqual([undefined, [tokens.long]]);
		expect(Date.parse(String((items[0].json.login as Record<string, unknown>).expiresAt)) - Date.now()).toBeGreaterThan(
			59 * 24 * 3600 * 1000,
		);
	});

	it('receives webhooks for the account that only the process knows', async () => {
		loginServer();
		const { credentials } = fresh();
		await send(credentials, [store]);
		const server = await webhookServer({ credentials });
		await server.deliver(fixture('text'), 'made-up');
		await server.close();
		expect(server.taken).toMatchObject([[{ accountId: BAKERY.id }]]);
	});
});

describe('an n8n whose database refuses once', () => {
	it('has the login stored by the next execution that comes a minute later, and says no more about it', async () => {
		const calls = loginServer();
		const { credentials } = fresh();
		expect((await send(credentials, [refusesToStore])).hints).toHaveLength(1);
		expect((await send(credentials, [])).hints).toHaveLength(1);
		const later = Date.now() + 61_000;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
		const { error, hints } = await send(credentials, []);
		clock.mockRestore();
		expect([error, hints]).toEqual([undefined, []]);
		expect(dataOf(credentials)).toMatchObject({ access_token: tokens.long });
		expect(exchanges(calls)).toHaveLength(1);
	});
});

describe('a gateway that refuses with a status of its own', () => {
	it.each([401, 403, 404])('%i starts the exchange as well', async (status) => {
		const calls = loginServer({
			other: (call) => (line(call) === 'GET /oauth/access_token' ? { status, body: graphError(101) } : undefined),
		});
		const { credentials } = fresh();
		const { error } = await send(credentials, []);
		expect(error).toBeUndefined();
		expect(exchanges(calls)).toHaveLength(1);
		expect(dataOf(credentials)).toMatchObject({ access_token: tokens.long, appToken: tokens.app });
	});
});
