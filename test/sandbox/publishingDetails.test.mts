import { mp4, startFiles } from './files.mts';
import { BAKERY, FLORIST, jpeg, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

const SCOPES = ['instagram_basic', 'instagram_content_publish'];
const MORE = ['catalog_management', 'instagram_shopping_tag_products', 'pages_show_list'];

let sandbox: Started;
let token: string;
let files: Awaited<ReturnType<typeof startFiles>>;
beforeEach(async () => {
	files = await startFiles({ '/a.jpg': jpeg(400, 400), '/a.mp4': mp4() });
	sandbox = await start({ videoProcessingMs: 20 });
	token = await sandbox.token('longUser', { scopes: [...SCOPES, ...MORE] });
});
afterEach(async () => {
	await sandbox.close();
	await files.close();
});

const create = (params: Json) => sandbox.graph('POST', `/${BAKERY.account}/media`, token, params);
const image = (params: Json = {}) => create({ image_url: `${files.url}/a.jpg`, ...params });
const reel = (params: Json = {}) => create({ media_type: 'REELS', video_url: `${files.url}/a.mp4`, ...params });
const publish = async (made: { body: Json }): Promise<string> => {
	const { id } = made.body;
	const status = async () => (await sandbox.graph('GET', `/${id}`, token, { fields: 'status_code' })).body.status_code;
	do await sandbox.advance(30);
	while ((await status()) === 'IN_PROGRESS');
	const path = `/${BAKERY.account}/media_publish`;
	return (await sandbox.graph('POST', path, token, { creation_id: id })).body.id;
};
const owner = (name: string, body: Json = {}, account = BAKERY.username) =>
	sandbox.control('POST', `/accounts/${account}/${name}`, body);

describe('a container', () => {
	it.each([
		['an unknown strategy of a trial reel', { trial_params: { graduation_strategy: 'LATER' } }],
		['a trial reel without strategy', { trial_params: {} }],
		['unknown audio', { audio_configuration: { audio_id: '1' } }],
		['a volume above 100', { audio_configuration: { audio_id: '770000000000001', video_volume: 101 } }],
		['an unknown sponsor', { branded_content_sponsor_ids: ['1'] }],
		['an alt text', { alt_text: 'A loaf' }],
		['a negative thumb_offset', { thumb_offset: -1 }],
	])('of a reel is refused with %s', async (_name, params) => {
		expect((await reel(params)).status).toBe(400);
	});

	it('of a trial reel with library music is taken', async () => {
		const audio = await sandbox.graph('GET', '/ig_audio', token, { audio_type: 'music' });
		const made = await reel({
			trial_params: { graduation_strategy: 'MANUAL' },
			audio_configuration: {
				audio_id: audio.body.audio[0].audio_id,
				audio_volume: 80,
				video_volume: 20,
			},
			branded_content_sponsor_ids: [FLORIST.account],
			is_paid_partnership: true,
			audio_name: 'Mine',
			share_to_feed: false,
		});
		const id = await publish(made);
		const fields = 'media_audio_type,is_shared_to_feed,copyright_check_information';
		const { body } = await sandbox.graph('GET', `/${id}`, token, { fields });
		expect(body).toMatchObject({
			media_audio_type: 'MUSIC',
			is_shared_to_feed: false,
			copyright_check_information: { status: { matches_found: false } },
		});
	});

	it('of a reel has the cover that was sent', async () => {
		const id = await publish(await reel({ cover_url: `${files.url}/a.jpg` }));
		const { body } = await sandbox.graph('GET', `/${id}`, token, { fields: 'thumbnail_url' });
		const bytes = Buffer.from(await (await fetch(body.thumbnail_url)).arrayBuffer());
		expect(bytes.equals(jpeg(400, 400))).toBe(true);
		expect(refusal(await reel({ cover_url: `${files.url}/a.mp4` })).code).toBe(9004);
	});

	it('tells its status in Meta’s words', async () => {
		const made = await image();
		const status = async () =>
			(await sandbox.graph('GET', `/${made.body.id}`, token, { fields: 'status' })).body.status;
		expect(await status()).toBe('In Progress: Media is still being processed.');
		await sandbox.advance(1);
		expect(await status()).toBe('Finished: Media has been uploaded and it is ready to be published.');
		await publish(made);
		expect(await status()).toBe('Published: Media has been published successfully.');
	});

	it('does not tag private people', async () => {
		await sandbox.control('PATCH', '/customers/customer_one', { isPrivate: true });
		const tagged = await image({ user_tags: [{ username: 'customer_one', x: 0.1, y: 0.2 }] });
		expect(refusal(tagged)).toMatchObject({ code: 100, subcode: 2207018 });
	});
});

describe('people in posts', () => {
	it('that are tagged find the post among their tags, people too', async () => {
		await publish(await image({ user_tags: [{ username: FLORIST.username, x: 0.5, y: 0.5 }] }));
		await sandbox.advance(1);
		await sandbox.control('POST', '/customers/customer_one/posts', {
			caption: `With @${FLORIST.username}`,
			tags: [FLORIST.username],
		});
		const { body } = await sandbox.graph('GET', `/${FLORIST.account}/tags`, token, {
			fields: 'id,username,caption,media_type',
		});
		expect(body.data.map(({ username }: Json) => username)).toEqual(['customer_one', BAKERY.username]);
		expect(body.data[0].caption).toBe(`With ${FLORIST.username}`);
	});

	it('that are invited answer, and the post becomes theirs, too', async () => {
		const id = await publish(await image({ caption: 'Us', collaborators: [FLORIST.username] }));
		const invites = `/${FLORIST.account}/collaboration_invites`;
		const collaborators = async () => (await sandbox.graph('GET', `/${id}/collaborators`, token)).body.data;
		expect(await collaborators()).toEqual([
			{ id: FLORIST.account, username: FLORIST.username, invite_status: 'Pending' },
		]);
		expect((await sandbox.graph('GET', invites, token)).body.data).toEqual([
			{
				media_id: id,
				media_owner_username: BAKERY.username,
				caption: 'Us',
				media_url: expect.any(String),
			},
		]);
		const answer = (accept: boolean) => sandbox.graph('POST', invites, token, { media_id: id, accept });
		expect((await answer(true)).body).toEqual({ success: true });
		expect((await collaborators())[0].invite_status).toBe('Accepted');
		expect(refusal(await answer(false))).toMatchObject({ code: 100 });
		const edge = `/${FLORIST.account}/collaborative_media`;
		const { body } = await sandbox.graph('GET', edge, token, { fields: 'id,username' });
		expect(body.data).toEqual([{ id, username: BAKERY.username }]);
		const search = `collaborative_media_search.media_id(${id}){id,caption}`;
		const found = await sandbox.graph('GET', `/${FLORIST.account}`, token, { fields: search });
		expect(found.body.collaborative_media_search).toEqual({ id, caption: 'Us' });
	});

	it('can decline, and be asked 300 times a day', async () => {
		const { body: post } = await owner('posts', { collaborators: [FLORIST.username] });
		const invites = `/${FLORIST.account}/collaboration_invites`;
		await sandbox.graph('POST', invites, token, { media_id: post.id, accept: false });
		expect((await sandbox.graph('GET', invites, token)).body.data).toEqual([]);
		for (let call = 2; call < 300; call += 1) await sandbox.graph('GET', invites, token);
		expect(refusal(await sandbox.graph('GET', invites, token)).code).toBe(613);
		await sandbox.advance(86_401);
		expect((await sandbox.graph('GET', invites, token)).status).toBe(200);
	});
});

describe('scheduled posts', () => {
	it('are listed until their time comes', async () => {
		const { body: world } = await sandbox.control('GET', '/world');
		const publishAt = new Date(Date.parse(world.now) + 3_600_000).toISOString();
		const { body } = await owner('scheduledPosts', { caption: 'Later', publishAt });
		const list = async () => {
			const fields = 'id,caption,media_type,publish_timestamp';
			const path = `/${BAKERY.account}/scheduled_media`;
			return (await sandbox.graph('GET', path, token, { fields })).body.data;
		};
		expect(await list()).toEqual([
			{
				id: body.id,
				caption: 'Later',
				media_type: 'IMAGE',
				publish_timestamp: Math.floor(Date.parse(publishAt) / 1000),
			},
		]);
		await sandbox.advance(3_600);
		expect(await list()).toEqual([]);
		const media = await sandbox.graph('GET', `/${body.id}`, token, { fields: 'caption' });
		expect(media.body.caption).toBe('Later');
		expect((await owner('scheduledPosts', { publishAt })).status).toBe(400);
	});
});
