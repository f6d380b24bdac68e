import { fixture } from '../support/fixtures.mts';
import { guardNetwork, line } from '../support/graph.mts';
import { triggerHooks } from '../support/contexts.mts';
import { answers, dataOf, instagramServer, login, NAME, newToken, sixtyDays } from '../support/instagramLogins.mts';
import { logLines } from '../support/logLines.mts';
import { loginServer } from '../support/loginServer.mts';
import { freshLogin, tokens } from '../support/logins.mts';
import { MemoryCredentials } from '../support/memoryCredentials.mts';
import type { OtherN8n } from '../support/otherN8n.mts';
import { operationOf } from '../support/parameters.mts';
import { pastedLogin, sessionOf, TYPE } from '../support/pastedTokens.mts';
import { runNode, type Stored } from '../support/runNode.mts';
import { webhookServer } from '../support/webhookServer.mts';

guardNetwork();
afterEach(() => jest.restoreAllMocks());

const FACEBOOK = 'instagramFacebookLoginOAuth2Api';
const BUSY = 'SQLITE_BUSY: database is locked';

/** An n8n whose database refuses to be written so many times, and is healthy then. */
function busy(times: number): { other: OtherN8n; writes: string[] } {
	const writes: string[] = [];
	const write = () => {
		writes.push(writes.length < times ? 'refused' : 'taken');
		if (writes.length <= times) throw new Error(BUSY);
	};
	const other: OtherN8n = (own) => ({
		updateCredentialsOauthTokenData: async (...call: Parameters<typeof own.updateCredentialsOauthTokenData>) => {
			write();
			await own.updateCredentialsOauthTokenData(...call);
		},
		preAuthentication: async (...call: Parameters<typeof own.preAuthentication>) => {
			const before = structuredClone(own.stored);
			const output = await own.preAuthentication(...call);
			if (output === undefined) return undefined;
			try {
				write();
			} catch (error) {
				Object.assign(own.stored, before);
				throw error;
			}
			return output;
		},
	});
	return { other, writes };
}

let made = 0;
type Case = { credentials: Stored; secrets: string[]; lasting: () => unknown; exchanges: () => number };
const CASES: Array<[string, () => Case]> = [
	[
		FACEBOOK,
		() => {
			const credentials = freshLogin();
			const short = `EAAbusy${String(++made).padStart(6, '0')}`;
			const data = () => credentials[FACEBOOK].oauthTokenData as Record<string, unknown>;
			data().access_token = short;
			const calls = loginServer();
			return {
				credentials,
				secrets: [short, ...Object.values(tokens), 'made-up'],
				lasting: () => data().access_token === tokens.long,
				exchanges: () => calls.filter(({ body }) => body.includes('fb_exchange_token')).length,
			};
		},
	],
	[
		NAME,
		() => {
			const [short, long] = [newToken(), newToken()];
			const credentials = login(answers.flat(short));
			const calls = instagramServer({ exchange: () => sixtyDays(long) });
			return {
				credentials,
				secrets: [short, long, 'made-up-instagram'],
				lasting: () => dataOf(credentials).access_token === long,
				exchanges: () => calls.filter((call) => line(call) === 'GET /access_token').length,
			};
		},
	],
	[
		TYPE,
		() => {
			const short = `EAAbusy${String(++made).padStart(6, '0')}`;
			const credentials = pastedLogin(short);
			const calls = loginServer();
			return {
				credentials,
				secrets: [short, ...Object.values(tokens), 'made-up'],
				lasting: () => credentials[TYPE].tokenSession !== '' && sessionOf(credentials).token === tokens.long,
				exchanges: () => calls.filter(({ body }) => body.includes('fb_exchange_token')).length,
			};
		},
	],
];

const send = async (type: string, credentials: Stored, other: OtherN8n) =>
	await runNode({
		parameters: operationOf('message', 'sendText', { authentication: type, recipientId: '777', text: 'Hi' }),
		credentials,
		otherN8n: [other],
	});

