import { APP, BAKERY, call, FLORIST, IG_APP, REDIRECT, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const SCOPES = ['instagram_business_basic', 'instagram_business_manage_messages'];

const authorize = (extra: Json = {}) => {
	const query = new URLSearchParams({
		client_id: IG_APP.id,
		redirect_uri: REDIRECT,
		response_type: 'code',
		scope: SCOPES.join(','),
		state: 's/1+2',
		...extra,
	});
	return `${sandbox.sandbox.instagramLoginUrl}/oauth/authorize?${query}`;
};

const consent = (form: Json = {}, extra: Json = {}, scopes = SCOPES) =>
	call(
		'POST',
		authorize(extra),
		new URLSearchParams([
			...Object.entries<string>({ action: 'continue', ...form }),
			...scopes.map((scope): [string, string] => ['permissions', scope]),
		]),
	);

const login = async (form: Json = {}, scopes = SCOPES): Promise<string> => {
	const answer = await consent(form, {}, scopes);
	expect(answer.status).toBe(302);
	return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
};

const redeemBody = (code: string, extra: Json = {}) => ({
	client_id: IG_APP.id,
	client_secret: IG_APP.secret,
	grant_type: 'authorization_code',
	redirect_uri: REDIRECT,
	code,
	...extra,
});
const tokenUrl = () => `${sandbox.sandbox.instagramApiUrl}/oauth/access_token`;
const redeem = (code: string, extra: Json = {}) =>
	call('POST', tokenUrl(), new URLSearchParams(redeemBody(code, extra)));
const refused = { error_type: 'OAuthException', code: 400, error_message: expect.any(String) };

describe('authorize page', () => {
	it('shows accounts, permissions and the Facebook button, and asks for the password when told to', async () => {
		const plain = (await call('GET', authorize())).body.text;
		expect(plain).toContain('value="sandbox_bakery"');
		expect(plain).toContain('value="instagram_business_manage_messages"');
		expect(plain).toContain('Log in with Facebook');
		expect(plain).not.toContain('type="password"');
		const strict = await call('GET', authorize({ force_reauth: 'true', enable_fb_login: 'false' }));
		expect(strict.body.text).toContain('type="password"');
		expect(strict.body.text).not.toContain('Log in with Facebook');
	});

	it.each([
		['the Meta app id', { client_id: APP.id }],
		['another redirect URI', { redirect_uri: `${REDIRECT}/` }],
		['another response type', { response_type: 'token' }],
		['no scope', { scope: '' }],
		['a dead scope name', { scope: 'business_basic' }],
		['a scope of Facebook Login', { scope: 'instagram_basic' }],
		['an unreadable flag', { force_reauth: 'perhaps' }],
	])('refuses %s with a page and no redirect', async (_name, extra) => {
		for (const answer of [await call('GET', authorize(extra)), await consent({}, extra)]) {
			expect(answer.status).toBe(400);
			expect(answer.headers.get('location')).toBeNull();
		}
	});

	it('comes back with code, state and #_ at the end', async () => {
		const location = (await consent()).headers.get('location') ?? '';
		expect(location).toMatch(/#_$/);
		const url = new URL(location);
		expect(`${url.origin}${url.pathname}`).toBe(REDIRECT);
		expect(url.searchParams.get('state')).toBe('s/1+2');
		expect(url.searchParams.get('code')).toMatch(/^AQ/);
	});

	it('reports a cancel with the words of Instagram', async () => {
		const location = (await consent({ action: 'cancel' })).headers.get('location') ?? '';
		expect(location).toContain('error_description=The+user+denied+your+request');
		expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
			error: 'access_denied',
			error_reason: 'user_denied',
			state: 's/1+2',
		});
	});

	it('takes redirect URIs of its own once they are set', async () => {
		await sandbox.control('PATCH', `/apps/${APP.id}`, {
			instagramRedirectUris: [`${REDIRECT}/`],
		});
		expect((await consent()).status).toBe(400);
		expect((await consent({}, { redirect_uri: `${REDIRECT}/` })).status).toBe(302);
	});

	it('wants the password again with force_reauth', async () => {
		const extra = { force_reauth: 'true' };
		expect((await consent({}, extra)).status).toBe(400);
		expect((await consent({ password: 'correct horse' }, extra)).status).toBe(302);
		const { body } = await sandbox.control('GET', '/requests?since=0');
		expect(JSON.stringify(body)).not.toContain('correct horse');
	});

	it('turns away personal, checkpointed and unknown accounts', async () => {
		expect((await consent({ account: 'nobody_here' })).status).toBe(400);
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { accountType: 'PERSONAL' });
		expect((await consent({ account: BAKERY.username })).status).toBe(400);
		await sandbox.control('POST', `/users/${FLORIST.username}`, { checkpointed: true });
		expect((await consent({ account: FLORIST.username })).status).toBe(400);
	});

	it('lets only testers in before the app is live', async () => {
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		expect((await consent({ account: BAKERY.username })).status).toBe(302);
		await sandbox.control('POST', `/users/${BAKERY.username}`, { hasRole: false });
		expect((await consent({ account: BAKERY.username })).status).toBe(400);
	});
});

