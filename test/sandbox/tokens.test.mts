import { createHmac } from 'node:crypto';
import { APP, APP_TOKEN, BAKERY, call, refusal, start } from './support.mts';
import type { Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const exchange = (token: string) =>
	sandbox.graph('GET', '/oauth/access_token', undefined, {
		grant_type: 'fb_exchange_token',
		client_id: APP.id,
		client_secret: APP.secret,
		fb_exchange_token: token,
	});
const debug = async (token: string) =>
	(await sandbox.graph('GET', '/debug_token', APP_TOKEN, { input_token: token })).body.data;
const pageTokenOf = async (userToken: string): Promise<string> =>
	(await sandbox.graph('GET', `/${BAKERY.page}`, userToken, { fields: 'access_token' })).body.access_token;

describe('lives of tokens', () => {
	it('lets a short user token die after an hour with 190/463, and refuses to exchange it then', async () => {
		const token = await sandbox.token('user');
		await sandbox.advance(3_599);
		expect((await sandbox.graph('GET', '/me', token)).status).toBe(200);
		await sandbox.advance(2);
		expect(refusal(await sandbox.graph('GET', '/me', token))).toEqual({
			status: 400,
			code: 190,
			subcode: 463,
		});
		expect(refusal(await exchange(token))).toMatchObject({ code: 190, subcode: 463 });
	});

	it('exchanges a short token for one of sixty days', async () => {
		const answer = await exchange(await sandbox.token('user'));
		expect(answer.body).toMatchObject({ token_type: 'bearer', expires_in: 5_183_944 });
		await sandbox.advance(59 * 86_400);
		expect((await sandbox.graph('GET', '/me', answer.body.access_token)).status).toBe(200);
		await sandbox.advance(2 * 86_400);
		expect(refusal(await sandbox.graph('GET', '/me', answer.body.access_token))).toMatchObject({
			code: 190,
			subcode: 463,
		});
	});

	it('refuses to exchange a Page token', async () => {
		expect(refusal(await exchange(await sandbox.token('page')))).toMatchObject({ code: 100 });
	});

	it('gives Page tokens without expiry to long-lived user tokens only', async () => {
		const fromLong = await pageTokenOf(await sandbox.token('longUser'));
		const fromShort = await pageTokenOf(await sandbox.token('user'));
		expect(await debug(fromLong)).toMatchObject({
			type: 'PAGE',
			expires_at: 0,
			profile_id: BAKERY.page,
			is_valid: true,
		});
		await sandbox.advance(3_700);
		expect(refusal(await sandbox.graph('GET', '/me', fromShort))).toMatchObject({
			code: 190,
			subcode: 463,
		});
		await sandbox.advance(70 * 86_400);
		expect((await sandbox.graph('GET', '/me', fromLong)).body).toEqual({
			id: BAKERY.page,
			name: 'Sandbox Bakery',
		});
		await sandbox.advance(20 * 86_400);
		expect(refusal(await sandbox.graph('GET', '/me', fromLong))).toMatchObject({ code: 190 });
	});

	it('reports dead tokens in debug_token with HTTP 200', async () => {
		const token = await sandbox.token('user');
		await sandbox.advance(4_000);
		expect(await debug(token)).toMatchObject({
			is_valid: false,
			scopes: [],
			error: { code: 190, subcode: 463 },
		});
	});

	it('kills tokens with the subcode that was asked for', async () => {
		const token = await sandbox.token('longUser');
		const page = await pageTokenOf(token);
		await sandbox.control('POST', '/tokens/invalidate', { kind: 'page', subcode: 492 });
		expect(refusal(await sandbox.graph('GET', '/me', page))).toMatchObject({
			code: 190,
			subcode: 492,
		});
		expect((await sandbox.graph('GET', '/me', token)).status).toBe(200);
		await sandbox.control('POST', '/tokens/invalidate', { subcode: 460 });
		expect(refusal(await sandbox.graph('GET', '/me', token))).toMatchObject({
			code: 190,
			subcode: 460,
		});
	});
});

describe('permissions', () => {
	it('withdraws one permission for every token of the person', async () => {
		const token = await sandbox.token('longUser');
		expect((await sandbox.graph('DELETE', '/me/permissions/instagram_basic', token)).body).toEqual({
			success: true,
		});
		expect(refusal(await sandbox.graph('GET', `/${BAKERY.account}`, token))).toEqual({
			status: 403,
			code: 10,
			subcode: undefined,
		});
	});

	it('removes the app: tokens die with 190/458', async () => {
		const token = await sandbox.token('longUser');
		const page = await pageTokenOf(token);
		await sandbox.graph('DELETE', '/me/permissions', token);
		for (const dead of [token, page]) {
			expect(refusal(await sandbox.graph('GET', '/me', dead))).toMatchObject({
				code: 190,
				subcode: 458,
			});
		}
	});
});

describe('ways to send a token', () => {
	it('takes query, header Bearer, header OAuth and body, and refuses none or nonsense', async () => {
		const token = await sandbox.token('user');
		const me = `${sandbox.sandbox.graphUrl}/v25.0/me`;
		expect((await call('GET', `${me}?access_token=${token}`)).status).toBe(200);
		expect((await call('GET', me, undefined, { authorization: `OAuth ${token}` })).status).toBe(200);
		expect(refusal(await call('GET', me))).toMatchObject({ status: 400, code: 2500 });
		expect(refusal(await call('GET', me, undefined, { authorization: 'Bearer IGAAxyz' }))).toEqual({
			status: 400,
			code: 190,
			subcode: undefined,
		});
		expect(refusal(await call('GET', me, undefined, { authorization: `Bearer ${APP.id}|wrong` }))).toMatchObject({
			code: 190,
		});
	});

	it('checks appsecret_proof when sent, and demands it when the app requires it', async () => {
		const token = await sandbox.token('user');
		const proof = createHmac('sha256', APP.secret).update(token).digest('hex');
		const me = (params: Record<string, string>) => sandbox.graph('GET', '/me', token, params);
		expect((await me({ appsecret_proof: proof })).status).toBe(200);
		expect((await me({ appsecret_proof: proof.replace(/^./, 'z') })).body.error).toMatchObject({
			code: 100,
			type: 'GraphMethodException',
		});
		await sandbox.control('PATCH', `/apps/${APP.id}`, { requireAppSecret: true });
		expect((await me({})).body.error).toMatchObject({ code: 100, type: 'GraphMethodException' });
		expect((await me({ appsecret_proof: proof })).status).toBe(200);
	});
});
