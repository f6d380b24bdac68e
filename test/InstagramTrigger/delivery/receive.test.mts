import { createHmac } from 'node:crypto';
import { setClock } from '../../support/clock.mts';
import { fixture } from '../../support/fixtures.mts';
import { BAKERY, FLORIST, settledLogin } from '../../support/logins.mts';
import { openedLogin, pastedTokens } from '../../support/pastedTokens.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

const NAME = 'instagramFacebookLoginOAuth2Api';
type Server = Awaited<ReturnType<typeof webhookServer>>;
const open: Server[] = [];
const serve = async (settings: Partial<Settings> = {}): Promise<Server> => {
	const server = await webhookServer({ credentials: settledLogin(), ...settings });
	open.push(server);
	return server;
};
afterEach(async () => {
	jest.useRealTimers();
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

const withSecret = (clientSecret: string, more: object = {}) => {
	const credentials = settledLogin();
	Object.assign(credentials[NAME], { clientSecret, ...more });
	return credentials;
};
const ids = (server: Server) => server.taken.map((items) => items.map(({ eventId }) => eventId));

describe('a delivery', () => {
	it('of an event that the node wants is answered by n8n and starts one execution', async () => {
		const server = await serve();
		expect(await server.deliver(fixture('text'))).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
		expect(server.taken).toMatchObject([
			[{ event: 'message', eventId: 'aWdfZtext', message: { text: 'Grüße, versendet ihr nach Åland? 👋' } }],
		]);
	});

	it('with many events becomes one execution with all of them', async () => {
		const server = await serve({ parameters: { events: ['message', 'comment'] } });
		await server.deliver(fixture('batch'));
		expect(ids(server)).toEqual([['aWdfZb1', 'aWdfZb2', '17900000000000015']]);
	});

	it.each([
		['echo', {}],
		['comment', {}],
		['unknownKinds', {}],
		['text', { accounts: [FLORIST.id] }],
	])(
		'that holds nothing for this node (%s %j) is answered with 200, without an execution',
		async (name, parameters) => {
			const server = await serve({ parameters });
			expect(await server.deliver(fixture(name))).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
			expect(server.taken).toEqual([]);
		},
	);

	it('is for every account of the login unless some are chosen', async () => {
		const credentials = settledLogin([BAKERY, FLORIST]);
		const [all, some] = [
			await serve({ credentials }),
			await serve({ credentials, parameters: { accounts: [FLORIST.id] } }),
		];
		await all.deliver(fixture('batch'));
		await some.deliver(fixture('batch'));
		expect([ids(all), ids(some)]).toEqual([[['aWdfZb1', 'aWdfZb2', 'aWdfZb3']], [['aWdfZb3']]]);
	});

	it('of an account that was connected since the last look is not lost', async () => {
		const start = Date.now();
		setClock(start);
		const credentials = settledLogin([FLORIST]);
		const server = await serve({ credentials });
		await server.deliver(fixture('text'));
		expect(ids(server)).toEqual([]);
		Object.assign(credentials[NAME], settledLogin([FLORIST, BAKERY])[NAME]);
		setClock(start + 6_000);
		await server.deliver(fixture('text'));
		expect(ids(server)).toEqual([['aWdfZtext']]);
	});

	it('brings echoes and own comments only when the options say so', async () => {
		const server = await serve({
			parameters: { events: ['comment'], options: { includeEchoes: true, includeOwnComments: true } },
		});
		await server.deliver(fixture('echo'));
		await server.deliver(fixture('ownComment'));
		expect(ids(server)).toEqual([['aWdfZecho'], ['17900000000000014']]);
	});

	it.each([
		['another secret', 'another', undefined, 'signature mismatch'],
		['the empty secret', '', undefined, 'signature mismatch'],
		['no signature', '', { 'content-type': 'application/json' }, 'signature missing'],
		['a SHA-1 signature', '', { 'x-hub-signature-256': 'sha1=00' }, 'signature malformed'],
	])('with %s is refused with 401, without an execution', async (_name, secret, headers, text) => {
		const server = await serve();
		expect(await server.deliver(fixture('text'), secret, headers)).toEqual({ status: 401, text });
		expect(server.taken).toEqual([]);
	});

	it('is refused when the credential has no secret at all', async () => {
		const server = await serve({ credentials: withSecret('') });
		expect((await server.deliver(fixture('text'), '')).status).toBe(401);
	});

	it('that is signed but no delivery is refused with 400', async () => {
		const server = await serve();
		expect(await server.deliver(Buffer.from('{"object":"page","entry":[]}'))).toEqual({
			status: 400,
			text: 'not an Instagram delivery',
		});
	});

	it('whose bytes were not kept is refused: parsed JSON cannot be checked', async () => {
		const server = await serve({ withoutRawBody: true });
		expect((await server.deliver(fixture('text'))).status).toBe(400);
		expect(server.taken).toEqual([]);
	});

	it('works with a pasted token, too', async () => {
		const server = await serve({
			credentials: openedLogin(pastedTokens.instagram, { kind: 'instagram', token: pastedTokens.instagram }),
		});
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		expect(ids(server)).toEqual([['aWdfZtext']]);
	});
});

describe('a secret that changes', () => {
	it('is noticed at the first delivery that does not match, but not read again for each forgery', async () => {
		const credentials = withSecret('made-up');
		setClock(1_800_000_000_000);
		const server = await serve({ credentials });
		await server.deliver(fixture('text'));
		credentials[NAME].clientSecret = 'rotated';
		for (let i = 0; i < 5; i++) expect((await server.deliver(fixture('quickReply'), 'forged')).status).toBe(401);
		expect(server.reads.count).toBe(1);
		setClock(1_800_000_006_000);
		expect((await server.deliver(fixture('quickReply'), 'rotated')).status).toBe(200);
		expect(server.reads.count).toBe(2);
		expect((await server.deliver(fixture('storyReply'), 'made-up')).status).toBe(401);
	});

	it('stops counting within a minute', async () => {
		const credentials = withSecret('made-up');
		setClock(1_800_000_000_000);
		const server = await serve({ credentials });
		await server.deliver(fixture('text'));
		credentials[NAME].clientSecret = 'rotated';
		setClock(1_800_000_061_000);
		expect((await server.deliver(fixture('quickReply'), 'made-up')).status).toBe(401);
	});
});

describe("Meta's check of the address", () => {
	const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'chosen-by-hand' };
	const credentials = () => withSecret('made-up', { webhookVerifyToken: 'chosen-by-hand' });
	const derivedFrom = (secret: string) => createHmac('sha256', secret).update('webhook verify token').digest('hex');

	it('is answered with the challenge', async () => {
		expect(await (await serve({ credentials: credentials() })).verify(query)).toEqual({
			status: 200,
			text: '1158201444',
		});
	});

	it('works without a token of the operator: one is derived from the secret', async () => {
		const server = await serve({ credentials: withSecret('made-up') });
		expect((await server.verify({ ...query, 'hub.verify_token': derivedFrom('made-up') })).status).toBe(200);
		expect((await server.verify({ ...query, 'hub.verify_token': derivedFrom('') })).status).toBe(403);
	});

	it.each(['', 'Chosen-by-hand', 'chosen-by-han', derivedFrom('made-up')])(
		'is refused with another token (%s)',
		async (given) => {
			const server = await serve({ credentials: credentials() });
			const { status, text } = await server.verify({ ...query, 'hub.verify_token': given });
			expect(status).toBe(403);
			expect(text).not.toContain('1158201444');
		},
	);

	it.each(['', derivedFrom('')])('is refused when the credential has neither token nor secret (%s)', async (given) => {
		const server = await serve({ credentials: withSecret('') });
		expect((await server.verify({ ...query, 'hub.verify_token': given })).status).toBe(403);
	});

	it.each([
		['hub.mode', 'unsubscribe'],
		['hub.mode', undefined],
		['hub.challenge', undefined],
		['hub.verify_token', undefined],
	])('is refused with 400 when %s is %s', async (key, value) => {
		const { [key]: _left, ...rest } = query as Record<string, string>;
		const { status } = await (
			await serve({ credentials: credentials() })
		).verify(value === undefined ? rest : { ...rest, [key]: value });
		expect(status).toBe(400);
	});

	it('starts no execution', async () => {
		const server = await serve({ credentials: credentials() });
		await server.verify(query);
		expect(server.taken).toEqual([]);
	});
});
