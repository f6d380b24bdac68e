import { APP, BAKERY, call, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('longUser');
});
afterEach(() => sandbox.close());

const get = (path: string, params: Json = {}) => sandbox.graph('GET', path, token, params);
const post = async (caption: string, account = FLORIST.username, more: Json = {}) =>
	(await sandbox.control('POST', `/accounts/${account}/posts`, { caption, ...more })).body.id;
const app = (body: Json) => sandbox.control('PATCH', `/apps/${APP.id}`, body);

describe('business discovery', () => {
	const discover = (fields: string, name = FLORIST.username) =>
		get(`/${BAKERY.account}`, { fields: `business_discovery.username(${name}){${fields}}` });

	it('pages through the media of another business with cursors alone', async () => {
		for (const caption of ['One', 'Two', 'Three']) await post(caption);
		const first = (await discover('username,media_count,media.limit(2){caption,like_count}')).body.business_discovery;
		expect(first).toMatchObject({ username: FLORIST.username, media_count: 4 });
		expect(first.media.data.map(({ caption }: Json) => caption)).toEqual(['Three', 'Two']);
		const { after } = first.media.paging.cursors;
		expect(first.media.paging.next).toBeUndefined();
		const second = (await discover(`media.limit(2).after(${after}){caption}`)).body.business_discovery;
		expect(second.media.data[0].caption).toBe('One');
		expect(second.media.data).toHaveLength(2);
	});

	it('shows what is public, and views here only', async () => {
		const id = await post('A reel', FLORIST.username, { type: 'reel' });
		await sandbox.control('PATCH', `/media/${id}`, { likes: 3 });
		const { body } = await discover('media{media_product_type,view_count,permalink}');
		const [reel] = body.business_discovery.media.data;
		expect(reel).toMatchObject({ media_product_type: 'REELS', view_count: 21 });
		expect(reel.permalink).toContain('/reel/');
		expect(refusal(await discover('media{alt_text}'))).toMatchObject({ code: 100 });
		expect((await get(`/${id}`, { fields: 'view_count' })).body.view_count).toBeUndefined();
	});

	it('finds no personal accounts and nobody who does not exist', async () => {
		await sandbox.control('PATCH', `/accounts/${FLORIST.username}`, { accountType: 'PERSONAL' });
		for (const name of [FLORIST.username, 'nobody_here'])
			expect(refusal(await discover('id', name))).toEqual({
				status: 400,
				code: 110,
				subcode: 2207013,
			});
	});
});

describe('hashtags', () => {
	const search = (q: string) => get('/ig_hashtag_search', { user_id: BAKERY.account, q });
	const posts = (id: string, edge: string, params: Json = {}) =>
		get(`/${id}/${edge}`, { user_id: BAKERY.account, ...params });

	it('have one id, a name, and public posts: recent or most liked', async () => {
		const first = await post('Roses #flowers');
		const second = await post('Tulips #Flowers #spring');
		await sandbox.control('PATCH', `/media/${first}`, { likes: 99 });
		await sandbox.control('POST', '/customers/customer_one/posts', { caption: '#flowers' });
		await sandbox.control('PATCH', '/customers/customer_one', { isPrivate: true });
		const { body } = await search('#Flowers');
		const [{ id }] = body.data;
		expect((await search('flowers')).body.data[0].id).toBe(id);
		expect((await get(`/${id}`, { fields: 'name' })).body).toEqual({ id, name: 'flowers' });
		const fields = 'id,caption,media_type,permalink,like_count';
		const recent = (await posts(id, 'recent_media', { fields, limit: 1 })).body;
		expect(recent.data).toMatchObject([{ id: second, caption: 'Tulips #Flowers #spring' }]);
		expect(recent.paging.cursors).toEqual({ after: expect.any(String) });
		const top = (await posts(id, 'top_media', { fields })).body.data;
		expect(top.map((one: Json) => one.id)).toEqual([first, second]);
		await sandbox.advance(86_401);
		expect((await posts(id, 'recent_media')).body.data).toEqual([]);
		expect(refusal(await posts(id, 'top_media', { fields: 'username' }))).toMatchObject({
			code: 100,
		});
	});

	it('are limited to 30 different ones in a rolling week', async () => {
		for (let index = 0; index < 30; index += 1) await search(`tag${index}`);
		expect((await search('tag7')).status).toBe(200);
		expect(refusal(await search('onemore')).code).toBe(18);
		const list = await get(`/${BAKERY.account}/recently_searched_hashtags`, { limit: 30 });
		expect(list.body.data).toHaveLength(30);
		await sandbox.advance(7 * 86_400 + 1);
		expect((await search('onemore')).status).toBe(200);
	});

	it.each([
		['of an account that is out of reach', { user_id: '1', q: 'a' }, 100],
		['with emoji', { user_id: BAKERY.account, q: '😀' }, 100],
		['without a query', { user_id: BAKERY.account }, 100],
		['that are sensitive', { user_id: BAKERY.account, q: 'sensitive' }, 1],
	])('are not searched %s', async (_name, params, code) => {
		expect(refusal(await get('/ig_hashtag_search', params))).toMatchObject({ code });
	});

	it('need the feature Instagram Public Content Access', async () => {
		const [{ id }] = (await search('bread')).body.data;
		await app({ publicContentAccess: false });
		for (const answer of [await search('bread'), await posts(id, 'top_media')])
			expect(refusal(answer)).toMatchObject({ status: 403, code: 10 });
	});
});

