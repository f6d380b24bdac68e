import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BAKERY, jpeg, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const FILES: Record<string, Buffer> = {
	'/square.jpg': jpeg(400, 400),
	'/tall.jpg': jpeg(300, 600),
	'/wide.jpg': jpeg(600, 300),
	'/portrait.jpg': jpeg(320, 400),
	'/picture.png': PNG,
	'/named.jpg': PNG,
	'/page.html': Buffer.from('<html>Sign in</html>'),
	'/huge.jpg': Buffer.concat([jpeg(400, 400), Buffer.alloc(8 * 1024 * 1024)]),
	'/broken.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]),
};

/** So long that it does not pass by itself, however slow the machine is. */
const PROCESSING_MS = 600_000;

let files: Server;
let base: string;
let sandbox: Started;
let token: string;
const agents: string[] = [];
beforeAll(async () => {
	files = createServer((request, response) => {
		agents.push(String(request.headers['user-agent']));
		const file = FILES[(request.url ?? '').split('?')[0]];
		if (request.url === '/moved') response.writeHead(302, { location: '/square.jpg' }).end();
		else if (request.url === '/away') response.writeHead(302, { location: 'file:///etc/hosts' }).end();
		else response.writeHead(file ? 200 : 404).end(file);
	});
	await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
	base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
});
afterAll(() => files.close());
beforeEach(async () => {
	sandbox = await start({ imageProcessingMs: PROCESSING_MS });
	token = await sandbox.token('longUser');
});
afterEach(() => sandbox.close());

const create = (params: Json) => sandbox.graph('POST', `/${BAKERY.account}/media`, token, params);
const image = (name: string, more: Json = {}) => create({ image_url: base + name, ...more });
const publish = (id: string) => sandbox.graph('POST', `/${BAKERY.account}/media_publish`, token, { creation_id: id });
const status = async (id: string) =>
	(await sandbox.graph('GET', `/${id}`, token, { fields: 'status_code,status' })).body.status_code;
/** Status once Meta has had its time; the sandbox fetches the file as fast as it can, whatever its clock says. */
const finished = async (id: string): Promise<string> => {
	await sandbox.advance(PROCESSING_MS / 1000);
	while ((await status(id)) === 'IN_PROGRESS') await new Promise((done) => setTimeout(done, 10));
	return status(id);
};
const post = async (more: Json = {}): Promise<string> => {
	const { body } = await image('/square.jpg', more);
	expect(await finished(body.id)).toBe('FINISHED');
	return (await publish(body.id)).body.id;
};

describe('publishing an image', () => {
	it('goes through IN_PROGRESS, FINISHED and PUBLISHED, and keeps the very bytes', async () => {
		const { body: container } = await image('/square.jpg', {
			caption: 'Fresh #bread',
			alt_text: 'A loaf',
			is_ai_generated: false,
		});
		expect(await status(container.id)).toBe('IN_PROGRESS');
		expect(refusal(await publish(container.id))).toEqual({ status: 400, code: 9007, subcode: 2207027 });
		expect(await finished(container.id)).toBe('FINISHED');
		const { body: media } = await publish(container.id);
		expect(await status(container.id)).toBe('PUBLISHED');
		expect(refusal(await publish(container.id))).toMatchObject({ code: 24, subcode: 2207006 });
		const fields =
			'id,caption,media_type,media_product_type,permalink,shortcode,timestamp,username,alt_text,owner,media_url,like_count';
		const { body } = await sandbox.graph('GET', `/${media.id}`, token, { fields });
		expect(body).toMatchObject({
			caption: 'Fresh #bread',
			media_type: 'IMAGE',
			media_product_type: 'FEED',
			alt_text: 'A loaf',
			username: BAKERY.username,
		});
		expect(body.permalink).toBe(`https://www.instagram.com/p/${body.shortcode}/`);
		const bytes = Buffer.from(await (await fetch(body.media_url)).arrayBuffer());
		expect(bytes.equals(FILES['/square.jpg'])).toBe(true);
		const { body: feed } = await sandbox.control('GET', `/accounts/${BAKERY.username}/feed`);
		expect(feed.media[0]).toMatchObject({
			id: media.id,
			sha256: createHash('sha256').update(FILES['/square.jpg']).digest('hex'),
		});
		expect(agents).toContain('facebookexternalhit/1.1');
	});

	it.each([
		['PNG', '/picture.png', 36001, 2207005],
		['PNG that is named .jpg', '/named.jpg', 36001, 2207005],
		['truncated JPEG', '/broken.jpg', 36001, 2207005],
		['page of HTML', '/page.html', 9004, 2207052],
		['missing file', '/nothing', 9004, 2207052],
		['redirect to another protocol', '/away', 9004, 2207052],
		['URL beyond ASCII', '/square.jpg?ä', 9004, 2207052],
		['file above 8 MiB', '/huge.jpg', 36000, 2207004],
		['too tall image', '/tall.jpg', 36003, 2207009],
		['too wide image', '/wide.jpg', 36003, 2207009],
	])('refuses a %s', async (_name, file, code, subcode) => {
		expect(refusal(await image(file))).toEqual({ status: 400, code, subcode });
	});

	it('accepts 4:5, and follows a redirect', async () => {
		expect((await image('/portrait.jpg')).status).toBe(200);
		expect((await image('/moved')).status).toBe(200);
	});

	it.each([
		['caption of 2201 characters', { caption: 'a'.repeat(2201) }, 36004, 2207010],
		['6th hashtag', { caption: Array.from({ length: 6 }, (_, index) => `#t${index}`).join(' ') }, 100, 2207040],
		['21st mention', { caption: Array.from({ length: 21 }, (_, index) => `@u${index}`).join(' ') }, 100, 2207040],
		['alt text of 1001 characters', { alt_text: 'a'.repeat(1001) }, 100, undefined],
		[
			'fourth collaborator',
			{ collaborators: ['customer_one', 'customer_two', 'customer_three', 'sandbox_florist'] },
			100,
			undefined,
		],
		['collaborator with @', { collaborators: ['@customer_one'] }, 100, 2207018],
		['user tag without position', { user_tags: [{ username: 'customer_one' }] }, 100, undefined],
		['location that is no Page', { location_id: '1' }, 100, undefined],
		['parameter of reels', { share_to_feed: true }, 100, undefined],
		['unknown media type', { media_type: 'PANORAMA' }, 100, 2207023],
		['feed video', { media_type: 'VIDEO' }, 100, 2207023],
		['unknown parameter', { colour: 'red' }, 100, undefined],
	])('refuses a %s', async (_name, params, code, subcode) => {
		expect(refusal(await image('/square.jpg', params))).toEqual({ status: 400, code, subcode });
	});

	it('counts a caption of 2200 emoji as 2200 characters', async () => {
		expect((await image('/square.jpg', { caption: '😀'.repeat(2200) })).status).toBe(200);
	});

	it('needs an image, and the permission', async () => {
		expect(refusal(await create({ caption: 'x' }))).toMatchObject({ code: 100 });
		const poor = await sandbox.token('longUser', { scopes: ['instagram_basic'] });
		const answer = await sandbox.graph('POST', `/${BAKERY.account}/media`, poor, {
			image_url: `${base}/square.jpg`,
		});
		expect(refusal(answer)).toEqual({ status: 403, code: 10, subcode: undefined });
	});
});

