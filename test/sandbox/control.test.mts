import { APP, APP_TOKEN, BAKERY, call, FLORIST, refusal, start } from './support.mts';
import type { Answer, Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('longUser');
});
afterEach(() => sandbox.close());

const fault = (plan: Json) => sandbox.control('POST', '/faults', { path: `^/${BAKERY.account}$`, times: 1, ...plan });
const read = () => sandbox.graph('GET', `/${BAKERY.account}`, token);

describe('faults', () => {
	it('answers the planned error the planned number of times, after as many calls as it skips', async () => {
		await fault({ skip: 1, times: 2, status: 500, error: { code: 2, is_transient: true } });
		expect((await read()).status).toBe(200);
		for (let count = 0; count < 2; count += 1) {
			const answer = await read();
			expect(refusal(answer)).toEqual({ status: 500, code: 2, subcode: undefined });
			expect(answer.body.error.is_transient).toBe(true);
		}
		expect((await read()).status).toBe(200);
	});

	it('lets a call take effect before it fails, and breaks its answer', async () => {
		await sandbox.write('customer_one', 'Hello');
		const customer = await sandbox.scopedId('customer_one');
		const page = await sandbox.token('page');
		const send = async (text: string, more: Json) => {
			await sandbox.control('POST', '/faults', { path: '/messages$', ...more });
			const path = `/${BAKERY.page}/messages`;
			return await sandbox.graph('POST', path, page, { recipient: { id: customer }, message: { text } });
		};
		expect((await send('one', { status: 502, afterEffect: true })).body.text).toContain('<html>');
		const second = await send('two', { status: 500, error: { code: 2 }, afterEffect: true });
		expect(refusal(second)).toMatchObject({ status: 500, code: 2 });
		expect((await send('three', { answer: 'malformed' })).body.text).toMatch(/^\{"recipient_id.*"$/);
		await expect(send('four', { answer: 'truncated' })).rejects.toThrow();
		await send('none', { status: 500 });
		const { body } = await sandbox.control('GET', `/customers/customer_one/inbox?account=${BAKERY.username}`);
		const texts = body.messages.map(({ text }: Json) => text);
		expect(texts).toEqual(['Hello', 'one', 'two', 'three', 'four']);
	});

	it('answers a bare status without JSON, delays, and is cleared', async () => {
		await fault({ status: 502 });
		expect((await read()).body.text).toContain('<html>');
		await fault({ delayMs: 80 });
		const before = Date.now();
		expect((await read()).status).toBe(200);
		expect(Date.now() - before).toBeGreaterThanOrEqual(75);
		await fault({ status: 500 });
		await sandbox.control('DELETE', '/faults');
		expect((await read()).status).toBe(200);
	});

	it('cuts the connection before or after the call takes effect', async () => {
		await sandbox.write('customer_one', 'hi');
		const id = await sandbox.scopedId('customer_one');
		const page = await sandbox.token('page');
		const send = (text: string) =>
			sandbox.graph('POST', `/${BAKERY.page}/messages`, page, {
				recipient: { id },
				message: { text },
			});
		await fault({ method: 'POST', path: '/messages$', reset: 'before' });
		await expect(send('never arrives')).rejects.toThrow();
		await fault({ method: 'POST', path: '/messages$', reset: 'after' });
		await expect(send('arrives')).rejects.toThrow();
		const { body } = await sandbox.control('GET', `/customers/customer_one/inbox?account=${BAKERY.username}`);
		expect(body.messages.map(({ text }: Json) => text)).toEqual(['hi', 'arrives']);
	});
});

describe('throttling', () => {
	it('answers 80002 for one account, with the minutes in the header, until time has passed', async () => {
		await sandbox.control('POST', '/throttle', {
			code: 80002,
			account: BAKERY.username,
			minutes: 7,
		});
		const answer = await read();
		expect(refusal(answer)).toMatchObject({ status: 400, code: 80002 });
		const usage = JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '');
		expect(usage[BAKERY.account][0]).toMatchObject({
			type: 'instagram',
			call_count: 100,
			estimated_time_to_regain_access: 7,
		});
		expect((await sandbox.graph('GET', `/${FLORIST.account}`, token)).status).toBe(200);
		await sandbox.advance(421);
		expect((await read()).status).toBe(200);
	});

	it.each([4, 17])('answers %i for the app or the user', async (code) => {
		await sandbox.control('POST', '/throttle', { code, minutes: 5 });
		const answer = await read();
		expect(refusal(answer).code).toBe(code);
		expect(JSON.parse(answer.headers.get('x-app-usage') ?? '').call_count).toBe(100);
		await sandbox.control('DELETE', '/throttle');
		expect((await read()).status).toBe(200);
	});

	it.each([
		[613, 2534040],
		[80006, undefined],
	])('answers %i on messaging calls', async (code, subcode) => {
		await sandbox.control('POST', '/throttle', { code, minutes: 5 });
		const page = await sandbox.token('page');
		expect(refusal(await sandbox.graph('GET', `/${BAKERY.page}/conversations`, page))).toMatchObject({ code, subcode });
		expect((await read()).status).toBe(200);
	});
});

