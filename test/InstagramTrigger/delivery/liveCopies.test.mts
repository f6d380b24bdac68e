import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { setClock } from '../../support/clock.mts';
import { fixture } from '../../support/fixtures.mts';
import { guardNetwork, listenAt, type Answer, type Received } from '../../support/graph.mts';
import { settledLogin } from '../../support/logins.mts';
import { FORM, personRequest, signedForm, signedRequest } from '../../support/signedRequests.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

guardNetwork();

const SECRET = 'made-up';
const TEST = 'https://n8n.test/webhook-test/test/instagramtrigger/webhook';
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

/** What the editor's side sends when it begins to listen. */
const ask = (more: Record<string, string> = {}, secret = SECRET) => {
	const { copyTo, until } = { copyTo: TEST, until: String(Date.now() + 60_000), ...more };
	const signature = `sha256=${createHmac('sha256', secret).update(`copy live events\n${copyTo}\n${until}`).digest('hex')}`;
	return { copyTo, until, signature, ...more };
};
const editor = (answer: (count: number) => Answer = () => ({ body: 'EVENT_RECEIVED' })) =>
	listenAt('https://n8n.test', (_request, count) => answer(count));
const settle = async (copies: Received[], count: number) => {
	for (let left = 400; copies.length < count && left > 0; left--) await wait(5);
	await wait(30);
};
/** Long enough for a copy that should not be sent. */
const nothingComes = async (copies: Received[]) => {
	await wait(150);
	expect(copies).toEqual([]);
};

describe('an editor that listens', () => {
	it('gets a copy of each genuine delivery, byte for byte, with its signature', async () => {
		const [server, copies] = [await serve(), editor()];
		expect(await server.verify(ask())).toEqual({ status: 200, text: 'COPYING' });
		const body = fixture('text');
		expect(await server.deliver(body)).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
		await server.deliver(fixture('echo'));
		await settle(copies, 2);
		expect(copies.map(({ method, path }) => [method, path])).toEqual([
			['POST', new URL(TEST).pathname],
			['POST', new URL(TEST).pathname],
		]);
		expect(copies[0].headers['x-hub-signature-256']).toBe(
			`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
		);
		expect(JSON.parse(copies[0].body)).toEqual(JSON.parse(body.toString('utf8')));
		expect(server.taken).toHaveLength(1);
	});

	it('gets deletion requests, too, at the address that they belong to', async () => {
		const [server, copies] = [await serve({ parameters: { events: ['dataDeletion'] } }), editor()];
		await server.verify(ask());
		const form = signedForm(signedRequest(personRequest('1'), SECRET));
		await server.request('POST', '/deletion', FORM, form);
		await settle(copies, 1);
		expect(copies.map(({ path, headers }) => [path, headers['content-type']])).toEqual([
			[`${new URL(TEST).pathname}/deletion`, FORM['content-type']],
		]);
	});

	it('gets nothing that Meta did not sign, and nothing before it asked', async () => {
		const [server, copies] = [await serve(), editor()];
		await server.deliver(fixture('text'));
		await server.verify(ask());
		expect((await server.deliver(fixture('quickReply'), 'forged')).status).toBe(401);
		await nothingComes(copies);
	});

	it('sends none itself: a copy of a copy would go round for ever', async () => {
		const [server, copies] = [await serve({ isTest: true }), editor()];
		await server.verify(ask());
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		expect(server.taken).toHaveLength(1);
		await nothingComes(copies);
	});

	it('is forgotten once n8n does not know its address any more', async () => {
		const [server, copies] = [await serve(), editor(() => ({ status: 404, body: 'not registered' }))];
		await server.verify(ask());
		await server.deliver(fixture('text'));
		await settle(copies, 1);
		await server.deliver(fixture('quickReply'));
		await wait(150);
		expect(copies).toHaveLength(1);
	});

	it('is forgotten when the time that it asked for is over', async () => {
		const [server, copies] = [await serve(), editor()];
		const start = Date.now();
		await server.verify(ask({ until: String(start + 60_000) }));
		setClock(start + 60_001);
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		await nothingComes(copies);
	});

	it.each([
		['cannot be reached', 'reset' as const],
		['answers 500', { status: 500, body: '' }],
	])('does not disturb the active workflow when it %s', async (_what, answer) => {
		const [server, copies] = [await serve(), editor(() => answer)];
		await server.verify(ask());
		expect((await server.deliver(fixture('text'))).status).toBe(200);
		expect((await server.deliver(fixture('quickReply'))).status).toBe(200);
		await settle(copies, 2);
		expect(server.taken).toHaveLength(2);
	});
});

describe('a request for copies is refused', () => {
	const soon = () => String(Date.now() + 60_000);
	it.each<[string, () => Record<string, string>]>([
		['with another secret', () => ask({}, 'another')],
		['without a signature', () => ({ copyTo: TEST, until: soon() })],
		['with the signature of another address', () => ({ ...ask(), copyTo: `${TEST}x` })],
		['with a longer time than was signed', () => ({ ...ask(), until: String(Date.now() + 120_000) })],
		['when its time is over', () => ask({ until: String(Date.now() - 1) })],
		['when it would never end', () => ask({ until: '9999999999999' })],
		['without a time', () => ask({ until: 'soon' })],
		['for another host', () => ask({ copyTo: TEST.replace('n8n.test', 'elsewhere.example') })],
		['for another trigger', () => ask({ copyTo: 'https://n8n.test/webhook-test/other/webhook' })],
		['for the address of the active workflow itself', () => ask({ copyTo: TEST.replace('webhook-test', 'webhook') })],
	])('%s', async (_what, query) => {
		const [server, copies] = [await serve(), editor()];
		expect((await server.verify(query())).status).toBe(403);
		await server.deliver(fixture('text'));
		await nothingComes(copies);
	});
});
