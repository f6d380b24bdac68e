import { guardNetwork, line, listenAt, type Received } from '../support/graph.mts';
import { loginServer } from '../support/loginServer.mts';
import { BAKERY, tokens } from '../support/logins.mts';
import type { OtherN8n } from '../support/otherN8n.mts';
import { operationOf } from '../support/parameters.mts';
import { INSTAGRAM, pastedLogin, pastedTokens, TYPE } from '../support/pastedTokens.mts';
import { placeOfProof, proofIn } from '../support/proofs.mts';
import { runNode, type Stored } from '../support/runNode.mts';

guardNetwork();

const messages = `POST /${BAKERY.pageId}/messages`;
const HINT = /^This n8n cannot store the login that Meta gave: it works until n8n restarts/;
const send = async (credentials: Stored, otherN8n: OtherN8n[]) =>
	await runNode({
		parameters: operationOf('message', 'sendText', { authentication: TYPE, recipientId: '777', text: 'Hi' }),
		credentials,
		otherN8n,
	});
const exchanges = (calls: Received[]) => calls.filter(({ body }) => body.includes('fb_exchange_token'));

let made = 0;
/** A token that no other test has: what the process holds for one login must not count for another. */
const ownToken = (prefix = 'EAAelse') => `${prefix}${String(++made).padStart(6, '0')}`;

describe.each<[string, OtherN8n]>([
	['never asks the credential', () => ({ preAuthentication: async () => undefined })],
	[
		'stores nothing of what the credential says',
		(own) => ({
			preAuthentication: async (...call: Parameters<typeof own.preAuthentication>) => {
				const stored = structuredClone(own.stored);
				await own.preAuthentication(...call);
				Object.assign(own.stored, stored);
				return undefined;
			},
		}),
	],
])('an n8n that %s', (_name, other) => {
	it('works with a pasted user token, and says in each execution that it will not last', async () => {
		const calls = loginServer();
		const credentials = pastedLogin(ownToken());
		for (let i = 0; i < 2; i++) {
			const { error, hints } = await send(credentials, [other]);
			expect([error, hints.map(({ message }) => message)]).toEqual([undefined, [expect.stringMatching(HINT)]]);
		}
		expect(exchanges(calls)).toHaveLength(1);
		expect(calls.filter((call) => line(call) === messages).map(({ authorization }) => authorization)).toEqual(
			Array(2).fill(`Bearer ${tokens.bakery}`),
		);
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
});
