import { guardNetwork, line, listenAt, type Received } from '../support/graph.mts';
import { loginServer } from '../support/loginServer.mts';
import { BAKERY, tokens } from '../support/logins.mts';
import type { OtherN8n } from '../support/otherN8n.mts';
import { operationOf } from '../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedLogin, pastedTokens, sessionOf, TYPE } from '../support/pastedTokens.mts';
import { placeOfProof, proofIn } from '../support/proofs.mts';
import { runNode, type Stored } from '../support/runNode.mts';

guardNetwork();

const messages = `POST /${BAKERY.pageId}/messages`;
const HINT = /^This n8n does not store what Meta gave for the pasted token: .*Update n8n\.$/;
const FAILED = /^n8n could not save the login that Meta gave/;
const send = async (credentials: Stored, otherN8n: OtherN8n[], more: object = {}) =>
	await runNode({
		parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi', ...more }),
		credentials,
		otherN8n,
	});
const sent = (calls: Received[]) =>
	calls.filter((call) => line(call) === messages).map(({ authorization }) => authorization);
const exchanges = (calls: Received[]) => calls.filter(({ body }) => body.includes('fb_exchange_token'));

let made = 0;
/** A token that no other test has: what the process holds for one login must not count for another. */
const ownToken = (prefix = 'EAAelse') => `${prefix}${String(++made).padStart(6, '0')}`;

/** Runs `preAuthentication` and loses what it returns. */
const losesIt: OtherN8n = (own) => ({
	preAuthentication: async (...call: Parameters<typeof own.preAuthentication>) => {
		const stored = structuredClone(own.stored);
		await own.preAuthentication(...call);
		Object.assign(own.stored, stored);
		return undefined;
	},
});
const neverAsks: OtherN8n = () => ({ preAuthentication: async () => undefined });

describe.each<[string, OtherN8n, RegExp]>([
	['never asks the credential', neverAsks, HINT],
	['stores nothing of what the credential says', losesIt, FAILED],
])('an n8n that %s', (_name, other, hint) => {
	it('works with a pasted user token, and says in each execution that it will not last', async () => {
		const calls = loginServer();
		const credentials = pastedLogin(ownToken());
		for (let i = 0; i < 2; i++) {
			const { error, hints } = await send(credentials, [other]);
			expect([error, hints.map(({ message }) => message)]).toEqual([undefined, [expect.stringMatching(hint)]]);
		}
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toEqual(Array(2).fill(`Bearer ${tokens.bakery}`));
		const signed = calls.filter(({ path }) => !path.endsWith('/oauth/access_token'));
		expect(signed.map((call) => proofIn(call))).toEqual(signed.map(placeOfProof));
		expect(credentials[TYPE].tokenSession).toBe('');
	});

	it('works with a token of Instagram Login, which takes no proof', async () => {
		const calls = listenAt(INSTAGRAM, (request) => {
			if (request.path === '/refresh_access_token')
				return { body: { access_token: pastedTokens.renewed, expires_in: 5_184_000 } };
			if (line(request) === 'GET /me')
				return { body: { user_id: BAKERY.id, username: BAKERY.username, name: 'Bakery' } };
			return { body: { message_id: 'aWdfZ1', recipient_id: '777' } };
		});
		expect((await send(pastedLogin(ownToken('IGAAelse')), [other])).error).toBeUndefined();
		expect(calls.map((call) => proofIn(call))).toEqual(calls.map(() => 'none'));
		expect(calls.at(-1)?.authorization).toBe(`Bearer ${pastedTokens.renewed}`);
	});

	it('renews a stored session that is due, once, and works with what came of it', async () => {
		const calls = loginServer();
		const credentials = openedLogin(ownToken(), { kind: 'facebookUser', token: 'EAAsoonover', endsIn: 3 });
		const before = structuredClone(credentials);
		for (let i = 0; i < 2; i++) {
			const { error, hints } = await send(credentials, [other]);
			expect([error, hints.map(({ message }) => message)]).toEqual([undefined, [expect.stringMatching(hint)]]);
		}
		expect(exchanges(calls)).toHaveLength(1);
		expect(sent(calls)).toEqual(Array(2).fill(`Bearer ${tokens.bakery}`));
		expect(credentials).toEqual(before);
	});

	it('reads the accounts of a stored session again when one is missing', async () => {
		const calls = loginServer();
		const credentials = openedLogin(ownToken(), { kind: 'facebookUser', token: 'EAAlasts' });
		credentials[TYPE].tokenSession = JSON.stringify({ ...sessionOf(credentials), accounts: [], pageTokens: {} });
		const account = { __rl: true, mode: 'id', value: BAKERY.id };
		expect((await send(credentials, [other], { account })).error).toBeUndefined();
		expect(exchanges(calls)).toHaveLength(0);
		expect(sent(calls)).toEqual([`Bearer ${tokens.bakery}`]);
	});

	it('opens the session once for ten executions that start together', async () => {
		const calls = loginServer();
		const credentials = pastedLogin(ownToken());
		const results = await Promise.all(Array.from({ length: 10 }, async () => await send(credentials, [other])));
		expect(results.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
		expect([exchanges(calls).length, sent(calls).length]).toEqual([1, 10]);
	});
});

describe('an n8n that lost what the credential said, once', () => {
	it('gets it to store with the next execution, without another exchange, and says no more about it', async () => {
		const calls = loginServer();
		const credentials = pastedLogin(ownToken());
		expect((await send(credentials, [losesIt])).hints).toHaveLength(1);
		calls.length = 0;
		const { error, hints } = await send(credentials, []);
		expect([error, hints]).toEqual([undefined, []]);
		expect(sessionOf(credentials)).toMatchObject({
			token: tokens.long,
			pageTokens: { [BAKERY.pageId]: tokens.bakery },
		});
		expect(calls.filter((call) => line(call) !== 'GET /me').map(line)).toEqual([messages]);
	});
});