describe('code exchange', () => {
	it('answers flat, with user_id as a bare number that JSON.parse cannot hold', async () => {
		const code = await login({ account: BAKERY.username });
		const answer = await fetch(tokenUrl(), {
			method: 'POST',
			body: new URLSearchParams(redeemBody(code)),
		});
		const text = await answer.text();
		expect(text).toContain(`"user_id":${BAKERY.account},`);
		expect(String(JSON.parse(text).user_id)).not.toBe(BAKERY.account);
		expect(JSON.parse(text).permissions).toEqual(SCOPES);
		expect(JSON.parse(text).access_token).toMatch(/^IGAA/);
	});

	it('answers in the documented form when told to', async () => {
		await sandbox.close();
		sandbox = await start({ instagramTokenShape: 'data' });
		const { body } = await redeem(await login());
		expect(body.data).toEqual([
			{
				access_token: expect.stringMatching(/^IGAA/),
				user_id: expect.stringMatching(/^2\d{16}$/),
				permissions: SCOPES.join(','),
			},
		]);
	});

	it('takes multipart forms, but no JSON', async () => {
		const form = new FormData();
		for (const [name, value] of Object.entries(redeemBody(await login()))) form.set(name, value);
		expect((await fetch(tokenUrl(), { method: 'POST', body: form })).status).toBe(200);
		const json = await call('POST', tokenUrl(), redeemBody(await login()));
		expect(json).toMatchObject({ status: 400, body: refused });
	});

	it.each([
		['the Meta app id', { client_id: APP.id }],
		['the Meta app secret', { client_secret: APP.secret }],
		['another grant type', { grant_type: 'client_credentials' }],
		['another redirect URI', { redirect_uri: `${REDIRECT}/` }],
		['an unknown code', { code: 'AQ' }],
	])('refuses %s in a shape of its own', async (_name, extra) => {
		expect(await redeem(await login(), extra)).toMatchObject({ status: 400, body: refused });
	});

	it('refuses a code with #_ left on it, a second time, and after an hour', async () => {
		const code = await login();
		expect((await redeem(`${code}#_`)).body).toEqual(refused);
		expect((await redeem(code)).status).toBe(200);
		expect((await redeem(code)).body).toEqual(refused);
		const old = await login();
		await sandbox.advance(3_601);
		expect((await redeem(old)).body).toEqual(refused);
	});

	it('plays planned failures in its own shape', async () => {
		await sandbox.control('POST', '/faults', {
			path: '^/oauth/access_token$',
			status: 400,
			error: { code: 400, message: 'later' },
		});
		const code = await login();
		expect((await redeem(code)).body).toEqual({ ...refused, error_message: 'later' });
		expect((await redeem(code)).status).toBe(200);
	});

	it('grants what was ticked only', async () => {
		const { body } = await redeem(await login({}, ['instagram_business_basic']));
		expect(body.permissions).toEqual(['instagram_business_basic']);
	});

	it('keeps codes, secrets and tokens out of the record', async () => {
		const code = await login();
		const { body } = await redeem(code);
		const record = JSON.stringify((await sandbox.control('GET', '/requests?since=0')).body);
		for (const secret of [code, IG_APP.secret, body.access_token]) expect(record).not.toContain(secret);
		expect(record).toContain('"host":"api.instagram.com"');
	});
});