describe('limits', () => {
	it('expires containers after 24 hours', async () => {
		const { body } = await image('/square.jpg');
		await sandbox.advance(86_401);
		expect(await status(body.id)).toBe('EXPIRED');
		expect(refusal(await publish(body.id))).toMatchObject({ code: -2, subcode: 2207020 });
	});

	it('enforces the quota over a rolling day', async () => {
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { quotaTotal: 1 });
		await post();
		const limit = () =>
			sandbox.graph('GET', `/${BAKERY.account}/content_publishing_limit`, token, {
				fields: 'config,quota_usage',
			});
		expect((await limit()).body).toEqual({
			data: [{ config: { quota_total: 1, quota_duration: 86_400 }, quota_usage: 1 }],
		});
		const { body } = await image('/square.jpg');
		await finished(body.id);
		expect(refusal(await publish(body.id))).toMatchObject({ code: 9, subcode: 2207042 });
		await sandbox.advance(86_401);
		expect((await limit()).body.data[0].quota_usage).toBe(0);
		await post();
	});
});

describe('stories, carousels and reels', () => {
	it('publishes an image story, which is in stories and not in media', async () => {
		const { body } = await image('/tall.jpg', {
			media_type: 'STORIES',
			user_tags: [{ username: 'customer_one' }],
		});
		await finished(body.id);
		const { body: story } = await publish(body.id);
		const ids = async (edge: string) =>
			(await sandbox.graph('GET', `/${BAKERY.account}/${edge}`, token)).body.data.map(({ id }: Json) => id);
		expect(await ids('stories')).toEqual([story.id]);
		expect(await ids('media')).not.toContain(story.id);
		await sandbox.advance(86_401);
		expect(await ids('stories')).toEqual([]);
		expect(refusal(await image('/tall.jpg', { media_type: 'STORIES', caption: 'x' }))).toMatchObject({ code: 100 });
	});

	it('publishes a carousel of 2 to 10 items', async () => {
		const children: string[] = [];
		for (const name of ['/square.jpg', '/portrait.jpg'])
			children.push((await image(name, { is_carousel_item: true })).body.id);
		expect(refusal(await create({ media_type: 'CAROUSEL', children: [children[0]] }))).toMatchObject({
			code: 100,
			subcode: 2207028,
		});
		const { body } = await create({
			media_type: 'CAROUSEL',
			children: children.join(','),
			caption: 'Two',
		});
		await finished(body.id);
		const { body: media } = await publish(body.id);
		const read = await sandbox.graph('GET', `/${media.id}`, token, {
			fields: 'media_type,children{id,media_type}',
		});
		expect(read.body).toMatchObject({
			media_type: 'CAROUSEL_ALBUM',
			children: { data: [{ media_type: 'IMAGE' }, { media_type: 'IMAGE' }] },
		});
	});

	it('finds out about a bad video only while processing', async () => {
		const { body } = await create({ media_type: 'REELS', video_url: `${base}/page.html` });
		expect(await status(body.id)).toBe('IN_PROGRESS');
		await sandbox.advance(60);
		expect(await finished(body.id)).toBe('ERROR');
		const read = await sandbox.graph('GET', `/${body.id}`, token, { fields: 'status' });
		expect(read.body.status).toContain('2207026');
	});
});
