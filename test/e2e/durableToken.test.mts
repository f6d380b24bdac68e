import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fetch } from 'undici';
import { leaksOf } from './leaks.mts';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import {
	activateBehindWebhook,
	ACCOUNT,
	CUSTOMER,
	operation,
	openStage,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

type Answer = { messageId?: string; recipientId?: string };

describe('a Facebook Login, connected once', () => {
	let stage: Stage;
	let login: Login;
	let url: string;
	let person: string;

	const send = async (text: string): Promise<Answer> => {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ text }),
		});
		return (await answer.json()) as Answer;
	};
	const exchanges = async (since = 0) =>
		(await stage.control.requests(since)).filter(
			({ body }) => (body as { grant_type?: string } | null)?.grant_type === 'fb_exchange_token',
		);
	const received = async () =>
		(await stage.control.inbox(CUSTOMER, ACCOUNT)).filter(({ from }) => from === 'account').map(({ text }) => text);
	const lastRequest = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;

	beforeAll(async () => {
		// What n8n says at its most talkative is searched for secrets too.
		stage = await openStage({ n8nEnv: { N8N_LOG_LEVEL: 'debug' } });
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello');
		person = await stage.control.customerId(CUSTOMER, ACCOUNT);
		const parameters = operation(login, 'message', 'sendText', { recipientId: person, text: '={{ $json.body.text }}' });
		({ url } = await activateBehindWebhook(stage, login, 'send', parameters));
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('makes one exchange for ten executions that start at once', async () => {
		expect(await exchanges()).toHaveLength(0);
		const texts = Array.from({ length: 10 }, (_, index) => `parallel ${index}`);
		const answers = await Promise.all(texts.map(send));
		expect(answers.map(({ recipientId }) => recipientId)).toEqual(Array(10).fill(person));
		expect((await received()).sort()).toEqual(texts);
		expect(await exchanges()).toHaveLength(1);
	});

	it('costs exactly one call per message from then on', async () => {
		const since = await lastRequest();
		await send('one call');
		const calls = await stage.control.requests(since);
		expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
			expect.stringMatching(/^POST \/\d+\/messages$/),
		]);
		expect(calls[0].token?.kind).toBe('page');
	});

	it('goes on after a restart of n8n, past the end of the short token', async () => {
		await stage.n8n.restart();
		await stage.control.advanceClock(3 * 3600);
		const since = await lastRequest();
		expect((await send('after the restart')).recipientId).toBe(person);
		expect(await received()).toContain('after the restart');
		expect(await exchanges(since)).toHaveLength(0);
	});

	it('exchanges again after a reconnect, and sends with the new login', async () => {
		const since = await lastRequest();
		const { continueLogin } = await import('../../sandbox/demo/person.mts');
		await stage.client.credentials.connectOAuth2(login.credential.id, continueLogin);
		await stage.control.call('POST', '/tokens/invalidate', { kind: 'page', subcode: 460 });
		await send('reconnected');
		expect(await exchanges(since)).toHaveLength(1);
		expect(await received()).toContain('reconnected');
	});

	it('leaves no token or secret in clear, and a search for them would find one', async () => {
		expect(await leaksOf(stage)).toEqual([]);
		const [{ value: accessToken }] = stage.sandbox.world.tokens.all();
		appendFileSync(stage.n8n.logFile, `planted ${accessToken}\n`);
		expect(await leaksOf(stage)).toEqual(['a token in n8n.log']);
		writeFileSync(stage.n8n.logFile, readFileSync(stage.n8n.logFile, 'utf8').replace(`planted ${accessToken}\n`, ''));
	});
});