describe.each(CASES)('%s in an n8n whose database', (type, begin) => {
	it('is busy once: the login is saved at the next chance, and nobody hears of it any more', async () => {
		const log = logLines();
		const { credentials, exchanges, lasting, secrets } = begin();
		const { other } = busy(1);
		const hints: number[] = [];
		const saved: unknown[] = [];
		for (let i = 0; i < 4; i++) {
			const run = await send(type, credentials, other);
			expect(run.error).toBeUndefined();
			hints.push(run.hints.length);
			saved.push(lasting());
		}
		// With OAuth2 the next chance comes within the same execution: what n8n did not save in the first place is looked at again.
		const first = type !== TYPE;
		expect([hints, saved]).toEqual([
			[first ? 0 : 1, 0, 0, 0],
			[first, true, true, true],
		]);
		expect(exchanges()).toBe(1);
		for (const secret of secrets) expect(log.join('\n')).not.toContain(secret);
		// The failure of n8n's own refresh is n8n's to tell.
		if (type !== FACEBOOK) expect(log).toEqual([`instagram: n8n could not save the login that Meta gave: ${BUSY}`]);
	});

	it('stays out of order: it is tried twice, then once a minute, and the words are true', async () => {
		logLines();
		const { credentials, exchanges, lasting } = begin();
		const { other, writes } = busy(99);
		const clock = jest.spyOn(Date, 'now');
		for (let i = 0; i < 5; i++) {
			const { error, hints } = await send(type, credentials, other);
			expect([error, hints.map(({ message }) => message)]).toEqual([
				undefined,
				[expect.stringMatching(/^n8n could not save the login that Meta gave \(its log says why\)/)],
			]);
		}
		const atOnce = writes.length;
		expect(atOnce).toBeLessThanOrEqual(3);
		const later = Date.now() + 61_000;
		clock.mockImplementation(() => later);
		for (let i = 0; i < 5; i++) await send(type, credentials, other);
		expect(writes).toHaveLength(atOnce + 1);
		expect([exchanges(), lasting()]).toEqual([1, false]);
	});
});

describe('a trigger whose login n8n could not save', () => {
	/** Writes fail in everything that n8n does from now on, for so many times. */
	const breakDatabase = (times: number): void => {
		let refused = 0;
		const write = MemoryCredentials.prototype.updateCredentialsOauthTokenData;
		jest.spyOn(MemoryCredentials.prototype, 'updateCredentialsOauthTokenData').mockImplementation(async function (
			this: MemoryCredentials,
			...call: Parameters<typeof write>
		) {
			if (refused++ < times) throw new Error(BUSY);
			await write.apply(this, call);
		});
	};
	const parameters = { authentication: NAME, setup: 'manual', accounts: [], events: ['message'], options: {} };
	const begin = () => {
		const [short, long] = [newToken(), newToken()];
		const credentials = login(answers.flat(short), { webhookVerifyToken: 'chosen' });
		instagramServer({ exchange: () => sixtyDays(long), send: { body: { data: [] } } });
		return { credentials, short, long };
	};

	it('says so in n8n’s log when it is activated, without a secret', async () => {
		const log = logLines();
		const { credentials, short, long } = begin();
		breakDatabase(99);
		await triggerHooks(parameters, credentials).checkExists();
		expect(new Set(log)).toEqual(
			new Set([
				`instagramTrigger: n8n could not save the login that Meta gave: ${BUSY}`,
				'instagramTrigger: n8n could not save the login that Meta gave (its log says why): it works until n8n restarts, and saving is tried again when it is next used. If this stays, mend what the log of n8n names.',
			]),
		);
		for (const secret of [short, long, 'made-up-instagram', 'chosen']) expect(log.join('\n')).not.toContain(secret);
	});

	it('has it saved by the next event, should nothing else use it', async () => {
		logLines();
		const { credentials, long } = begin();
		breakDatabase(2);
		await triggerHooks(parameters, credentials).checkExists();
		expect(dataOf(credentials).access_token).not.toBe(long);
		const later = Date.now() + 61_000;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
		const server = await webhookServer({ credentials });
		await server.deliver(fixture('text'), 'made-up-instagram');
		await server.close();
		clock.mockRestore();
		expect([server.taken.length, dataOf(credentials).access_token]).toEqual([1, long]);
	});

	it('is told by Check Connection, with what to do', async () => {
		logLines();
		const { credentials } = begin();
		breakDatabase(99);
		await triggerHooks(parameters, credentials).checkExists();
		const { items, hints } = await runNode({
			parameters: operationOf('account', 'checkConnection', { authentication: NAME }),
			credentials,
		});
		const rows = items[0].json.checks as Array<Record<string, unknown>>;
		expect(rows.find(({ check }) => check === 'tokenValid')).toMatchObject({
			status: 'warning',
			message: expect.stringContaining('it works until n8n restarts'),
			fix: 'If this stays, mend what the log of n8n names.',
		});
		expect(hints).toHaveLength(1);
	});
});
