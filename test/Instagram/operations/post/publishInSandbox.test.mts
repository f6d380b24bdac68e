import '../../../support/quickTime.mts';
import { BAKERY } from '../../../sandbox/support.mts';
import { openStage, type PublishStage } from '../../../support/stages/publishStage.mts';

let feed: PublishStage;
beforeEach(async () => {
	feed = await openStage();
});
afterEach(async () => await feed.close());

const source = (kind: 'image' | 'video', name: string) => ({ source: 'url', [`${kind}Url`]: `${feed.files}/${name}` });
const live = async () => (await feed.feed()).filter(({ caption }) => caption === 'Fresh 🥐 #bread');
const caption = 'Fresh 🥐 #bread';

describe('a post', () => {
	it('is an image, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			const { error, json } = await run('post', 'publishImage', {
				...source('image', 'bread.jpg'),
				caption,
				options: { altText: 'A loaf', userTags: { tag: [{ username: '@customer_one', x: 0.1, y: 0.9 }] } },
			});
			expect(error).toBeUndefined();
			const post = await feed.read(json.id, 'permalink,alt_text,media_type,media_product_type,caption');
			expect(post).toMatchObject({
				permalink: json.permalink,
				alt_text: 'A loaf',
				media_type: 'IMAGE',
				media_product_type: 'FEED',
				caption,
			});
			expect(json).toEqual({
				id: post.id,
				permalink: post.permalink,
				caption,
				timestamp: expect.stringMatching(/^\d{4}-.*\.000Z$/),
				containerId: expect.stringMatching(/^\d+$/),
			});
		}
		expect(await live()).toHaveLength(2);
	});

	it('is a reel, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			const options = {
				coverUrl: `${feed.files}/tall.jpg`,
				thumbOffset: 500,
				shareToFeed: false,
				audioName: 'Oven',
				trialReel: 'MANUAL',
				aiLabel: true,
				maxWait: 30,
			};
			const { error, json } = await run('post', 'publishReel', { ...source('video', 'reel.mp4'), caption, options });
			expect(error).toBeUndefined();
			expect(await feed.read(json.id, 'media_type,media_product_type,is_shared_to_feed')).toMatchObject({
				media_type: 'VIDEO',
				media_product_type: 'REELS',
				is_shared_to_feed: false,
			});
		}
		const created = (await feed.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/media'));
		expect(created[0].body).toMatchObject({
			media_type: 'REELS',
			cover_url: `${feed.files}/tall.jpg`,
			thumb_offset: 500,
			share_to_feed: false,
			audio_name: 'Oven',
			trial_params: { graduation_strategy: 'MANUAL' },
			is_ai_generated: true,
		});
	});

	it('is a story, of an image of any shape or a video, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			const image = await run('post', 'publishStory', {
				mediaType: 'image',
				...source('image', 'tall.jpg'),
				options: { userTagsJson: '[{ "username": "customer_one" }]' },
			});
			const video = await run('post', 'publishStory', { mediaType: 'video', ...source('video', 'reel.mp4') });
			expect([image.error, video.error]).toEqual([undefined, undefined]);
			expect(Object.keys(image.json).sort()).toEqual(['containerId', 'id', 'permalink', 'timestamp']);
			for (const { json } of [image, video])
				expect((await feed.read(json.id, 'media_product_type')).media_product_type).toBe('STORY');
		}
	});

	it('is a carousel of images and videos in their order, with either login', async () => {
		const item = [
			{ mediaType: 'image', source: 'url', url: `${feed.files}/bread.jpg`, altText: 'First' },
			{ mediaType: 'video', source: 'url', url: `${feed.files}/reel.mp4` },
			{
				mediaType: 'image',
				source: 'url',
				url: `${feed.files}/bread.jpg`,
				userTags: { tag: [{ username: 'customer_one', x: 0.5, y: 0.5 }] },
			},
		];
		for (const run of [feed.run, feed.runAsInstagram]) {
			const { error, json } = await run('post', 'publishCarousel', {
				specifyItems: 'fields',
				items: { item },
				caption,
			});
			expect(error).toBeUndefined();
			const { media_type: type, children } = await feed.read(json.id, 'media_type,children{media_type,alt_text}');
			expect(type).toBe('CAROUSEL_ALBUM');
			expect(children.data.map((child: { media_type: string }) => child.media_type)).toEqual([
				'IMAGE',
				'VIDEO',
				'IMAGE',
			]);
			expect(children.data[0].alt_text).toBe('First');
		}
	});

	it('is a carousel from JSON: addresses, or objects as Meta takes them', async () => {
		const items = [
			`${feed.files}/bread.jpg`,
			{ image_url: `${feed.files}/bread.jpg`, alt_text: 'Second' },
			{ video_url: `${feed.files}/reel.mp4`, thumb_offset: 100 },
		];
		const { error, json } = await feed.run('post', 'publishCarousel', {
			specifyItems: 'json',
			itemsJson: JSON.stringify(items),
			caption,
		});
		expect(error).toBeUndefined();
		expect((await feed.read(json.id, 'children')).children.data).toHaveLength(3);
	});

	it('has collaborators, a place, sponsors, products and audio', async () => {
		const catalog = (
			await feed.control('POST', `/accounts/${BAKERY.username}/catalogs`, {
				name: 'Shop',
				products: [{ name: 'Bread', price: '$3', retailerId: 'b', reviewStatus: 'approved' }],
			})
		).body;
		await feed.control('PATCH', `/pages/${BAKERY.page}`, { hasLocation: true });
		const [audio] = [...feed.sandbox.world.audio.keys()];
		const options = {
			collaborators: '@customer_one, customer_two',
			locationId: BAKERY.page,
			sponsorIds: '17841400000000002',
			audioId: audio,
			audioVolume: 30,
			videoVolume: 70,
			productTags: { tag: [{ productId: catalog.productIds[0] }] },
		};
		const { error, json } = await feed.run('post', 'publishReel', { ...source('video', 'reel.mp4'), caption, options });
		expect(error).toBeUndefined();
		expect((await feed.read(json.id, 'id')).id).toBe(json.id);
		const body = (await feed.requests()).find(({ path, method }) => method === 'POST' && path.endsWith('/media'))?.body;
		expect(body).toMatchObject({
			collaborators: ['customer_one', 'customer_two'],
			location_id: BAKERY.page,
			is_paid_partnership: true,
			branded_content_sponsor_ids: ['17841400000000002'],
			audio_configuration: { audio_id: audio, audio_volume: 30, video_volume: 70 },
		});
		expect(body.product_tags).toEqual([{ product_id: catalog.productIds[0] }]);
	});
});
