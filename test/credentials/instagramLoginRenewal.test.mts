import { setClock } from '../support/clock.mts';
import { graphError, guardNetwork, line, type Received } from '../support/graph.mts';
import {
	ALONE,
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
import { operationOf } from '../support/parameters.mts';
import { runNode, type Stored } from '../support/runNode.mts';

guardNetwork();
afterEach(() => jest.useRealTimers());

const DAY = 24 * 3600 * 1000;
const start = 1_800_000_000_000;
const messages = `POST /${BAKERY.id}/messages`;
const send = async (credentials: Stored) =>
	await runNode({
		parameters: operationOf('message', 'sendText', { authentication: NAME, recipientId: '777', text: 'Hi' }),
		credentials,
	});
const signers = (calls: Received[]) => calls.map((call) => [line(call), call.authorization?.replace('Bearer ', '')]);
const renewals = (calls: Received[]) =>
	calls.filter(({ path, authorization }) => path === '/refresh_access_token' && authorization);
const refused = { renewal: () => ({ status: 400, body: graphError(190) }) };

/** A login of sixty days in use. */
function settled(endsIn: number, renewed?: number) {
	const token = newToken();
	return { token, credentials: login(lasting(token, endsIn, renewed)) };
}

describe('a lasting Instagram Login', () => {
	it('makes no call of its own', async () => {
		const { token, credentials } = settled(54);
		const calls = instagramServer();
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([[messages, token]]);
	});

	it('is renewed once it is a week old, stored, and signs with the new token at once', async () => {
		const { token, credentials } = settled(52);
		const renewed = newToken();
		const calls = instagramServer({ renewal: () => sixtyDays(renewed) });
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /refresh_access_token', token],
			['GET /me', renewed],
			[messages, renewed],
		]);
		expect(calls[0].query).toEqual({ grant_type: 'ig_refresh_token' });
		expect(dataOf(credentials).access_token).toBe(renewed);
		expect(Number(dataOf(credentials).longLivedUntil)).toBeGreaterThan(Date.now() + 59 * DAY);
		expect(JSON.stringify(credentials)).not.toContain(token);
		calls.length = 0;
		await send(credentials);
		expect(signers(calls)).toEqual([[messages, renewed]]);
	});

	it('is renewed once when ten executions start together', async () => {
		const { credentials } = settled(52);
		const renewed = newToken();
		const calls = instagramServer({ renewal: () => sixtyDays(renewed) });
		await Promise.all(Array.from({ length: 10 }, async () => await send(credentials)));
		expect(renewals(calls)).toHaveLength(1);
		expect(signers(calls).filter(([call]) => call === messages)).toEqual(Array(10).fill([messages, renewed]));
	});

	it('is not tried again within a day of the last renewal', async () => {
		const { token, credentials } = settled(5, -0.9);
		const calls = instagramServer();
		await send(credentials);
		expect(signers(calls)).toEqual([[messages, token]]);
	});

	it('goes on with its token when Meta refuses, and asks again once a day', async () => {
		setClock(start);
		const { token, credentials } = settled(52);
		const calls = instagramServer(refused);
		for (let run = 0; run < 3; run++) expect((await send(credentials)).error).toBeUndefined();
		expect(renewals(calls)).toHaveLength(1);
		setClock(start + DAY - 1000);
		await send(credentials);
		expect(renewals(calls)).toHaveLength(1);
		setClock(start + DAY);
		await send(credentials);
		expect(renewals(calls)).toHaveLength(2);
		expect(signers(calls).filter(([call]) => call === messages)).toEqual(Array(5).fill([messages, token]));
		expect(dataOf(credentials)).toMatchObject({
			access_token: token,
			longLivedUntil: start + 52 * DAY,
			renewedAt: start + DAY,
		});
	});

	it('goes on with the new token for the account that it knows when Meta does not tell it again', async () => {
		const { credentials } = settled(52);
		const renewed = newToken();
		const calls = instagramServer({ renewal: () => sixtyDays(renewed), me: { status: 500, body: graphError(2) } });
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls).at(-1)).toEqual([messages, renewed]);
		expect(dataOf(credentials)).toMatchObject({ access_token: renewed, accounts: [ALONE] });
	});

	it('that has ended says so in the words of the table', async () => {
		const expired = { status: 400, body: graphError(190, 463) };
		instagramServer({ renewal: () => expired, send: expired });
		const { error } = await send(settled(-1).credentials);
		expect(error?.message).toBe('The login has expired');
		expect(error?.description).toContain('Open the credential in n8n and connect again.');
	});
});

describe('a reconnect', () => {
	it('of a login that could not be renewed starts anew', async () => {
		const { token, credentials } = settled(2);
		const [short, long] = [newToken(), newToken()];
		const calls = instagramServer({ ...refused, exchange: () => sixtyDays(long) });
		await send(credentials);
		Object.assign(dataOf(credentials), answers.flat(short));
		calls.length = 0;
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /access_token', short],
			['GET /me', long],
			[messages, long],
		]);
		expect(JSON.stringify(credentials)).not.toContain(token);
	});

	it('does not inherit the end of the old token when Meta names none', async () => {
		const long = newToken();
		const credentials = login({ ...lasting(newToken(), 2), ...answers.flat(newToken()) });
		instagramServer({ exchange: () => ({ body: { access_token: long } }) });
		expect((await send(credentials)).error).toBeUndefined();
		expect(dataOf(credentials)).not.toHaveProperty('longLivedUntil');
	});
});
