import '../../../support/quickTime.mts';
import { FLORIST, jpeg } from '../../../sandbox/support.mts';
import { openBinaryStore, type BinaryStore } from '../../../support/binaryStore.mts';
import { film } from '../../../support/mp4.mts';
import { openStage, type PublishStage } from '../../../support/stages/publishStage.mts';

jest.setTimeout(60_000);

let store: BinaryStore;
let stage: PublishStage;
beforeAll(async () => {
	store = await openBinaryStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
	stage = await openStage();
	store.fetched.length = 0;
});
afterEach(async () => await stage.close());

const MB = 1024 * 1024;
const PICTURE = jpeg(400, 400);
const VIDEO = film({ size: 3 * MB });
const caption = 'From a file';

const file = async (bytes: Buffer, type: string) => ({
	binary: [{ data: await store.store(bytes, type) }],
	server: store.server,
});
const fromFile = { source: 'binary', binaryField: 'data', caption };
const bytesOf = async (id: unknown) => {
	const { media_url: url } = await stage.read(id, 'media_url');
	return Buffer.from(await (await fetch(url)).arrayBuffer());
};
const uploads = async () =>
	(await stage.requests()).filter(({ host, method }) => host === 'rupload.facebook.com' && method === 'POST');
const fault = async (more: object) =>
	await stage.control('POST', '/faults', { method: 'POST', path: '^/ig-api-upload/', ...more });

describe('a picture that exists only in n8n', () => {
	it('is fetched by Meta from n8n, byte by byte, with either login', async () => {
		for (const run of [stage.run, stage.runAsInstagram]) {
			const { error, items, json } = await run('post', 'publishImage', fromFile, await file(PICTURE, 'image/jpeg'));
			expect(error).toBeUndefined();
			expect((await bytesOf(json.id)).equals(PICTURE)).toBe(true);
			// The link opens the file to anybody: it must not lie in an item.
			expect(JSON.stringify(items)).not.toContain('token');
		}
		expect(store.fetched).toEqual(['/rest/binary-data/signed', '/rest/binary-data/signed']);
	});

	it('is a story or an item of a carousel, too', async () => {
		const story = await stage.run(
			'post',
			'publishStory',
			{ ...fromFile, mediaType: 'image' },
			await file(jpeg(300, 600), 'image/jpeg'),
		);
		expect(story.error).toBeUndefined();
		const binary = [{ a: await store.store(PICTURE, 'image/jpeg'), b: await store.store(VIDEO, 'video/mp4') }];
		const itemsJson = '={{ Object.keys($binary).map((binary) => ({ binary })) }}';
		const { error, json } = await stage.run(
			'post',
			'publishCarousel',
			{ specifyItems: 'json', itemsJson, caption },
			{ binary, server: store.server },
		);
		expect(error).toBeUndefined();
		const { children } = await stage.read(json.id, 'children{id,media_type}');
		expect(children.data.map(({ media_type: type }: { media_type: string }) => type)).toEqual(['IMAGE', 'VIDEO']);
		expect((await bytesOf(children.data[1].id)).equals(VIDEO)).toBe(true);
	});

	it('can be the cover of a reel', async () => {
		const binary = [
			{ data: await store.store(VIDEO, 'video/mp4'), cover: await store.store(jpeg(300, 600), 'image/jpeg') },
		];
		const { error, json } = await stage.run(
			'post',
			'publishReel',
			{ ...fromFile, options: { coverBinaryField: 'cover' } },
			{ binary, server: store.server },
		);
		expect(error).toBeUndefined();
		const { thumbnail_url: url } = await stage.read(json.id, 'thumbnail_url');
		expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(jpeg(300, 600))).toBe(true);
	});

	it('is stored first when another node wrote it into the item', async () => {
		const { error, json } = await stage.run('post', 'publishImage', fromFile, {
			binary: [{ data: store.inMemory(PICTURE, 'image/jpeg') }],
			server: store.server,
		});
		expect(error).toBeUndefined();
		expect((await bytesOf(json.id)).equals(PICTURE)).toBe(true);
	});

	it('cannot be fetched when n8n keeps files in memory', async () => {
		store.keepInMemory(true);
		const { error } = await stage.run('post', 'publishImage', fromFile, {
			binary: [{ data: store.inMemory(PICTURE, 'image/jpeg') }],
			server: store.server,
		});
		store.keepInMemory(false);
		expect(error?.message).toBe('Meta cannot fetch this file: n8n keeps files in memory');
		expect(error?.description).toContain('N8N_DEFAULT_BINARY_DATA_MODE');
		expect(await stage.requests()).toEqual([]);
	});
});