describe('oEmbed', () => {
	const embed = (params: Json) =>
		call('GET', `${sandbox.sandbox.graphUrl}/v25.0/instagram_oembed?${new URLSearchParams(params)}`);

	it('shows public posts, without a token', async () => {
		const id = await post('Hello');
		const { permalink: url } = (await get(`/${id}`, { fields: 'permalink' })).body;
		const { body } = await embed({ url, maxwidth: '400' });
		expect(body).toMatchObject({
			version: '1.0',
			provider_name: 'Instagram',
			type: 'rich',
			width: 400,
		});
		expect(body.html).toContain(url);
		expect(body.html).toContain('embed.js');
		expect((await embed({ url, omitscript: 'true', fields: 'html' })).body.html).not.toContain('<script');
		expect((await embed({ url, access_token: `${APP.id}|x` })).status).toBe(200);
		await sandbox.control('PATCH', `/accounts/${FLORIST.username}`, { isPrivate: true });
		expect(refusal(await embed({ url })).code).toBe(24);
	});

	it.each([
		[{ url: 'https://example.com/p/abc/' }, 100],
		[{ url: 'https://www.instagram.com/p/unknown/' }, 24],
		[{}, 100],
		[{ url: 'https://www.instagram.com/p/abc/', maxwidth: '100' }, 100],
	])('refuses %j', async (params, code) => {
		expect(refusal(await embed(params as Json)).code).toBe(code);
	});
});

describe('search', () => {
	it('finds Pages, of which those with a location can be used for posts', async () => {
		await sandbox.control('PATCH', `/pages/${FLORIST.page}`, { hasLocation: false });
		const { body } = await get('/pages/search', { q: 'sandbox', fields: 'id,name,location' });
		expect(body.data).toHaveLength(3);
		const [bakery, florist] = body.data;
		expect(bakery.location).toMatchObject({ city: 'Oslo', latitude: 59.91 });
		expect(florist.location).toBeUndefined();
		expect((await get('/pages/search', { q: 'nothing' })).body).toEqual({ data: [] });
		expect(refusal(await get('/pages/search')).code).toBe(100);
		expect(refusal(await get('/pages/search', { q: 'a', fields: 'access_token' })).code).toBe(100);
		await app({ publicPageAccess: false });
		expect(refusal(await get('/pages/search', { q: 'a' }))).toMatchObject({ code: 10 });
	});

	it('finds audio, trending without a query', async () => {
		const { body } = await get('/ig_audio', { audio_type: 'music', user_id: BAKERY.account });
		expect(body.audio).toHaveLength(2);
		expect(body.audio[0]).toMatchObject({ audio_id: expect.any(String), title: 'Morning Bread' });
		expect(body.audio[0].download_url).toBeUndefined();
		const found = await get('/ig_audio', { audio_type: 'original_sound', search_query: 'knead' });
		expect(found.body.audio).toMatchObject([{ ig_username: BAKERY.username }]);
		const { audio_id: id } = found.body.audio[0];
		expect((await get(`/${id}`)).body).toMatchObject({ audio_id: id, duration_in_ms: 14_000 });
		expect(refusal(await get('/ig_audio', { audio_type: 'noise' })).code).toBe(100);
		expect(refusal(await get('/ig_audio')).code).toBe(100);
	});
});
