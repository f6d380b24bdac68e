import { APP, APP_TOKEN, BAKERY, call, FLORIST, IG_APP, REDIRECT, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const OWNER = '122100000000000001';
const SYSTEM_USER = '122100000000000002';

const happen = (body: Json, id = OWNER) => sandbox.control('POST', `/users/${id}`, body);
const me = (token: string, params: Json = {}) => sandbox.graph('GET', '/me', token, params);
const dialog = (extra: Json = {}) =>
	`${sandbox.sandbox.loginUrl}/v25.0/dialog/oauth?${new URLSearchParams({
		client_id: APP.id,
		redirect_uri: REDIRECT,
		scope: 'pages_show_list',
		...extra,
	})}`;
const pageTokenOf = async (token: string, page = BAKERY.page): Promise<string> =>
	(await sandbox.graph('GET', `/${page}`, token, { fields: 'access_token' })).body.access_token;

describe('what happens to a person', () => {
	it('answers 459 at a checkpoint, for user and Page tokens and in the dialog, until it is passed', async () => {
		const user = await sandbox.token('longUser');
		const page = await pageTokenOf(user);
		await happen({ checkpointed: true });
		for (const token of [user, page])
			expect(refusal(await me(token))).toEqual({ status: 400, code: 190, subcode: 459 });
		expect((await call('GET', dialog())).status).toBe(400);
		await happen({ checkpointed: false });
		for (const token of [user, page]) expect((await me(token)).status).toBe(200);
	});

	it('answers 460 for every token after a new password; later ones work', async () => {
		const user = await sandbox.token('longUser');
		const page = await pageTokenOf(user);
		await happen({ passwordChanged: true });
		for (const token of [user, page]) expect(refusal(await me(token))).toMatchObject({ code: 190, subcode: 460 });
		expect((await me(await sandbox.token('user'))).status).toBe(200);
	});

	it('answers 492 for a Page whose role is lost, and hides it from the person', async () => {
		const user = await sandbox.token('longUser');
		const page = await pageTokenOf(user);
		const other = await pageTokenOf(user, FLORIST.page);
		await happen({ pages: { [BAKERY.page]: false } });
		expect(refusal(await me(page))).toMatchObject({ code: 190, subcode: 492 });
		expect((await me(other)).status).toBe(200);
		const list = await sandbox.graph('GET', '/me/accounts', user);
		expect(list.body.data.map(({ id }: Json) => id)).not.toContain(BAKERY.page);
		for (const id of [BAKERY.page, BAKERY.account])
			expect(refusal(await sandbox.graph('GET', `/${id}`, user))).toMatchObject({ subcode: 33 });
		expect((await call('GET', dialog())).body.text).not.toContain(BAKERY.page);
		await happen({ pages: { [BAKERY.page]: true } });
		expect((await me(page)).status).toBe(200);
	});

	it('answers 458 once the app was removed', async () => {
		const user = await sandbox.token('longUser');
		const page = await pageTokenOf(user);
		await happen({ appRemoved: true });
		for (const token of [user, page]) expect(refusal(await me(token))).toMatchObject({ code: 190, subcode: 458 });
	});

	it('takes permissions back at once, shows it, and gives them again', async () => {
		const user = await sandbox.token('longUser');
		const page = await pageTokenOf(user);
		const conversations = () => sandbox.graph('GET', `/${BAKERY.page}/conversations`, page);
		await happen({ revoke: ['instagram_manage_messages'] });
		expect(refusal(await conversations())).toMatchObject({ status: 403, code: 10 });
		const list = await sandbox.graph('GET', '/me/permissions', user, {
			permission: 'instagram_manage_messages',
		});
		expect(list.body.data[0].status).toBe('declined');
		await happen({ grant: ['instagram_manage_messages'] });
		expect((await conversations()).status).toBe(200);
	});

	it('takes permissions back through DELETE /me/permissions/x for Page tokens too', async () => {
		const user = await sandbox.token('longUser');
		const page = await pageTokenOf(user);
		const subscribe = () =>
			sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, page, { subscribed_fields: 'feed' });
		expect((await subscribe()).status).toBe(200);
		await sandbox.graph('DELETE', '/me/permissions/pages_manage_metadata', user);
		expect(refusal(await subscribe())).toMatchObject({ status: 403, code: 200 });
		const again = await sandbox.graph('DELETE', '/me/permissions/pages_manage_metadata', user);
		expect(refusal(again)).toMatchObject({ code: 100 });
	});

	it('shuts people without a role out while the app is not live', async () => {
		const user = await sandbox.token('longUser');
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		expect((await me(user)).status).toBe(200);
		await happen({ hasRole: false });
		expect(refusal(await me(user))).toMatchObject({ status: 403, code: 200 });
		expect((await call('GET', dialog())).body.text).toContain('not live');
		expect((await sandbox.graph('GET', `/${APP.id}`, APP_TOKEN)).status).toBe(200);
	});

	it('refuses to let happen what it does not know', async () => {
		expect((await happen({ promoted: true })).status).toBe(400);
		expect((await happen({ pages: { 1: true } })).status).toBe(404);
		expect((await happen({ pages: {} }, BAKERY.username)).status).toBe(400);
		expect((await happen({}, 'nobody_here')).status).toBe(404);
	});
});

describe('the world', () => {
	it('shows what a person has to copy into a credential', async () => {
		const { body } = await sandbox.control('GET', '/world');
		expect(body.apps[0]).toMatchObject({
			instagramAppId: IG_APP.id,
			instagramAppSecret: IG_APP.secret,
			instagramRedirectUris: [REDIRECT],
		});
		expect(body.users).toHaveLength(1);
		expect(body.systemUsers[0].id).toBe(SYSTEM_USER);
		expect(body.accounts[0].appScopedIds[APP.id]).toMatch(/^2\d{16}$/);
		await sandbox.control('POST', '/reset');
		const { body: again } = await sandbox.control('GET', '/world');
		expect(again.apps[0].instagramAppSecret).toBe(IG_APP.secret);
		expect(again.accounts[0].appScopedIds).toEqual(body.accounts[0].appScopedIds);
	});
});