describe('a video that exists only in n8n', () => {
	it('is sent to Meta with Facebook Login, in one call, signed as the upload host wants it', async () => {
		const { error, json } = await stage.run('post', 'publishReel', fromFile, await file(VIDEO, 'video/mp4'));
		expect(error).toBeUndefined();
		expect((await bytesOf(json.id)).equals(VIDEO)).toBe(true);
		expect((await uploads()).map(({ body }) => body)).toEqual([{ offset: '0', file_size: String(VIDEO.length) }]);
		expect(store.fetched).toEqual([]);
	});

	it('is fetched from n8n with Instagram Login, which has no upload', async () => {
		const { error, json } = await stage.runAsInstagram('post', 'publishReel', fromFile, await file(VIDEO, 'video/mp4'));
		expect(error).toBeUndefined();
		expect((await bytesOf(json.id)).equals(VIDEO)).toBe(true);
		expect([await uploads(), store.fetched]).toEqual([[], ['/rest/binary-data/signed']]);
	});

	it('is sent also from the memory of n8n', async () => {
		const { error, json } = await stage.run(
			'post',
			'publishStory',
			{ ...fromFile, mediaType: 'video' },
			{ binary: [{ data: store.inMemory(VIDEO, 'video/mp4') }] },
		);
		expect(error).toBeUndefined();
		expect((await bytesOf(json.id)).equals(VIDEO)).toBe(true);
	});

	it('goes on where the connection broke, as often as it takes while it gets further', async () => {
		for (const afterBytes of [1_000_000, 500_000]) await fault({ afterBytes });
		const { error, json } = await stage.run('post', 'publishReel', fromFile, await file(VIDEO, 'video/mp4'));
		expect(error).toBeUndefined();
		expect((await bytesOf(json.id)).equals(VIDEO)).toBe(true);
		expect((await uploads()).map(({ body }) => Number(body.offset))).toEqual([0, 1_000_000, 1_500_000]);
	});

	it('is not sent again when only the answer got lost', async () => {
		await fault({ reset: 'after' });
		const { error } = await stage.run('post', 'publishReel', fromFile, await file(VIDEO, 'video/mp4'));
		expect(error).toBeUndefined();
		expect(await uploads()).toHaveLength(1);
		expect(await stage.feed()).toHaveLength(1);
	});

	it('is told as refused when Meta does not take it', async () => {
		await fault({ error: { code: 1, message: 'Format not supported' }, status: 400 });
		const { error } = await stage.run('post', 'publishReel', fromFile, await file(VIDEO, 'video/mp4'));
		expect(error?.message).toBe('Meta did not take the video');
		expect(error?.description).toBe(
			'Nothing was published. Meta says: "Format not supported" (HTTP 400, ProcessingFailedError). Check the file, and run the step again.',
		);
		expect(await stage.feed()).toEqual([]);
	});
});

describe('the account', () => {
	it('is the one whose Page signs the upload', async () => {
		const { error } = await stage.run(
			'post',
			'publishReel',
			{ ...fromFile, account: { __rl: true, mode: 'id', value: FLORIST.username } },
			await file(VIDEO, 'video/mp4'),
		);
		expect(error).toBeUndefined();
		expect([(await stage.feed()).length, (await stage.feed(FLORIST)).length]).toEqual([0, 1]);
	});
});
