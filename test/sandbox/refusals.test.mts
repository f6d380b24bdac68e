import { APP, APP_TOKEN, BAKERY, call, FLORIST, refusal, start } from './support.mts';
import type { Started } from './support.mts';

let sandbox: Started;
let user: string;
let page: string;
beforeAll(async () => {
	sandbox = await start();
	user = await sandbox.token('longUser');
	page = await sandbox.token('page', { page: BAKERY.username });
});
afterAll(() => sandbox.close());

describe('unknown things', () => {
	it.each([
		['edge', `/${BAKERY.account}/everything`, {}, 2500],
		['edge of another kind of node', `/${BAKERY.account}/conversations`, {}, 100],
		['parameter', `/${BAKERY.account}/media`, { colour: 'red' }, 100],
		['field', `/${BAKERY.account}`, { fields: 'id,shoe_size' }, 100],
		['nested field', `/${BAKERY.account}`, { fields: 'media{id,shoe_size}' }, 100],
		['field syntax', `/${BAKERY.account}`, { fields: 'media{id' }, 2500],
		['cursor', `/${BAKERY.account}/media`, { after: 'nonsense' }, 100],
		['limit', `/${BAKERY.account}/media`, { limit: 'many' }, 100],
		['retired parameter', `/${BAKERY.account}`, { date_format: 'U' }, 100],
	])('refuses an unknown %s', async (_name, path, params, code) => {
		expect(refusal(await sandbox.graph('GET', path, user, params))).toMatchObject({
			status: 400,
			code,
		});
	});

	it('refuses missing objects with 100/33 and a GraphMethodException', async () => {
		const answer = await sandbox.graph('GET', '/17999999999999999', user);
		expect(refusal(answer)).toEqual({ status: 400, code: 100, subcode: 33 });
		expect(answer.body.error.type).toBe('GraphMethodException');
		expect(answer.body.error.fbtrace_id).toMatch(/^A/);
	});

	it('hides objects of accounts the token does not reach', async () => {
		expect(refusal(await sandbox.graph('GET', `/${FLORIST.account}`, page))).toMatchObject({
			code: 100,
			subcode: 33,
		});
		await sandbox.control('PATCH', `/accounts/${FLORIST.username}`, { linked: false });
		expect(refusal(await sandbox.graph('GET', `/${FLORIST.account}`, user))).toMatchObject({
			code: 100,
			subcode: 33,
		});
	});

	it('refuses the wrong method', async () => {
		expect(refusal(await sandbox.graph('POST', `/${BAKERY.account}/content_publishing_limit`, user))).toMatchObject({
			code: 100,
			subcode: 33,
		});
	});
});

describe('wrong tokens', () => {
	it('demands a Page token where one is due', async () => {
		for (const [method, path] of [
			['GET', `/${BAKERY.page}/conversations`],
			['GET', `/${BAKERY.page}/subscribed_apps`],
			['POST', `/${BAKERY.page}/messages`],
		]) {
			expect(refusal(await sandbox.graph(method, path, user))).toMatchObject({
				status: 400,
				code: 190,
			});
		}
	});

	it('demands an app token for the app itself', async () => {
		expect(refusal(await sandbox.graph('GET', `/${APP.id}/subscriptions`, user))).toMatchObject({
			code: 15,
		});
		expect((await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN)).body).toEqual({
			data: [],
		});
		expect(refusal(await sandbox.graph('GET', '/me', APP_TOKEN))).toMatchObject({ code: 2500 });
	});
});

describe('missing permissions', () => {
	it('answers 10 on Instagram nodes and 200 on Page edges', async () => {
		const poor = await sandbox.token('longUser', { scopes: ['pages_show_list'] });
		expect(refusal(await sandbox.graph('GET', `/${BAKERY.account}`, poor))).toMatchObject({
			status: 403,
			code: 10,
		});
		const poorPage = await sandbox.token('page', {
			page: BAKERY.username,
			scopes: ['pages_show_list'],
		});
		const answer = await sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, poorPage, {
			subscribed_fields: 'feed',
		});
		expect(refusal(answer)).toMatchObject({ status: 403, code: 200 });
	});

	it.each(['messages', 'message_reactions', 'messaging_postbacks'])(
		'subscribes a Page to %s with pages_messaging only',
		async (field) => {
			const subscribe = async (...more: string[]) => {
				const scopes = ['pages_show_list', 'pages_manage_metadata', ...more];
				const page = await sandbox.token('page', { page: BAKERY.username, scopes });
				return await sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, page, { subscribed_fields: field });
			};
			expect(refusal(await subscribe())).toMatchObject({ status: 403, code: 200 });
			expect((await subscribe('pages_messaging')).body).toEqual({ success: true });
		},
	);

	it('lists no Pages without pages_show_list', async () => {
		const poor = await sandbox.token('longUser', { scopes: ['public_profile'] });
		expect((await sandbox.graph('GET', '/me/accounts', poor)).body).toEqual({ data: [] });
	});
});

describe('versions', () => {
	const version = async (name: string) => {
		const answer = await call('GET', `${sandbox.sandbox.graphUrl}${name}/me?access_token=${user}`);
		return answer.status === 200 ? answer.headers.get('facebook-api-version') : refusal(answer).code;
	};

	it('serves live versions as they are, dead ones as the oldest live one, none as the default', async () => {
		expect(await version('/v25.0')).toBe('v25.0');
		expect(await version('/v26.0')).toBe('v26.0');
		expect(await version('/v18.0')).toMatch(/^v2[1-5]\.0$/);
		expect(await version('')).toBe('v25.0');
	});

	it('does not know versions that never were', async () => {
		expect(await version('/v99.0')).toBe(2500);
	});

	it('sends Meta headers with every answer', async () => {
		const { headers } = await sandbox.graph('GET', `/${BAKERY.account}`, user);
		for (const name of ['x-fb-request-id', 'x-fb-trace-id', 'x-fb-rev']) expect(headers.get(name)).toBeTruthy();
	});
});
