import { APP, APP_TOKEN, call, REDIRECT, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const SCOPES = ['pages_show_list', 'instagram_basic'];

const dialog = (extra: Json = {}) => {
	const query = new URLSearchParams({
		client_id: APP.id,
		redirect_uri: REDIRECT,
		state: 's/1+2',
		scope: SCOPES.join(','),
		...extra,
	});
	return `${sandbox.sandbox.loginUrl}/v25.0/dialog/oauth?${query}`;
};

type Entry = [string, string];
const granting = (scopes: string[]): Entry[] => scopes.map((scope) => ['permissions', scope]);

const consent = (entries: Entry[], extra: Json = {}) =>
	call('POST', dialog(extra), new URLSearchParams([...entries, ...granting(SCOPES)]));

const login = async (extra: Json = {}): Promise<string> => {
	const answer = await consent(
		[
			['action', 'continue'],
			['pages', '101000000000001'],
		],
		extra,
	);
	expect(answer.status).toBe(302);
	const location = new URL(answer.headers.get('location') ?? '');
	expect(location.href.startsWith(REDIRECT)).toBe(true);
	expect(location.searchParams.get('state')).toBe('s/1+2');
	return location.searchParams.get('code') ?? '';
};

const redeem = (code: string, extra: Json = {}) =>
	call(
		'POST',
		`${sandbox.sandbox.graphUrl}/v25.0/oauth/access_token`,
		new URLSearchParams({
			client_id: APP.id,
			client_secret: APP.secret,
			redirect_uri: REDIRECT,
			grant_type: 'authorization_code',
			code,
			...extra,
		}),
	);

describe('login dialog', () => {
	it('shows Pages and permissions in a form', async () => {
		const page = await call('GET', dialog());
		expect(page.status).toBe(200);
		expect(page.body.text).toContain('Sandbox Bakery (@sandbox_bakery)');
		expect(page.body.text).toContain('value="instagram_basic"');
	});

	it.each([
		['an unknown redirect URI', { redirect_uri: `${REDIRECT}/` }],
		['an unknown app', { client_id: '1' }],
		['an unknown scope', { scope: 'instagram_basic,instagram_everything' }],
		['an unknown configuration', { config_id: '1' }],
		['an unknown response type', { response_type: 'id_token' }],
	])('refuses %s with a page and no redirect', async (_name, extra) => {
		for (const answer of [await call('GET', dialog(extra)), await consent([['action', 'continue']], extra)]) {
			expect(answer.status).toBe(400);
			expect(answer.headers.get('location')).toBeNull();
		}
	});

	it('reports a cancel to the app', async () => {
		const answer = await consent([['action', 'cancel']]);
		const query = new URL(answer.headers.get('location') ?? '').searchParams;
		expect(Object.fromEntries(query)).toMatchObject({
			error: 'access_denied',
			error_reason: 'user_denied',
			state: 's/1+2',
		});
	});

	it('does not ask again for a declined permission, except on rerequest', async () => {
		await call(
			'POST',
			dialog(),
			new URLSearchParams([
				['action', 'continue'],
				['permissions', 'pages_show_list'],
			]),
		);
		expect((await call('GET', dialog())).body.text).not.toContain('value="instagram_basic"');
		expect((await call('GET', dialog({ auth_type: 'rerequest' }))).body.text).toContain('value="instagram_basic"');
	});

	it('gives a token in the fragment for response_type=token', async () => {
		const answer = await consent([['action', 'continue']], { response_type: 'token' });
		const fragment = new URLSearchParams(new URL(answer.headers.get('location') ?? '').hash.slice(1));
		expect(fragment.get('access_token')).toMatch(/^EAA/);
		expect(fragment.get('state')).toBe('s/1+2');
	});
});

describe('code exchange', () => {
	it('gives a short-lived user token, and ignores parameters it does not know', async () => {
		const answer = await redeem(await login(), { scope: 'x', anything: '1' });
		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
		expect(answer.body.access_token).toMatch(/^EAA/);
		const granted = await sandbox.graph('GET', '/me/permissions', answer.body.access_token);
		expect(granted.body.data).toContainEqual({ permission: 'instagram_basic', status: 'granted' });
	});

	it('takes a code once', async () => {
		const code = await login();
		await redeem(code);
		expect(refusal(await redeem(code))).toEqual({ status: 400, code: 100, subcode: 36009 });
	});

	it('refuses an old code, a foreign redirect URI, a wrong secret and a missing app', async () => {
		expect(refusal(await redeem(await login(), { redirect_uri: `${REDIRECT}?` }))).toMatchObject({
			code: 100,
			subcode: 36008,
		});
		expect(refusal(await redeem(await login(), { client_secret: 'wrong' }))).toMatchObject({
			status: 400,
			code: 1,
		});
		expect(refusal(await redeem(await login(), { client_id: '' }))).toMatchObject({
			status: 400,
			code: 101,
		});
		const code = await login();
		await sandbox.advance(601);
		expect(refusal(await redeem(code))).toMatchObject({ code: 100, subcode: 36007 });
	});

	it('gives app tokens for client_credentials', async () => {
		const answer = await redeem('', { grant_type: 'client_credentials', scope: 'instagram_basic' });
		expect(answer.body).toEqual({ access_token: APP_TOKEN, token_type: 'bearer' });
	});

	it('gives system-user tokens that never expire through a configuration', async () => {
		const extra = {
			config_id: '700000000000002',
			override_default_response_type: 'true',
			scope: '',
		};
		const permissions = sandbox.sandbox.world.apps.get(APP.id)?.configurations[1].scopes ?? [];
		const answer = await call(
			'POST',
			dialog(extra),
			new URLSearchParams([['action', 'continue'], ['pages', '101000000000001'], ...granting(permissions)]),
		);
		const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
		const { body } = await redeem(code);
		expect(body.expires_in).toBeUndefined();
		const { body: seen } = await sandbox.graph('GET', '/debug_token', APP_TOKEN, {
			input_token: body.access_token,
		});
		expect(seen.data).toMatchObject({ type: 'SYSTEM_USER', expires_at: 0, is_valid: true });
	});
});
