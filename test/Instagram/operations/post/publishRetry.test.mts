import '../../../support/quickTime.mts';
import { openBinaryStore, type BinaryStore } from '../../../support/binaryStore.mts';
import { film } from '../../../support/mp4.mts';
import { openStage, type PublishStage } from '../../../support/stages/publishStage.mts';

jest.setTimeout(60_000);

let stage: PublishStage;
let store: BinaryStore;
beforeAll(async () => {
	store = await openBinaryStore();
});
afterAll(async () => await store.close());
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => await stage.close());

const again = (maxTries = 2) => ({ settings: { retryOnFail: true, maxTries, waitBetweenTries: 0 } });
const fault = async (path: string, more: object) => await stage.control('POST', '/faults', { path, ...more });
const image = (more: object = {}) => ({
	source: 'url',
	imageUrl: `${stage.files}/bread.jpg`,
	caption: 'Bread',
	...more,
});
const containers = async () => (await stage.calls()).filter((call) => call === 'POST /media').length;
const captions = async () => (await stage.feed()).map(({ caption }) => caption).reverse();

describe('a node that n8n tries again', () => {
	it('publishes the container that it made before', async () => {
		await fault('/media_publish$', { method: 'POST', status: 400, error: { code: 200 } });
		const { error, json } = await stage.run('post', 'publishImage', image(), again());
		expect(error).toBeUndefined();
		expect(json.permalink).toMatch(/\/p\//);
		expect([await containers(), await captions()]).toEqual([1, ['Bread']]);
	});

	it('goes on waiting for the container that was not ready in time', async () => {
		await stage.close();
		stage = await openStage({ imageProcessingMs: 2500 });
		const { error } = await stage.run('post', 'publishImage', image({ options: { maxWait: 1 } }), again(5));
		expect(error).toBeUndefined();
		expect([await containers(), await captions()]).toEqual([1, ['Bread']]);
	});

	it('finds the post that went live when nobody could tell', async () => {
		await fault('/media_publish$', { method: 'POST', reset: 'after' });
		// The look after it fails, too; the one before it must not.
		const watch = (async () => {
			while (!(await stage.calls()).includes('POST /media_publish')) await new Promise((done) => setTimeout(done, 20));
			await fault('^/\\d+$', { method: 'GET', status: 400, error: { code: 200 } });
		})();
		const { error, json } = await stage.run('post', 'publishImage', image(), again());
		await watch;
		expect(error).toBeUndefined();
		const [post] = await stage.feed();
		expect([json.id, await containers(), await captions()]).toEqual([post.id, 1, ['Bread']]);
	});

	it('makes a new container when the first one came to nothing', async () => {
		const { error } = await stage.run(
			'post',
			'publishReel',
			{ source: 'url', videoUrl: `${stage.files}/bread.jpg`, caption: 'Broken' },
			again(),
		);
		expect(error?.message).toBe('Instagram does not take this video format');
		expect(error?.description).toContain('2207026');
		expect([await containers(), await captions()]).toEqual([2, []]);
	});

	it('uses the items of a carousel again', async () => {
		await fault('/media$', { method: 'POST', status: 400, error: { code: 200 } });
		const items = [`${stage.files}/bread.jpg`, `${stage.files}/bread.jpg`, `${stage.files}/bread.jpg`];
		const { error } = await stage.run(
			'post',
			'publishCarousel',
			{ specifyItems: 'json', itemsJson: JSON.stringify(items), caption: 'Three' },
			again(),
		);
		expect(error).toBeUndefined();
		// One of three was refused: one more for it, and the carousel itself.
		expect([await containers(), await captions()]).toEqual([5, ['Three']]);
	});

	it('goes on with a video where the upload of the first try broke', async () => {
		const video = film({ size: 400_000 });
		for (let i = 0; i < 2; i++) await fault('^/ig-api-upload/', { method: 'POST', afterBytes: 100_000 });
		await fault('^/\\d+$', { method: 'GET', status: 400, error: { code: 200 } });
		const { error } = await stage.run(
			'post',
			'publishReel',
			{ source: 'binary', caption: 'Reel' },
			{ ...again(), binary: [{ data: await store.store(video, 'video/mp4') }] },
		);
		expect(error).toBeUndefined();
		const offsets = (await stage.requests())
			.filter(({ host, method }) => host === 'rupload.facebook.com' && method === 'POST')
			.map(({ body }) => Number(body.offset));
		expect([offsets, await containers(), await captions()]).toEqual([[0, 100_000, 200_000], 1, ['Reel']]);
	});

	it('publishes nothing twice when it goes on after errors, and the first item is one', async () => {
		const items = [
			{ file: 'nothing.jpg', caption: 'one' },
			{ file: 'bread.jpg', caption: 'two' },
			{ file: 'bread.jpg', caption: 'three' },
		];
		const parameters = { source: 'url', imageUrl: `=${stage.files}/{{ $json.file }}`, caption: '={{ $json.caption }}' };
		const { all } = await stage.run('post', 'publishImage', parameters, { ...again(3), items, continueOnFail: true });
		expect(all.map(({ error, permalink }) => error ?? typeof permalink)).toEqual([
			'Instagram could not download the media from its URL',
			'string',
			'string',
		]);
		expect(await captions()).toEqual(['two', 'three']);
	});
});
