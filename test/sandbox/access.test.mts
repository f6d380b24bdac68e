import { APP, APP_TOKEN, BAKERY, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

const OWNER = '122100000000000001';
const DAY = 86_400;

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const exchange = async (token: string): Promise<string> => {
	const { body } = await sandbox.graph('GET', '/oauth/access_token', undefined, {
		grant_type: 'fb_exchange_token',
		client_id: APP.id,
		client_secret: APP.secret,
		fb_exchange_token: token,
	});
	return body.access_token;
};
const debug = async (token: string): Promise<Json> =>
	(await sandbox.graph('GET', '/debug_token', APP_TOKEN, { input_token: token })).body.data;

describe('data access', () => {
	it('ends 90 days after the login, whatever is exchanged in between', async () => {
		const first = await exchange(await sandbox.token('user'));
		const { data_access_expires_at: end, issued_at: begin } = await debug(first);
		// Seconds are rounded down, and the token is made a moment after the login.
		expect([90 * DAY - 1, 90 * DAY]).toContain(end - begin);
		await sandbox.advance(50 * DAY);
		const second = await exchange(first);
		expect((await debug(second)).data_access_expires_at).toBe(end);
		const page = (await sandbox.graph('GET', `/${BAKERY.page}`, second, { fields: 'access_token' })).body.access_token;
		await sandbox.advance(39 * DAY);
		for (const token of [second, page])
			expect((await sandbox.graph('GET', `/${BAKERY.account}`, token)).status).toBe(200);
		await sandbox.advance(2 * DAY);
		for (const token of [second, page])
			expect(refusal(await sandbox.graph('GET', `/${BAKERY.account}`, token))).toMatchObject({
				code: 190,
				subcode: 493,
			});
		const login = await sandbox.token('longUser');
		expect((await sandbox.graph('GET', `/${BAKERY.account}`, login)).status).toBe(200);
	});

	it('leaves the person logged in: who it is can be read, and that permissions are expired', async () => {
		const first = await sandbox.token('longUser');
		await sandbox.advance(50 * DAY);
		const token = await exchange(first);
		await sandbox.advance(41 * DAY);
		expect((await sandbox.graph('GET', '/me', token)).body.id).toBe(OWNER);
		const { is_valid: valid, data_access_expires_at: end } = await debug(token);
		expect(valid).toBe(true);
		const { now } = (await sandbox.control('GET', '/world')).body;
		expect(end * 1000).toBeLessThan(Date.parse(now));
		const { data } = (await sandbox.graph('GET', '/me/permissions', token)).body;
		expect(data).toContainEqual({ permission: 'instagram_basic', status: 'expired' });
		expect(data).toContainEqual({ permission: 'public_profile', status: 'granted' });
		const nested = await sandbox.graph('GET', '/me', token, { fields: 'accounts{id}' });
		expect(nested.body.accounts).toEqual({ data: [] });
		expect(refusal(await sandbox.graph('GET', '/me/accounts', token))).toMatchObject({
			code: 190,
			subcode: 493,
		});
	});

	it('never ends for system users and for Instagram Login', async () => {
		const system = await sandbox.token('systemUser');
		let account = await sandbox.token('instagram');
		for (let turn = 0; turn < 4; turn += 1) {
			await sandbox.advance(50 * DAY);
			const { body } = await sandbox.instagram('GET', '/refresh_access_token', account, {
				grant_type: 'ig_refresh_token',
			});
			account = body.access_token;
		}
		expect((await sandbox.graph('GET', `/${BAKERY.account}`, system)).status).toBe(200);
		expect((await sandbox.instagram('GET', '/me', account)).status).toBe(200);
	});
});

describe('an app that is not live', () => {
	it('serves people with a role only, on both hosts', async () => {
		const user = await sandbox.token('longUser');
		const account = await sandbox.token('instagram');
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		const me = async () => [
			(await sandbox.graph('GET', '/me', user)).status,
			(await sandbox.instagram('GET', '/me', account)).status,
		];
		expect(await me()).toEqual([200, 200]);
		for (const id of [OWNER, BAKERY.username]) await sandbox.control('POST', `/users/${id}`, { hasRole: false });
		expect(await me()).toEqual([403, 400]);
		expect(refusal(await sandbox.graph('GET', '/me', user)).code).toBe(200);
		await sandbox.control('POST', '/locale', { locale: 'de_DE' });
		expect((await sandbox.instagram('GET', '/me', account)).body.error).toMatchObject({
			code: 100,
			type: 'IGApiException',
			message: 'Unsupported request - method type: get',
		});
	});
});

describe('an app without Advanced Access', () => {
	const standard = () => sandbox.control('PATCH', `/apps/${APP.id}`, { advancedAccess: false });

	it('has no permissions of people without a role', async () => {
		const user = await sandbox.token('longUser');
		const account = await sandbox.token('instagram');
		await standard();
		expect((await sandbox.graph('GET', `/${BAKERY.account}`, user)).status).toBe(200);
		for (const id of [OWNER, BAKERY.username]) await sandbox.control('POST', `/users/${id}`, { hasRole: false });
		expect(refusal(await sandbox.graph('GET', `/${BAKERY.account}`, user))).toMatchObject({
			status: 403,
			code: 10,
		});
		expect(refusal(await sandbox.instagram('GET', '/me', account))).toMatchObject({ code: 10 });
		expect((await sandbox.graph('GET', '/me', user)).body.id).toBe(OWNER);
		expect((await sandbox.graph('GET', '/me/accounts', user)).body).toEqual({ data: [] });
	});

	it('writes to people with a role only', async () => {
		await sandbox.write('customer_one', 'Hi');
		const page = await sandbox.token('page');
		await standard();
		const send = async () =>
			sandbox.graph('POST', `/${BAKERY.page}/messages`, page, {
				recipient: { id: await sandbox.scopedId('customer_one') },
				message: { text: 'Hello' },
			});
		expect(refusal(await send())).toEqual({ status: 403, code: 200, subcode: 2018028 });
		await sandbox.control('PATCH', '/customers/customer_one', { hasRole: true });
		expect((await send()).status).toBe(200);
	});
});
