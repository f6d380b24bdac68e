import fc from 'fast-check';
import { deletionCode, readDeletionCode } from '../../../nodes/InstagramTrigger/appCallbacks/deletionCode.ts';
import { BAKERY, settledLogin } from '../../support/logins.mts';
import { openedLogin, pastedTokens } from '../../support/pastedTokens.mts';
import { FORM, personRequest, signedForm, signedRequest } from '../../support/signedRequests.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

const SECRET = 'made-up';
const BASE = 'https://n8n.test/webhook/test/instagramtrigger/webhook';
type Server = Awaited<ReturnType<typeof webhookServer>>;
const open: Server[] = [];
const serve = async (settings: Partial<Settings> = {}): Promise<Server> => {
	const { parameters, ...rest } = settings;
	const server = await webhookServer({
		credentials: settledLogin(),
		parameters: { events: ['dataDeletion', 'deauthorize'], ...parameters },
		...rest,
	});
	open.push(server);
	return server;
};
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

const post = async (server: Server, below: string, payload: object = personRequest('1'), secret = SECRET) =>
	await server.request('POST', below, FORM, signedForm(signedRequest(payload, secret)));

describe('a deletion request', () => {
	it('is answered with the address of a page and a code, once n8n has the event', async () => {
		let answered = false;
		const server = await serve({
			take: async () =>
				await new Promise((resolve) => setTimeout(() => resolve(expect(answered).toBe(false) as never), 50)),
		});
		const reply = await post(server, '/deletion').finally(() => (answered = true));
		expect(reply.status).toBe(200);
		const [[item]] = server.taken;
		expect(JSON.parse(reply.text)).toEqual({
			url: `${BASE}/deletion?code=${String(item.eventId)}`,
			confirmation_code: item.eventId,
		});
		expect(item).toEqual({
			event: 'dataDeletion',
			eventId: expect.stringMatching(/^[0-9a-z]{29,40}$/),
			accountId: null,
			conversationWith: null,
			username: null,
			timestamp: '2026-11-18T11:06:40.000Z',
			isEcho: false,
			isTest: false,
			dataDeletion: {
				userId: '1',
				confirmationCode: item.eventId,
				statusUrl: `${BASE}/deletion?code=${String(item.eventId)}`,
			},
			raw: personRequest('1'),
		});
	});

	it.each([
		['https://example.com/deletion', 'https://example.com/deletion?code='],
		[' https://example.com/deletion?lang=de ', 'https://example.com/deletion?lang=de&code='],
	])("leads to the operator's page %j when there is one", async (deletionStatusPage, expected) => {
		const server = await serve({ parameters: { options: { deletionStatusPage } } });
		expect(JSON.parse((await post(server, '/deletion')).text).url).toBe(
			`${expected}${String(server.taken[0][0].eventId)}`,
		);
	});

	it('is answered 500 when n8n could not take it, and comes again', async () => {
		let fails = true;
		const server = await serve({
			take: () => {
				if (fails) throw new Error('no database');
			},
		});
		expect((await post(server, '/deletion', personRequest('500'))).status).toBe(500);
		fails = false;
		expect((await post(server, '/deletion', personRequest('500'))).status).toBe(200);
		expect(server.taken).toHaveLength(2);
	});
});

describe('a deauthorization', () => {
	it('is passed on, with the account when an account itself logged in', async () => {
		const login = openedLogin(pastedTokens.instagram, { kind: 'instagram', token: pastedTokens.instagram });
		const [person, account] = [await serve(), await serve({ credentials: login })];
		expect(await post(person, '/deauthorize', personRequest('5'))).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
		expect(await post(account, '/deauthorize/', personRequest(BAKERY.id))).toEqual({
			status: 200,
			text: 'EVENT_RECEIVED',
		});
		expect([person, account].map(({ taken }) => taken[0][0])).toMatchObject([
			{ event: 'deauthorize', eventId: '5:1795000000', accountId: null, deauthorize: { userId: '5' } },
			{ accountId: BAKERY.id, deauthorize: { userId: BAKERY.id } },
		]);
	});

	it('may be signed with any secret that the credential knows, but the code stays the same', async () => {
		const server = await serve({
			credentials: settledLogin([BAKERY], {}, { otherAppSecrets: 'old-one, instagram-one' }),
		});
		const replies = [];
		for (const secret of ['old-one', 'instagram-one', SECRET])
			replies.push(await post(server, '/deletion', personRequest('8'), secret));
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
		expect((await post(server, '/deauthorize', personRequest('8'), 'another')).status).toBe(401);
	});

	it('carries no signature on', async () => {
		const server = await serve();
		const value = signedRequest(personRequest('6'), SECRET);
		await server.request('POST', '/deauthorize', FORM, signedForm(value));
		expect(JSON.stringify(server.taken)).not.toContain(value.split('.')[0]);
	});
});

