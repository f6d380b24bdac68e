import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { APP, BAKERY, call, FLORIST, jpeg, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('instagram');
});
afterEach(() => sandbox.close());

const get = (path: string, params: Json = {}) => sandbox.instagram('GET', path, token, params);
const post = (path: string, params: Json = {}) => sandbox.instagram('POST', path, token, params);
const welcomePost = async (): Promise<string> => (await get('/me/media')).body.data[0].id;

describe('who am I', () => {
	const FIELDS = 'user_id,username,account_type,followers_count,media_count';

	it('knows the account as me, by its id, and by an app-scoped id', async () => {
		const { body } = await get('/me', { fields: FIELDS });
		expect(body).toEqual({
			id: expect.stringMatching(/^2\d{16}$/),
			user_id: BAKERY.account,
			username: BAKERY.username,
			account_type: 'BUSINESS',
			followers_count: 1250,
			media_count: 1,
		});
		for (const root of [BAKERY.account, body.id]) {
			expect((await get(`/${root}`, { fields: FIELDS })).body).toEqual(body);
			expect((await get(`/${root}/media`)).body.data).toHaveLength(1);
		}
		expect((await get('/me')).body).toEqual({ id: body.id });
	});

	it('answers in the documented form when told to, for the account only', async () => {
		await sandbox.close();
		sandbox = await start({ instagramMeShape: 'data' });
		token = await sandbox.token('instagram');
		const { body } = await get('/me', { fields: 'user_id' });
		expect(body).toEqual({ data: [{ user_id: BAKERY.account, id: expect.any(String) }] });
		expect((await get(`/${await welcomePost()}`)).body.data).toBeUndefined();
	});

	it('needs no linked Page', async () => {
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { linked: false });
		expect((await get('/me')).status).toBe(200);
	});
});

describe('what Instagram Login does not offer', () => {
	it.each([
		['other accounts', 'GET', `/${FLORIST.account}`, {}, 100],
		['Pages', 'GET', `/${BAKERY.page}`, {}, 100],
		['the app', 'GET', `/${APP.id}`, {}, 100],
		['subscriptions of the app', 'GET', `/${APP.id}/subscriptions`, {}, 100],
		['lists of Pages', 'GET', '/me/accounts', {}, 2500],
		['lists of permissions', 'GET', '/me/permissions', {}, 2500],
		['hashtags', 'GET', '/ig_hashtag_search', { q: 'bread' }, 803],
		['the audio API', 'GET', '/ig_audio', { audio_type: 'music' }, 803],
		['the likes API', 'POST', '/me/likes', { media_id: '1' }, 2500],
		['collaboration invites', 'GET', '/me/collaboration_invites', {}, 2500],
		['partnership ads', 'GET', '/me/branded_content_ad_permissions', {}, 2500],
		['discovery', 'GET', '/me', { fields: 'business_discovery.username(a){id}' }, 100],
		['fields of Facebook Login', 'GET', '/me', { fields: 'ig_id' }, 100],
		['product tags', 'POST', '/me/media', { image_url: 'http://x/y', product_tags: '[]' }, 100],
		['resumable uploads', 'POST', '/me/media', { upload_type: 'resumable' }, 100],
		['paid partnerships', 'POST', '/me/media', { is_paid_partnership: 'true' }, 100],
		['mentions as a field', 'POST', '/me/subscribed_apps', { subscribed_fields: 'mentions' }, 100],
		['story insights', 'POST', '/me/subscribed_apps', { subscribed_fields: 'story_insights' }, 100],
		['thread control', 'POST', '/me/pass_thread_control', { recipient: { id: '1' } }, 2500],
		['debug_token', 'GET', '/debug_token', { input_token: 'x' }, 803],
	])('refuses %s', async (_name, method, path, params, code) => {
		const answer = await sandbox.instagram(method, path, token, params);
		expect(answer.body.error).toMatchObject({
			code,
			type: code === 2500 ? 'OAuthException' : 'IGApiException',
		});
	});

	it('refuses to delete media and to read what only Facebook Login counts', async () => {
		const id = await welcomePost();
		const answer = await sandbox.instagram('DELETE', `/${id}`, token);
		expect(refusal(answer)).toEqual({ status: 400, code: 100, subcode: 33 });
		expect(answer.body.error.type).toBe('IGApiException');
		expect(refusal(await get(`/${id}`, { fields: 'ig_id' }))).toMatchObject({ code: 100 });
		const metric = await get(`/${id}/insights`, { metric: 'total_likes' });
		expect(refusal(metric)).toMatchObject({ code: 100 });
		expect((await get('/me/media')).body.data).toHaveLength(1);
	});

	it('leaves graph.facebook.com without the edges of this host', async () => {
		const user = await sandbox.token('longUser');
		const account = `/${BAKERY.account}`;
		for (const edge of ['conversations', 'subscribed_apps', 'messenger_profile']) {
			expect(refusal(await sandbox.graph('GET', `${account}/${edge}`, user))).toMatchObject({
				code: 100,
			});
		}
		const field = await sandbox.graph('GET', account, user, { fields: 'user_id' });
		expect(refusal(field)).toMatchObject({ code: 100 });
	});
});

