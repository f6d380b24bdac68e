import { graphError, guardNetwork, line, type Received } from '../support/graph.mts';
import {
	answers,
	dataOf,
	instagramServer,
	lasting,
	login,
	NAME,
	newToken,
	sixtyDays,
} from '../support/instagramLogins.mts';
import { BAKERY } from '../support/logins.mts';
import { offersNoStore, refusesToStore, type OtherN8n } from '../support/otherN8n.mts';
import { operationOf } from '../support/parameters.mts';
import { runNode, type RunOptions, type Stored } from '../support/runNode.mts';
import { webhookServer } from '../support/webhookServer.mts';
import { fixture } from '../support/fixtures.mts';

guardNetwork();

const messages = `POST /${BAKERY.id}/messages`;
const signers = (calls: Received[]) => calls.map((call) => [line(call), call.authorization?.replace('Bearer ', '')]);
const run = async (credentials: Stored, more: Partial<RunOptions> = {}, runWith = runNode) =>
	await runWith({
		parameters: operationOf('message', 'sendText', { authentication: NAME, recipientId: '777', text: 'Hi' }),
		credentials,
		...more,
	});

describe.each<[string, OtherN8n, RegExp]>([
	[
		'does not offer to store tokens',
		offersNoStore,
		/^This n8n cannot store the login that Meta gave: it works until n8n restarts\. Use the credential "Instagram Access Token API" instead/,
	],
	[
		'refuses to store them',
		refusesToStore,
		/^n8n could not save the login that Meta gave \(its log says why\): it works until n8n restarts, and saving is tried again/,
	],
])('an n8n that %s', (_name, other, hint) => {
	it('works from memory: one exchange, and the lasting token signs from then on', async () => {
		const [short, long] = [newToken(), newToken()];
		const credentials = login(answers.flat(short));
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		for (let i = 0; i < 3; i++) expect((await run(credentials, { otherN8n: [other] })).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /access_token', short],
			['GET /me', long],
			...Array(3).fill([messages, long]),
		]);
		expect(dataOf(credentials)).toEqual(answers.flat(short));
	});

	it('tells the operator with each execution, once', async () => {
		const credentials = login(answers.list(newToken()));
		const long = newToken();
		instagramServer({ exchange: () => sixtyDays(long) });
		for (let i = 0; i < 2; i++) {
			const { hints } = await run(credentials, { otherN8n: [other], items: [{}, {}] });
			expect(hints.map(({ message }) => message)).toEqual([expect.stringMatching(hint)]);
			expect(hints[0].type).toBe('warning');
		}
	});

	it('works from memory after a renewal, too', async () => {
		const [token, renewed] = [newToken(), newToken()];
		const credentials = login(lasting(token, 5));
		const calls = instagramServer({ renewal: () => sixtyDays(renewed) });
		for (let i = 0; i < 2; i++) expect((await run(credentials, { otherN8n: [other] })).hints).toHaveLength(1);
		expect(signers(calls)).toEqual([
			['GET /refresh_access_token', token],
			['GET /me', renewed],
			[messages, renewed],
			[messages, renewed],
		]);
	});

	it('receives webhooks for the account that only the process knows', async () => {
		const credentials = login(answers.flat(newToken()));
		const long = newToken();
		instagramServer({ exchange: () => sixtyDays(long) });
		await run(credentials, { otherN8n: [other] });
		const server = await webhookServer({ credentials });
		await server.deliver(fixture('text'), 'made-up-instagram');
		await server.close();
		expect(server.taken).toMatchObject([[{ accountId: BAKERY.id }]]);
	});

	it('takes a reconnect for what it is', async () => {
		const [short, long, later] = [newToken(), newToken(), newToken()];
		const credentials = login(answers.flat(newToken()));
		const calls = instagramServer({
			exchange: ({ authorization }) => sixtyDays(authorization === `Bearer ${short}` ? later : long),
		});
		await run(credentials, { otherN8n: [other] });
		Object.assign(dataOf(credentials), answers.flat(short));
		await run(credentials, { otherN8n: [other] });
		expect(signers(calls).at(-1)).toEqual([messages, later]);
	});
});

describe('an n8n that stores tokens', () => {
	it('gives no hint', async () => {
		const long = newToken();
		instagramServer({ exchange: () => sixtyDays(long) });
		expect((await run(login(answers.flat(newToken())))).hints).toEqual([]);
	});

	it('is asked to store nothing but the token data', async () => {
		const long = newToken();
		instagramServer({ exchange: () => sixtyDays(long) });
		const credentials = login(answers.flat(newToken()));
		const { oauthTokenData: _before, ...fields } = structuredClone(credentials[NAME]);
		await run(credentials);
		expect(credentials[NAME]).toEqual({ ...fields, oauthTokenData: expect.objectContaining({ access_token: long }) });
	});
});

describe('a new process that finds a token of the pop-up', () => {
	/** Loads nodes and credentials anew, as a restart of n8n does. */
	const afterRestart = async () => {
		jest.resetModules();
		return (await import('../support/runNode.mts')).runNode;
	};

	it('says what to do when the token has died meanwhile', async () => {
		const [short, long] = [newToken(), newToken()];
		const credentials = login(answers.flat(short));
		let isDead = false;
		const calls = instagramServer({
			exchange: () => (isDead ? { status: 400, body: graphError(190, 463) } : sixtyDays(long)),
		});
		expect((await run(credentials, { otherN8n: [offersNoStore] })).error).toBeUndefined();
		isDead = true;
		expect((await run(credentials, { otherN8n: [offersNoStore] })).error).toBeUndefined();
		const { error } = await run(credentials, { otherN8n: [offersNoStore] }, await afterRestart());
		expect(error?.message).toBe('Meta did not give a lasting login');
		expect(error?.description).toMatch(
			/^A new login must be used within an hour: choose the account in a node, or run the node once\. The login has expired\. Open the credential in n8n and connect again\./,
		);
		expect(signers(calls).filter(([call]) => call === messages)).toHaveLength(2);
	});

	it('goes on without a word when n8n had stored the lasting one', async () => {
		const [short, long] = [newToken(), newToken()];
		const credentials = login(answers.flat(short));
		const calls = instagramServer({ exchange: () => sixtyDays(long) });
		await run(credentials);
		calls.length = 0;
		const { error, hints } = await run(credentials, {}, await afterRestart());
		expect([error, hints]).toEqual([undefined, []]);
		expect(signers(calls)).toEqual([[messages, long]]);
	});
});
