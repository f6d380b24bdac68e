import '../../../support/quickTime.mts';
import { openStage, type PublishStage } from '../../../support/stages/publishStage.mts';

let feed: PublishStage;
beforeEach(async () => {
	feed = await openStage();
});
afterEach(async () => await feed.close());

const caption = 'Fresh 🥐 #bread';
const live = async () => (await feed.feed()).filter((post) => post.caption === caption);

describe('containers by themselves', () => {
	it('are made, looked at and published', async () => {
		const made = await feed.run('post', 'createContainer', {
			containerType: 'image',
			source: 'url',
			mediaUrl: `${feed.files}/bread.jpg`,
			caption,
		});
		expect(made.json).toEqual({
			containerId: expect.any(String),
			containerType: 'image',
			expiresAt: expect.stringMatching(/Z$/),
		});
		const { containerId } = made.json;
		await new Promise((done) => setTimeout(done, 100));
		expect((await feed.run('post', 'getContainer', { containerId })).json).toMatchObject({
			containerId,
			statusCode: 'FINISHED',
			isReady: true,
			errorNumber: null,
		});
		const first = await feed.run('post', 'publishContainer', { containerId });
		expect(first.json).toMatchObject({
			containerId,
			permalink: expect.stringContaining('/p/'),
			wasPublishedBefore: false,
		});
		expect((await feed.run('post', 'publishContainer', { containerId })).json).toEqual({
			id: null,
			permalink: null,
			timestamp: null,
			containerId,
			wasPublishedBefore: true,
		});
		expect((await feed.run('post', 'getContainer', { containerId, simplify: false })).json).toMatchObject({
			id: containerId,
			status_code: 'PUBLISHED',
		});
		expect(await live()).toHaveLength(1);
	});

	it('become a carousel', async () => {
		const item = async (mediaType: string, file: string) =>
			(
				await feed.runAsInstagram('post', 'createContainer', {
					containerType: 'carouselItem',
					mediaType,
					source: 'url',
					mediaUrl: `${feed.files}/${file}`,
				})
			).json.containerId;
		const children = [await item('image', 'bread.jpg'), await item('video', 'reel.mp4')].join(', ');
		const { json } = await feed.runAsInstagram('post', 'createContainer', {
			containerType: 'carousel',
			children,
			caption,
		});
		const { error, json: post } = await feed.runAsInstagram('post', 'publishContainer', {
			containerId: json.containerId,
		});
		expect(error).toBeUndefined();
		expect((await feed.read(post.id, 'media_type')).media_type).toBe('CAROUSEL_ALBUM');
	});

	it('become a reel and a story', async () => {
		const reel = await feed.run('post', 'createContainer', {
			containerType: 'reel',
			source: 'url',
			mediaUrl: `${feed.files}/reel.mp4`,
			caption,
			options: { shareToFeed: true },
		});
		const story = await feed.run('post', 'createContainer', {
			containerType: 'story',
			mediaType: 'image',
			source: 'url',
			mediaUrl: `${feed.files}/tall.jpg`,
		});
		const posts = [
			await feed.run('post', 'publishContainer', { containerId: reel.json.containerId }),
			await feed.run('post', 'publishContainer', { containerId: story.json.containerId }),
		];
		expect(posts.map(({ error }) => error)).toEqual([undefined, undefined]);
		const kinds = await Promise.all(
			posts.map(async ({ json }) => (await feed.read(json.id, 'media_product_type')).media_product_type),
		);
		expect(kinds).toEqual(['REELS', 'STORY']);
	});
});