describe('publishing and comments', () => {
	it('publishes an image and counts it', async () => {
		const host = createServer((_request, response) => response.end(jpeg(400, 400)));
		await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
		const { port } = host.address() as AddressInfo;
		const { body } = await post('/me/media', {
			image_url: `http://127.0.0.1:${port}/a.jpg`,
			caption: 'Fresh',
			is_ai_generated: true,
		});
		const early = await post('/me/media_publish', { creation_id: body.id });
		expect(refusal(early)).toMatchObject({ code: 9007, subcode: 2207027 });
		await sandbox.advance(1);
		expect((await get(`/${body.id}`, { fields: 'status_code' })).body.status_code).toBe('FINISHED');
		const published = await post('/me/media_publish', { creation_id: body.id });
		const node = await get(`/${published.body.id}`, { fields: 'caption,media_url,owner' });
		expect(node.body).toMatchObject({ caption: 'Fresh', owner: { id: BAKERY.account } });
		expect((await get('/me/media')).body.data).toHaveLength(2);
		expect((await get('/me/content_publishing_limit')).body.data[0]).toEqual({ quota_usage: 1 });
		host.close();
	});

	it('reads, answers, hides and deletes comments, and answers one in private', async () => {
		const media = await welcomePost();
		const { body } = await sandbox.control('POST', '/customers/customer_two/comments', {
			account: BAKERY.username,
			text: 'Nice',
		});
		const list = await get(`/${media}/comments`, { fields: 'text,from{username}' });
		expect(list.body.data[0]).toMatchObject({ id: body.id, from: { username: 'customer_two' } });
		const reply = await post(`/${body.id}/replies`, { message: 'Thanks' });
		expect((await get(`/${body.id}/replies`)).body.data[0].id).toBe(reply.body.id);
		expect((await post(`/${media}/comments`, { message: 'Hello all' })).body.id).toBeDefined();
		const inPrivate = { recipient: { comment_id: body.id }, message: { text: 'Here' } };
		expect((await post('/me/messages', inPrivate)).status).toBe(200);
		expect(refusal(await post('/me/messages', inPrivate))).toMatchObject({
			code: 100,
			subcode: 2534025,
		});
		expect((await post(`/${body.id}`, { hide: true })).body).toEqual({ success: true });
		expect((await sandbox.instagram('DELETE', `/${body.id}`, token)).body).toEqual({
			success: true,
		});
	});

	it('shows insights, and pages through lists on its own host', async () => {
		const account = await get('/me/insights', { metric: 'reach', period: 'day' });
		expect(account.body.data[0].name).toBe('reach');
		const media = await welcomePost();
		const { body } = await get(`/${media}/insights`, { metric: 'views,reach' });
		expect(body.data).toHaveLength(2);
		for (const text of ['one', 'two']) await post(`/${media}/comments`, { message: text });
		const page = await get(`/${media}/comments`, { limit: 1 });
		expect(page.body.paging.next).toContain('/graph.instagram.com/v25.0/');
		expect((await call('GET', page.body.paging.next)).body.data).toHaveLength(1);
	});

	it.each([
		['content_publish', 'POST', '/me/media'],
		['manage_insights', 'GET', '/me/insights'],
		['manage_messages', 'GET', '/me/conversations'],
		['manage_messages', 'GET', '/me/messenger_profile'],
	])('refuses without %s: %s %s', async (scope, method, path) => {
		const poor = await sandbox.token('instagram', {
			account: FLORIST.username,
			scopes: ['instagram_business_basic'],
		});
		const answer = await sandbox.instagram(method, path, poor);
		expect(refusal(answer)).toMatchObject({ status: 403, code: 10 });
		expect(answer.body.error.message).toContain(`instagram_business_${scope}`);
	});
});