describe('usage headers', () => {
	const sharesOf = ({ headers }: Answer) => {
		const business = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}');
		return [JSON.parse(headers.get('x-app-usage') ?? '{}').call_count, business[BAKERY.account]?.[0].call_count];
	};
	const setUsage = (more: Json) => sandbox.control('POST', '/usage', more);

	it('come once a hundredth is used up, for the app and for the account', async () => {
		expect(sharesOf(await read())).toEqual([undefined, undefined]);
		await setUsage({ callsPerHour: 200 });
		await setUsage({ account: BAKERY.username, callsPerHour: 50 });
		expect(sharesOf(await read())).toEqual([1, 4]);
		await sandbox.advance(3_700);
		expect(sharesOf(await read())).toEqual([undefined, 2]);
	});

	it('show what they are told to', async () => {
		await setUsage({ account: BAKERY.username, percent: 96 });
		expect(sharesOf(await read())).toEqual([undefined, 96]);
	});

	it('leave the app out where the token of a Page signs', async () => {
		await setUsage({ callsPerHour: 10 });
		const page = await sandbox.token('page');
		const ofPage = () => sandbox.graph('GET', `/${BAKERY.page}/conversations`, page);
		for (let calls = 0; calls < 11; calls += 1) expect((await ofPage()).status).toBe(200);
		expect(sharesOf(await ofPage())).toEqual([undefined, undefined]);
	});
});

describe('a budget that is spent', () => {
	const limit = (more: Json) => sandbox.control('POST', '/usage', { callsPerHour: 5, ...more });
	const minutesOf = ({ headers }: Answer) =>
		JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')[BAKERY.account]?.[0].estimated_time_to_regain_access;

	it('refuses calls until the hour has moved on; calling on makes that later', async () => {
		// Calls are counted by the minute: this one begins now.
		const { now } = (await sandbox.advance(0)).body;
		await sandbox.advance(61 - new Date(now).getSeconds());
		await limit({ account: BAKERY.username });
		for (let calls = 0; calls < 3; calls += 1) expect((await read()).status).toBe(200);
		await sandbox.advance(1_200);
		for (let calls = 0; calls < 2; calls += 1) expect((await read()).status).toBe(200);
		const refused = await read();
		expect(refusal(refused)).toMatchObject({ status: 400, code: 80002 });
		expect(minutesOf(refused)).toBe(40);
		expect(refusal(await sandbox.graph('GET', `/${FLORIST.account}`, token)).code).toBeUndefined();
		for (let calls = 0; calls < 5; calls += 1) await read();
		expect(minutesOf(await read())).toBe(60);
		await sandbox.advance(41 * 60);
		expect(refusal(await read()).code).toBe(80002);
		await sandbox.advance(61 * 60);
		expect((await read()).status).toBe(200);
	});

	it('is counted apart for messages', async () => {
		await limit({ account: BAKERY.username });
		for (let calls = 0; calls < 5; calls += 1) await read();
		const page = await sandbox.token('page');
		const ofPage = () => sandbox.graph('GET', `/${BAKERY.page}/conversations`, page);
		for (let calls = 0; calls < 5; calls += 1) expect((await ofPage()).status).toBe(200);
		expect(refusal(await ofPage()).code).toBe(80006);
	});

	it("is the app's for the tokens of people", async () => {
		await limit({});
		for (let calls = 0; calls < 5; calls += 1) expect((await read()).status).toBe(200);
		expect(refusal(await read())).toMatchObject({ status: 403, code: 4 });
	});
});

describe('records', () => {
	it('keeps calls without any secret', async () => {
		const url = `${sandbox.sandbox.graphUrl}/v25.0/oauth/access_token`;
		await call('POST', url, { client_id: APP.id, client_secret: APP.secret, code: 'abc' });
		await call('GET', `${sandbox.sandbox.graphUrl}/v25.0/me?access_token=${token}`);
		await sandbox.graph('GET', '/debug_token', APP_TOKEN, { input_token: token });
		const { body } = await sandbox.control('GET', '/requests?since=0');
		const text = JSON.stringify(body);
		expect(text).not.toContain(APP.secret);
		expect(text).not.toContain(token);
		expect(body.requests[0]).toMatchObject({
			method: 'POST',
			path: '/oauth/access_token',
			version: 'v25.0',
			status: 400,
			body: { client_id: APP.id, client_secret: '[redacted]', code: '[redacted]' },
		});
		expect(body.requests[1]).toMatchObject({
			host: 'graph.facebook.com',
			tokenIn: 'query',
			token: { kind: 'user' },
			query: { access_token: '[redacted]' },
		});
		expect(body.requests[2]).toMatchObject({
			tokenIn: 'header',
			query: { input_token: '[redacted]' },
		});
		expect((await sandbox.control('GET', `/requests?since=${body.requests[1].seq}`)).body.requests).toHaveLength(1);
	});

	it('forgets everything on reset, but not who the app is', async () => {
		await sandbox.write('customer_nine', 'hi');
		await sandbox.advance(1_000);
		await sandbox.control('POST', '/reset');
		const { body } = await sandbox.control('GET', '/world');
		expect(body.apps[0]).toMatchObject({ id: APP.id, secret: APP.secret });
		expect(body.customers.map(({ username }: Json) => username)).not.toContain('customer_nine');
		expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(5_000);
		expect(refusal(await read())).toMatchObject({ code: 190 });
	});

	it('serves a page for people and a health check', async () => {
		expect((await call('GET', sandbox.sandbox.url)).body.text).toContain('<h1>Instagram sandbox</h1>');
		expect((await sandbox.control('GET', '/health')).body).toEqual({ ok: true });
	});
});
