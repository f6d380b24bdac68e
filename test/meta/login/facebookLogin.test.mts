import { createHash } from 'node:crypto';
import { graphError, guardNetwork, line } from '../../support/graph.mts';
import { loginServer, pageOf } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, freshLogin, settledLogin, tokens } from '../../support/logins.mts';
import { placeOfProof, proofIn } from '../../support/proofs.mts';
import type { Stored } from '../../support/runNode.mts';
import { NAME, send } from './sendText.mts';

guardNetwork();

const dataOf = (credentials: Stored) => credentials[NAME].oauthTokenData as Record<string, unknown>;
const forms = (calls: ReturnType<typeof loginServer>) =>
	calls
		.filter(({ method, path }) => method === 'POST' && path.endsWith('/oauth/access_token'))
		.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
const exchanges = (calls: ReturnType<typeof loginServer>) =>
	forms(calls).filter(({ grant_type }) => grant_type === 'fb_exchange_token');

describe('the first use of a login that was connected just now', () => {
	const lists = [
		[pageOf(FLORIST, tokens.florist), { id: '100000000000009', name: 'Unlinked' }],
		[pageOf(BAKERY, tokens.bakery)],
	];

	it('exchanges the token, reads every Page, and then does its work', async () => {
		const calls = loginServer({ lists });
		const { error, items } = await send(freshLogin());
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({ messageId: 'aWdfZ1', recipientId: '777' });
		expect(calls.map(line)).toEqual([
			'GET /oauth/access_token', // refused, which starts n8n's refresh
			'POST /oauth/access_token',
			'POST /oauth/access_token',
			'GET /me/accounts',
			'GET /me/permissions',
			'GET /me/accounts',
			'GET /oauth/access_token', // n8n repeats the call that started the refresh
			`POST /${BAKERY.pageId}/messages`,
		]);
		expect(forms(calls)).toEqual([
			{ grant_type: 'client_credentials', client_id: '123456', client_secret: 'made-up' },
			{
				grant_type: 'fb_exchange_token',
				client_id: '123456',
				client_secret: 'made-up',
				fb_exchange_token: tokens.short,
			},
		]);
		expect(
			calls
				.filter(({ path }) => path.endsWith('/me/accounts'))
				.map(({ authorization, query }) => [authorization, query.after]),
		).toEqual([
			[`Bearer ${tokens.long}`, undefined],
			[`Bearer ${tokens.long}`, '1'],
		]);
		expect(calls.at(-1)?.authorization).toBe(`Bearer ${tokens.bakery}`);
		const signed = calls.filter(({ path }) => !path.endsWith('/oauth/access_token'));
		expect(signed.map((call) => proofIn(call))).toEqual(signed.map(placeOfProof));
	});

	it('puts neither token nor secret into an address', async () => {
		const calls = loginServer({ lists });
		await send(freshLogin());
		const addresses = JSON.stringify(calls.map(({ path, query }) => [path, query]));
		for (const secret of [...Object.values(tokens), 'made-up']) expect(addresses).not.toContain(secret);
	});

	it('leaves the long-lived tokens in the credential, and nothing of the short one', async () => {
		loginServer({ lists });
		const credentials = freshLogin();
		const before = Date.now();
		await send(credentials);
		const { longLivedUntil, reachReadAt, ...data } = dataOf(credentials);
		expect(data).toEqual({
			access_token: tokens.long,
			token_type: 'bearer',
			appToken: tokens.app,
			longLivedFor: createHash('sha256').update(tokens.long).digest('hex').slice(0, 16),
			accounts: [FLORIST, BAKERY],
			pageTokens: { [FLORIST.pageId]: tokens.florist, [BAKERY.pageId]: tokens.bakery },
			uploadTokens: { [FLORIST.pageId]: `OAuth ${tokens.florist}`, [BAKERY.pageId]: `OAuth ${tokens.bakery}` },
			unlinked: [{ pageId: '100000000000009', pageName: 'Unlinked' }],
			permissions: { granted: ['instagram_basic', 'pages_show_list'], declined: [] },
		});
		expect(reachReadAt).toBeGreaterThanOrEqual(before);
		expect(longLivedUntil).toBeGreaterThanOrEqual(before + 5_184_000_000);
		expect(longLivedUntil).toBeLessThanOrEqual(Date.now() + 5_184_000_000);
		expect(JSON.stringify(credentials)).not.toContain(tokens.short);
		expect(credentials[NAME].grantType).toBe('authorizationCode');
	});

	it('is the only expensive one: the second run makes one call', async () => {
		const calls = loginServer({ lists });
		const credentials = freshLogin();
		await send(credentials);
		calls.length = 0;
		await send(credentials);
		expect(calls.map(line)).toEqual([`POST /${BAKERY.pageId}/messages`]);
	});

	it('exchanges once when ten executions start together', async () => {
		const calls = loginServer({ lists });
		const credentials = freshLogin();
		const results = await Promise.all(Array.from({ length: 10 }, async () => await send(credentials)));
		expect(results.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
		expect(exchanges(calls)).toHaveLength(1);
		expect(calls.filter((call) => line(call).endsWith('/messages')).map(({ authorization }) => authorization)).toEqual(
			Array(10).fill(`Bearer ${tokens.bakery}`),
		);
	});

	it('takes a base URL with a slash at its end', async () => {
		const calls = loginServer({ lists });
		const credentials = freshLogin();
		credentials[NAME].graphBaseUrl = 'https://graph.facebook.com/';
		const { error } = await send(credentials);
		expect(error).toBeUndefined();
		expect(calls.map(({ path }) => path).filter((path) => path.includes('//'))).toEqual([]);
	});
});

describe('a token that never ends', () => {
	/** Meta names no end for the token of a system user. */
	const systemUser = (more: object = {}) => {
		const credentials = settledLogin([], { access_token: tokens.short, ...more });
		Object.assign(dataOf(credentials), { pageTokens: {} });
		return credentials;
	};

	it.each([
		['connected just now', {}],
		['connected in place of one that ends', { longLivedUntil: Date.now() + 1000 }],
	])('of a system user, %s, is kept as it is: there is nothing to exchange', async (_when, more) => {
		const calls = loginServer();
		const credentials = systemUser(more);
		const { error } = await send(credentials);
		expect(error).toBeUndefined();
		expect(exchanges(calls)).toEqual([]);
		expect(dataOf(credentials)).toMatchObject({
			access_token: tokens.short,
			pageTokens: { [BAKERY.pageId]: tokens.bakery },
		});
		expect(dataOf(credentials)).not.toHaveProperty('longLivedUntil');
	});

	it('is stored without an end and not exchanged again', async () => {
		const calls = loginServer({ exchange: () => ({ body: { access_token: tokens.long, token_type: 'bearer' } }) });
		const credentials = freshLogin();
		await send(credentials);
		await send(credentials);
		expect(dataOf(credentials)).not.toHaveProperty('longLivedUntil');
		expect(dataOf(credentials)).not.toHaveProperty('expires_in');
		expect(exchanges(calls)).toHaveLength(1);
	});
});

describe('a reconnect', () => {
	it('exchanges the new token although the fields of the old one are still there', async () => {
		const calls = loginServer({
			exchange: () => ({ body: { access_token: 'EAAlong00002', expires_in: 5_184_000 } }),
			lists: [[pageOf(BAKERY, 'EAAbakery002')]],
		});
		const credentials = settledLogin([BAKERY], { access_token: 'EAAshort0002', expires_in: 3600, n8n_expires_at: '1' });
		const { error } = await send(credentials);
		expect(error).toBeUndefined();
		expect(exchanges(calls)[0].fb_exchange_token).toBe('EAAshort0002');
		expect(calls.at(-1)?.authorization).toBe('Bearer EAAbakery002');
		expect(dataOf(credentials)).toMatchObject({
			access_token: 'EAAlong00002',
			pageTokens: { [BAKERY.pageId]: 'EAAbakery002' },
		});
		for (const gone of ['EAAshort0002', tokens.bakery, tokens.florist, tokens.long])
			expect(JSON.stringify(credentials)).not.toContain(gone);
	});

	it('leaves nothing that described the old token, where Meta says nothing of the new one', async () => {
		loginServer({
			exchange: () => ({ body: { access_token: 'EAAlong00003' } }),
			other: (request) => (line(request) === 'GET /me/permissions' ? { status: 400, body: graphError(10) } : undefined),
		});
		const credentials = settledLogin([BAKERY], {
			access_token: 'EAAshort0003',
			expires_in: 3600,
			n8n_expires_at: '1',
			unlinked: [{ pageId: '9', pageName: 'Of the old one' }],
		});
		const { error } = await send(credentials);
		expect(error).toBeUndefined();
		const { accounts, pageTokens, uploadTokens, reachReadAt, ...data } = dataOf(credentials);
		expect([accounts, Object.keys(pageTokens as object), Object.keys(uploadTokens as object)]).toEqual([
			[BAKERY],
			[BAKERY.pageId],
			[BAKERY.pageId],
		]);
		expect(reachReadAt).toBeDefined();
		expect(data).toEqual({
			access_token: 'EAAlong00003',
			token_type: 'bearer',
			appToken: tokens.app,
			longLivedFor: createHash('sha256').update('EAAlong00003').digest('hex').slice(0, 16),
			unlinked: [],
		});
	});
});

describe('a login that ends soon', () => {
	const day = 24 * 3600 * 1000;
	const ending = (fingerprintOf: string, days: number) =>
		settledLogin([BAKERY], {
			access_token: fingerprintOf,
			longLivedFor: createHash('sha256').update(fingerprintOf).digest('hex').slice(0, 16),
			longLivedUntil: Date.now() + days * day,
		});

	it('is renewed once it is a week old, not before', async () => {
		const calls = loginServer({ exchange: () => ({ body: { access_token: 'EAArenewed00', expires_in: 5_184_000 } }) });
		await send(ending('EAAending001', 54));
		expect(exchanges(calls)).toHaveLength(0);
		const credentials = ending('EAAending001', 52);
		const { error } = await send(credentials);
		expect(error).toBeUndefined();
		expect(exchanges(calls).map(({ fb_exchange_token }) => fb_exchange_token)).toEqual(['EAAending001']);
		expect(dataOf(credentials)).toMatchObject({ access_token: 'EAArenewed00' });
		expect(JSON.stringify(credentials)).not.toContain('EAAending001');
	});

	it('goes on with its Page tokens when Meta refuses, and does not ask again with each run', async () => {
		const calls = loginServer({ exchange: () => ({ status: 400, body: graphError(190, 463) }) });
		const credentials = ending('EAAending002', 2);
		const before = structuredClone(credentials);
		for (let i = 0; i < 3; i++) expect((await send(credentials)).error).toBeUndefined();
		expect(exchanges(calls)).toHaveLength(1);
		expect(calls.filter((call) => line(call).endsWith('/messages'))).toHaveLength(3);
		expect(calls.at(-1)?.authorization).toBe(`Bearer ${tokens.bakery}`);
		expect(credentials).toEqual(before);
	});
});
