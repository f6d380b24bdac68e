import { createHash } from 'node:crypto';
import { setClock } from '../support/clock.mts';
import { graphError, guardNetwork, line, listenAt, type Received } from '../support/graph.mts';
import { loginServer, pageOf, type LoginAnswers, type Page } from '../support/loginServer.mts';
import { BAKERY, FLORIST, GRAPH, tokens } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedLogin, pastedTokens, sessionOf, TYPE } from '../support/pastedTokens.mts';
import { proofIn } from '../support/proofs.mts';
import { runNode, type Stored } from '../support/runNode.mts';

guardNetwork();
afterEach(() => jest.useRealTimers());

const both = [[pageOf(BAKERY, tokens.bakery), pageOf(FLORIST, 'EAAnewpage00')]];
const asFlorist = [`POST /${FLORIST.pageId}/messages`, 'Bearer EAAnewpage00', 'body'];
const messages = (calls: Received[]) =>
	calls.filter(({ path }) => path.endsWith('/messages')).map((call) => [line(call), call.authorization, proofIn(call)]);
const looks = (calls: Received[]) => calls.filter((call) => line(call) === 'GET /me/accounts').length;
const exchanges = (calls: Received[]) => calls.filter((call) => line(call) === 'POST /oauth/access_token').length;

let tokensMade = 0;
/** A user token that was looked at before, when it reached the bakery only; each one is a login of its own. */
const opened = (endsIn?: number): Stored =>
	openedLogin(`EAApasted${++tokensMade}`, { kind: 'facebookUser', token: `EAAstored${tokensMade}`, endsIn });

async function send(credentials: Stored, wanted: string, more: object = {}) {
	const account = { __rl: true, mode: 'id', value: wanted };
	return await runNode({
		parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi', account }),
		credentials,
		...more,
	});
}

describe('an account that came after a user token was pasted', () => {
	it.each([[59], [undefined]])(
		'is found at Meta and signed for, without an exchange (token ends in %s days)',
		async (endsIn) => {
			const calls = loginServer({ lists: both });
			const credentials = opened(endsIn);
			const { token, expiresAt } = sessionOf(credentials);
			expect((await send(credentials, FLORIST.id)).error).toBeUndefined();
			expect(calls.map((call) => [line(call), call.authorization, proofIn(call)])).toEqual([
				['GET /me/accounts', `Bearer ${String(token)}`, 'query'],
				['GET /me/permissions', `Bearer ${String(token)}`, 'query'],
				['GET /me', `Bearer ${String(token)}`, 'query'], // the call that woke the credential
				asFlorist,
			]);
			expect(sessionOf(credentials)).toMatchObject({
				token,
				accounts: [BAKERY, FLORIST],
				pageTokens: { [FLORIST.pageId]: 'EAAnewpage00' },
			});
			expect(sessionOf(credentials).expiresAt).toBe(expiresAt);
			calls.length = 0;
			await send(credentials, FLORIST.id);
			expect(calls.map(line)).toEqual([asFlorist[0]]);
		},
	);

	it('is found by ten executions that start together, with one look, while others work on', async () => {
		const calls = loginServer({ lists: both });
		const credentials = opened(59);
		const wanted = Array.from({ length: 20 }, (_, i) => (i % 2 ? BAKERY.id : FLORIST.id));
		const results = await Promise.all(wanted.map(async (id) => await send(credentials, id)));
		expect(results.map(({ error }) => error?.message)).toEqual(Array(20).fill(undefined));
		expect([looks(calls), exchanges(calls)]).toEqual([1, 0]);
		expect(messages(calls).filter(([call]) => call === asFlorist[0])).toEqual(Array(10).fill(asFlorist));
	});

	it('that Meta does not show is looked for once, however many items name it, and leaves the session as it is', async () => {
		const calls = loginServer({
			other: (request) => (line(request) === 'GET /me/accounts' ? { status: 500, body: graphError(2) } : undefined),
		});
		const credentials = opened(59);
		const before = sessionOf(credentials);
		const { items } = await send(credentials, '@nobody', {
			items: Array.from({ length: 1000 }, () => ({})),
			continueOnFail: true,
		});
		expect(new Set(items.map(({ json }) => json.error))).toEqual(
			new Set(['The account "@nobody" does not belong to this login']),
		);
		expect([looks(calls), messages(calls)]).toEqual([1, []]);
		expect(sessionOf(credentials)).toEqual(before);
	});

	it('is a Page without an account until one is linked', async () => {
		const start = 1_800_000_000_000;
		setClock(start);
		const bare: Page = { id: FLORIST.pageId, name: FLORIST.pageName, access_token: 'EAAnewpage00' };
		const lists = [[pageOf(BAKERY, tokens.bakery), bare]];
		const calls = loginServer({ lists });
		const credentials = opened(59);
		expect((await send(credentials, FLORIST.pageId)).error?.message).toBe(
			'The Page "Florist Page" has no linked Instagram account',
		);
		lists[0][1] = both[0][1];
		setClock(start + 61_000);
		expect((await send(credentials, FLORIST.pageId)).error).toBeUndefined();
		expect(messages(calls)).toEqual([asFlorist]);
	});
});

describe('a token that reaches one account only', () => {
	it.each<[string, string, string]>([
		['facebookPage', pastedTokens.page, GRAPH],
		['instagram', pastedTokens.instagram, INSTAGRAM],
	])('is not asked for others: %s', async (kind, token, host) => {
		const calls = listenAt(host, () => ({}));
		const { error } = await send(openedLogin(token, { kind, token }), FLORIST.id);
		expect(error?.message).toBe(`The account "${FLORIST.id}" does not belong to this login`);
		expect(error?.description).toContain('@sandbox_bakery');
		expect(calls).toEqual([]);
	});
});

describe('the token of a system user, pasted with its app', () => {
	/** Meta exchanges user tokens only. */
	const answers: LoginAnswers = {
		lists: [[pageOf(BAKERY, tokens.bakery)]],
		exchange: () => ({ status: 400, body: graphError(100) }),
	};

	it('is kept as it is, without an end, and asked about once', async () => {
		const calls = loginServer(answers);
		const credentials = pastedLogin('EAAsystem000');
		for (let i = 0; i < 3; i++) expect((await send(credentials, '')).error).toBeUndefined();
		expect([exchanges(calls), looks(calls)]).toEqual([1, 1]);
		expect(sessionOf(credentials)).toMatchObject({ kind: 'facebookUser', token: 'EAAsystem000', accounts: [BAKERY] });
		expect(sessionOf(credentials)).not.toHaveProperty('expiresAt');
		expect(sessionOf(credentials).madeFrom).toBe(
			createHash('sha256').update('EAAsystem000\n123456\nmade-up').digest('hex').slice(0, 16),
		);
	});

	it('is not exchanged either when it finds a further account', async () => {
		const lists = [[pageOf(BAKERY, tokens.bakery)]];
		const calls = loginServer({ ...answers, lists });
		const credentials = pastedLogin('EAAsystem001');
		await send(credentials, '');
		lists[0].push(both[0][1]);
		calls.length = 0;
		expect((await send(credentials, FLORIST.id)).error).toBeUndefined();
		expect(exchanges(calls)).toBe(0);
		expect(messages(calls)).toEqual([asFlorist]);
	});

	it('is refused in plain words when the app is a wrong one', async () => {
		loginServer({ ...answers, exchange: () => ({ status: 400, body: graphError(101) }) });
		expect((await send(pastedLogin('EAAsystem002'), '')).error?.description).toContain(
			'Check the App ID and the app secret',
		);
	});
});
