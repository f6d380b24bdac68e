import { createHmac } from 'node:crypto';
import { APP, BAKERY, call, REDIRECT, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const OWNER = '122100000000000001';
const SYSTEM_USER = '122100000000000002';
const DAY = 86_400;

const happen = (body: Json, id = OWNER) => sandbox.control('POST', `/users/${id}`, body);
const me = (token: string, params: Json = {}) => sandbox.graph('GET', '/me', token, params);
const pageTokenOf = async (token: string): Promise<string> =>
	(await sandbox.graph('GET', `/${BAKERY.page}`, token, { fields: 'access_token' })).body.access_token;
const dialog = (config: string) =>
	`${sandbox.sandbox.loginUrl}/v25.0/dialog/oauth?${new URLSearchParams({
		client_id: APP.id,
		redirect_uri: REDIRECT,
		config_id: config,
		override_default_response_type: 'true',
	})}`;

describe('system users', () => {
	const connect = async (config: string): Promise<Json> => {
		const permissions = sandbox.sandbox.world.apps.get(APP.id)?.configurations[1].scopes ?? [];
		const answer = await call(
			'POST',
			dialog(config),
			new URLSearchParams([
				['action', 'continue'],
				['pages', BAKERY.page],
				...permissions.map((scope): [string, string] => ['permissions', scope]),
			]),
		);
		const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
		const { body } = await sandbox.graph('GET', '/oauth/access_token', undefined, {
			client_id: APP.id,
			client_secret: APP.secret,
			redirect_uri: REDIRECT,
			code,
		});
		return body;
	};

	it('belong to a portfolio, list Pages, and never expire', async () => {
		const { access_token: token, expires_in: life } = await connect('700000000000002');
		expect(life).toBeUndefined();
		expect((await me(token, { fields: 'client_business_id' })).body).toEqual({
			client_business_id: '880000000000001',
			id: SYSTEM_USER,
		});
		const businesses = await sandbox.graph('GET', '/me/businesses', token);
		expect(businesses.body.data[0].id).toBe('880000000000001');
		const { body } = await sandbox.graph('GET', '/me/accounts', token);
		expect(body.data.map(({ id }: Json) => id)).toEqual([BAKERY.page]);
		await sandbox.advance(400 * DAY);
		expect((await me(token)).status).toBe(200);
		expect((await me(body.data[0].access_token)).status).toBe(200);
	});

	it('do not care about passwords and roles of the person who made them', async () => {
		const { access_token: token } = await connect('700000000000002');
		await happen({ passwordChanged: true, checkpointed: true, pages: { [BAKERY.page]: false } });
		expect((await me(token)).status).toBe(200);
		expect((await me(await pageTokenOf(token))).status).toBe(200);
		const page = await pageTokenOf(token);
		await happen({ pages: { [BAKERY.page]: false } }, SYSTEM_USER);
		expect(refusal(await me(page))).toMatchObject({ code: 190, subcode: 492 });
		expect((await sandbox.graph('GET', '/me/accounts', token)).body).toEqual({ data: [] });
		await happen({ appRemoved: true }, SYSTEM_USER);
		expect(refusal(await me(token))).toMatchObject({ code: 190, subcode: 458 });
	});

	it('expire after 60 days in the configuration that says so', async () => {
		const { access_token: token, expires_in: life } = await connect('700000000000003');
		expect(life).toBe(60 * DAY);
		await sandbox.advance(61 * DAY);
		expect(refusal(await me(token))).toMatchObject({ code: 190, subcode: 463 });
	});

	it('renew a token that has an end, when told so, and the old one lives on', async () => {
		const { access_token: token } = await connect('700000000000003');
		const exchange = async (more: Json) =>
			await sandbox.graph('POST', '/oauth/access_token', undefined, {
				grant_type: 'fb_exchange_token',
				client_id: APP.id,
				client_secret: APP.secret,
				fb_exchange_token: token,
				...more,
			});
		expect(refusal(await exchange({}))).toMatchObject({ status: 400, code: 100 });
		await sandbox.control('POST', '/clock', { advanceSeconds: 50 * DAY });
		const { body } = await exchange({ set_token_expires_in_60_days: 'true' });
		expect(body.access_token).not.toBe(token);
		expect(body.expires_in).toBeGreaterThan(59 * DAY);
		expect((await me(token)).status).toBe(200);
		await sandbox.control('POST', '/clock', { advanceSeconds: 20 * DAY });
		expect((await me(token)).status).toBe(400);
		expect((await me(body.access_token)).status).toBe(200);
	});

	it('have tokens that are not exchanged, and people have no client_business_id', async () => {
		const answer = await sandbox.graph('GET', '/oauth/access_token', undefined, {
			grant_type: 'fb_exchange_token',
			client_id: APP.id,
			client_secret: APP.secret,
			fb_exchange_token: await sandbox.token('systemUser'),
		});
		expect(refusal(answer)).toMatchObject({ code: 100 });
		const person = await me(await sandbox.token('user'), { fields: 'client_business_id' });
		expect(person.body).toEqual({ id: OWNER });
	});

	it('can prove the app secret', async () => {
		await sandbox.control('PATCH', `/apps/${APP.id}`, { requireAppSecret: true });
		const token = await sandbox.token('systemUser');
		const proof = createHmac('sha256', APP.secret).update(token).digest('hex');
		expect(refusal(await me(token))).toMatchObject({ code: 100 });
		expect((await me(token, { appsecret_proof: proof })).status).toBe(200);
	});
});