describe('refused, without an execution', () => {
	it.each<[string, number, Buffer, string]>([
		['another secret', 401, signedForm(signedRequest(personRequest('1'), 'another')), '/deletion'],
		['no signed request', 400, Buffer.from('a=b'), '/deletion'],
		[
			'JSON',
			400,
			Buffer.from(JSON.stringify({ signed_request: signedRequest(personRequest('1'), SECRET) })),
			'/deletion',
		],
		['an empty body', 400, Buffer.alloc(0), '/deauthorize'],
		['a request at the address of deliveries', 400, signedForm(signedRequest(personRequest('1'), SECRET)), ''],
	])('%s', async (_what, status, body, below) => {
		const server = await serve();
		expect((await server.request('POST', below, FORM, body)).status).toBe(status);
		expect(server.taken).toEqual([]);
	});

	it.each(['/deletion', '/deauthorize'])(
		'one that the workflow does not listen to: a confirmation would promise what nobody does (%s)',
		async (below) => {
			const server = await serve({ parameters: { events: ['message'] } });
			const { status, text } = await post(server, below);
			expect([status, text]).toEqual([404, expect.stringContaining('choose it under Events')]);
			expect(server.taken).toEqual([]);
		},
	);
});

describe('the status page', () => {
	it('knows the codes that were given out, and no others', async () => {
		const server = await serve();
		const { confirmation_code: code } = JSON.parse((await post(server, '/deletion')).text) as {
			confirmation_code: string;
		};
		const page = await server.request('GET', `/deletion?code=${code}`);
		expect(page.status).toBe(200);
		expect(page.text).toContain(code);
		expect(page.text).toContain('2026-11-18');
		for (const wrong of ['', '?code=', `?code=${code}0`, `?code=${code.slice(1)}`, '?code=%3Cscript%3E']) {
			expect((await server.request('GET', `/deletion${wrong}`)).status).toBe(404);
		}
		expect((await server.request('GET', '/deletion?code=%3Cscript%3E')).text).not.toContain('script');
	});
});

describe('the status page, found or not,', () => {
	it('loads nothing, runs nothing, stands in no frame and is kept nowhere', async () => {
		const server = await serve();
		const { confirmation_code: code } = JSON.parse((await post(server, '/deletion', personRequest('77'))).text) as {
			confirmation_code: string;
		};
		for (const [query, status] of [
			[`?code=${code}`, 200],
			['?code=x', 404],
		] as const) {
			const page = await server.page(`/deletion${query}`);
			expect(page.status).toBe(status);
			const head = page.head.toLowerCase();
			expect(head).toMatch(/content-security-policy: sandbox; default-src 'none';.* frame-ancestors 'none'/);
			expect(head).toContain('x-content-type-options: nosniff');
			expect(head).toContain('referrer-policy: no-referrer');
			expect(head).toContain('cache-control: no-store');
			// What the policy forbids is not in it.
			expect(page.text).not.toMatch(/<(script|style|link|img|iframe|form)|style=/i);
		}
	});
});

describe('a confirmation code', () => {
	it('proves itself with any secret that made it, tells the time, and not the person', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1 }),
				fc.stringMatching(/^\d{1,20}$/),
				fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
				(secret, person, at) => {
					const code = deletionCode(secret, person, at);
					expect(code).toMatch(/^[0-9a-z]+$/);
					expect(deletionCode(secret, person, at)).toBe(code);
					expect(readDeletionCode(code, ['other', '', secret])).toBe(new Date(at * 1000).toISOString());
					expect(readDeletionCode(code, [`${secret}x`, ''])).toBeUndefined();
				},
			),
		);
	});
});
