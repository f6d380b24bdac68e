import { createHmac } from 'node:crypto';
import { APP, APP_TOKEN, BAKERY, call, IG_APP, refusal, start } from './support.mts';
import type { Answer, Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const DAY = 86_400;

/** The two utility endpoints, called without a version, with the token in the query or the header. */
const utility = (path: string, token: string, params: Json, inHeader = false): Promise<Answer> => {
	const query = new URLSearchParams(inHeader ? params : { ...params, access_token: token });
	const headers = inHeader ? { authorization: `Bearer ${token}` } : {};
	return call('GET', `${sandbox.sandbox.instagramGraphUrl}${path}?${query}`, undefined, headers);
};
const exchange = (token: string, extra: Json = {}, inHeader = false) =>
	utility(
		'/access_token',
		token,
		{ grant_type: 'ig_exchange_token', client_secret: IG_APP.secret, ...extra },
		inHeader,
	);
const refresh = (token: string, extra: Json = {}, inHeader = false) =>
	utility('/refresh_access_token', token, { grant_type: 'ig_refresh_token', ...extra }, inHeader);
const me = (token: string) => sandbox.instagram('GET', '/me', token);

describe('lives of Instagram tokens', () => {
	it('lets a short token die after an hour', async () => {
		const token = await sandbox.token('shortInstagram');
		await sandbox.advance(3_599);
		expect((await me(token)).status).toBe(200);
		await sandbox.advance(2);
		const answer = await me(token);
		expect(refusal(answer)).toEqual({ status: 400, code: 190, subcode: 463 });
		expect(answer.body.error.type).toBe('OAuthException');
		expect(refusal(await exchange(token))).toMatchObject({ code: 190, subcode: 463 });
	});

	it.each([false, true])('exchanges it for sixty days (token in the header: %s)', async (header) => {
		const { body } = await exchange(await sandbox.token('shortInstagram'), {}, header);
		expect(body).toEqual({
			access_token: expect.stringMatching(/^IGAA/),
			token_type: 'bearer',
			expires_in: 5_183_944,
		});
		await sandbox.advance(59 * DAY);
		expect((await me(body.access_token)).status).toBe(200);
		await sandbox.advance(2 * DAY);
		expect(refusal(await me(body.access_token))).toMatchObject({ code: 190, subcode: 463 });
	});

	it('refuses an exchange with a wrong secret, a wrong grant type, or a long token', async () => {
		const token = await sandbox.token('shortInstagram');
		expect(refusal(await exchange(token, { client_secret: APP.secret }))).toMatchObject({
			code: 1,
		});
		expect(refusal(await exchange(token, { client_secret: '' }))).toMatchObject({ code: 100 });
		expect(refusal(await exchange(token, { grant_type: 'fb_exchange_token' }))).toMatchObject({
			code: 100,
		});
		const long = await exchange(await sandbox.token('instagram'));
		expect(refusal(long)).toMatchObject({ status: 400, code: 452 });
	});

	it.each([false, true])('refreshes after a day, not before (header: %s)', async (header) => {
		const token = await sandbox.token('instagram');
		await sandbox.advance(DAY - 60);
		const early = await refresh(token, {}, header);
		expect(refusal(early)).toEqual({ status: 400, code: 100, subcode: undefined });
		expect(early.body.error.type).toBe('IGApiException');
		await sandbox.advance(120);
		const { body } = await refresh(token, {}, header);
		expect(body).toMatchObject({ token_type: 'bearer', expires_in: 5_183_944 });
		expect(body.permissions).toContain('instagram_business_basic');
		await sandbox.advance(59.5 * DAY);
		expect((await me(body.access_token)).status).toBe(200);
		expect(refusal(await me(token))).toMatchObject({ code: 190, subcode: 463 });
	});

	it('refuses to refresh a short, an expired, and a token without the basic permission', async () => {
		expect(refusal(await refresh(await sandbox.token('shortInstagram')))).toMatchObject({
			code: 100,
		});
		const poor = await sandbox.token('instagram', {
			scopes: ['instagram_business_manage_messages'],
		});
		await sandbox.advance(2 * DAY);
		const answer = await refresh(poor);
		expect(refusal(answer)).toMatchObject({ status: 403, code: 10 });
		expect(answer.body.error.message).toContain('instagram_business_basic');
		const old = await sandbox.token('instagram');
		await sandbox.advance(61 * DAY);
		expect(refusal(await refresh(old))).toMatchObject({ code: 190, subcode: 463 });
	});
});

describe('families of tokens', () => {
	it('knows each token on its own host only', async () => {
		const instagram = await sandbox.token('instagram');
		for (const token of [await sandbox.token('longUser'), await sandbox.token('page'), APP_TOKEN]) {
			const answer = await me(token);
			expect(refusal(answer)).toEqual({ status: 400, code: 190, subcode: undefined });
			expect(answer.body.error.type).toBe('OAuthException');
		}
		expect(refusal(await me(`${IG_APP.id}|${IG_APP.secret}`))).toMatchObject({ code: 190 });
		expect(refusal(await sandbox.graph('GET', '/me', instagram))).toEqual({
			status: 400,
			code: 190,
			subcode: undefined,
		});
		const { body } = await sandbox.graph('GET', '/debug_token', APP_TOKEN, {
			input_token: instagram,
		});
		expect(body.data).toMatchObject({ is_valid: false, error: { code: 190 } });
	});

	it('refuses a call without a token', async () => {
		expect(refusal(await sandbox.instagram('GET', '/me'))).toMatchObject({
			status: 400,
			code: 2500,
		});
	});

	it('checks an appsecret_proof over the Instagram app secret when one is sent', async () => {
		const token = await sandbox.token('instagram');
		const proof = (secret: string) => createHmac('sha256', secret).update(token).digest('hex');
		const get = (params: Json) => sandbox.instagram('GET', '/me', token, params);
		expect((await get({ appsecret_proof: proof(IG_APP.secret) })).status).toBe(200);
		expect(refusal(await get({ appsecret_proof: proof(APP.secret) }))).toMatchObject({ code: 100 });
		await sandbox.control('PATCH', `/apps/${APP.id}`, { requireAppSecret: true });
		expect((await get({})).status).toBe(200);
	});
});

describe('what happens to an account that logged in', () => {
	const happen = (body: Json) => sandbox.control('POST', `/users/${BAKERY.username}`, body);

	it('answers 459 at a checkpoint and works again after it', async () => {
		const token = await sandbox.token('instagram');
		await happen({ checkpointed: true });
		expect(refusal(await me(token))).toEqual({ status: 400, code: 190, subcode: 459 });
		await happen({ checkpointed: false });
		expect((await me(token)).status).toBe(200);
	});

	it('answers 460 for good after a new password, and 458 after the app was removed', async () => {
		const first = await sandbox.token('instagram');
		await happen({ passwordChanged: true });
		expect(refusal(await me(first))).toMatchObject({ code: 190, subcode: 460 });
		const second = await sandbox.token('instagram');
		await sandbox.instagram('POST', '/me/subscribed_apps', second, {
			subscribed_fields: 'messages',
		});
		await happen({ appRemoved: true });
		expect(refusal(await me(second))).toMatchObject({ code: 190, subcode: 458 });
		const third = await sandbox.token('instagram');
		expect((await sandbox.instagram('GET', '/me/subscribed_apps', third)).body).toEqual({
			data: [],
		});
	});

	it('loses a permission at once, and gets it back', async () => {
		const token = await sandbox.token('instagram');
		const list = () => sandbox.instagram('GET', '/me/conversations', token);
		await happen({ revoke: ['instagram_business_manage_messages'] });
		const answer = await list();
		expect(refusal(answer)).toMatchObject({ status: 403, code: 10 });
		expect(answer.body.error.message).toContain('instagram_business_manage_messages');
		expect(answer.body.error.type).toBe('IGApiException');
		await happen({ grant: ['instagram_business_manage_messages'] });
		expect((await list()).status).toBe(200);
	});

	it('is refused without a role while the app is not live', async () => {
		const token = await sandbox.token('instagram');
		await happen({ hasRole: false });
		expect((await me(token)).status).toBe(200);
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		expect(refusal(await me(token))).toMatchObject({ status: 400, code: 100 });
		await happen({ hasRole: true });
		expect((await me(token)).status).toBe(200);
	});

	it('loses its tokens to tokens/invalidate, alone', async () => {
		const mine = await sandbox.token('instagram', { account: BAKERY.username });
		const other = await sandbox.token('instagram', { account: 'sandbox_florist' });
		const { body } = await sandbox.control('POST', '/tokens/invalidate', {
			account: BAKERY.username,
			subcode: 467,
		});
		expect(body).toEqual({ invalidated: 1 });
		expect(refusal(await me(mine))).toMatchObject({ code: 190, subcode: 467 });
		expect((await me(other)).status).toBe(200);
	});
});
