import { BAKERY } from '../../../sandbox/support.mts';
import { byId, openFeed, type Feed } from '../../../support/stages/feed.mts';

let feed: Feed;
let catalog: string;
let products: string[];
beforeEach(async () => {
	feed = await openFeed();
	const goods = [
		{ name: 'Rye bread', price: '$4.00', retailerId: 'rye' },
		{ name: 'Bagel' },
		{ name: 'Poppy cake', reviewStatus: 'rejected' },
	];
	const { body } = await feed.control('POST', `/accounts/${BAKERY.username}/catalogs`, {
		name: 'Bakery Shop',
		products: goods,
	});
	catalog = body.id as string;
	products = body.productIds as string[];
});
afterEach(async () => await feed.close());

describe('products', () => {
	it('are found in the catalogs of the account', async () => {
		expect((await feed.run('product', 'getCatalogs')).all).toEqual([
			{ catalogId: catalog, catalogName: 'Bakery Shop', shopName: 'Bakery Shop', productCount: 3 },
		]);
		const { all } = await feed.run('product', 'search', { catalogId: catalog, searchText: 'bread' });
		expect(all).toEqual([
			{
				productId: products[0],
				productName: 'Rye bread',
				retailerId: 'rye',
				reviewStatus: 'approved',
				imageUrl: expect.stringMatching(/^http/),
				merchantId: BAKERY.page,
				isCheckoutFlow: false,
				productVariants: null,
			},
		]);
		expect((await feed.run('product', 'search', { catalogId: catalog })).all).toHaveLength(3);
		expect((await feed.run('product', 'search', { catalogId: '1' })).error?.description).toContain('Meta error 100');
	});

	it('are tagged on posts and reels, and moved', async () => {
		const [bread, bagel] = products;
		const post = { postId: byId(await feed.post()) };
		const tag = async (tags: object[]) => await feed.run('product', 'setTags', { ...post, tags: { tag: tags } });
		expect((await tag([{ productId: bread, x: 0.1, y: 0.2 }])).json).toEqual({
			postId: post.postId.value,
			tagged: [bread],
		});
		await tag([
			{ productId: bread, x: 0.5, y: 0.6 },
			{ productId: bagel, x: 0, y: 1 },
		]);
		const { all } = await feed.run('product', 'getTags', post);
		expect(all.map(({ productId, name, x, y }) => [productId, name, x, y])).toEqual([
			[bread, 'Rye bread', 0.5, 0.6],
			[bagel, 'Bagel', 0, 1],
		]);
		const reel = { postId: byId(await feed.post({ type: 'reel' })) };
		const json = JSON.stringify([{ product_id: bread, x: 0.5, y: 0.5 }]);
		const onReel = await feed.run('product', 'setTags', {
			...reel,
			specifyTags: 'json',
			tagsJson: json,
			options: { isVideo: true },
		});
		expect(onReel.json).toEqual({ postId: reel.postId.value, tagged: [bread] });
		expect(
			(await feed.run('product', 'setTags', { ...reel, specifyTags: 'json', tagsJson: json })).error?.description,
		).toContain('2207035');
		expect((await tag([{ productId: products[2], x: 0, y: 0 }])).error?.description).toContain('2207037');
	});

	it('that were rejected are appealed, once', async () => {
		const cake = { productId: products[2] };
		expect((await feed.run('product', 'getAppeal', cake)).all).toEqual([
			{
				productId: products[2],
				reviewStatus: 'rejected',
				eligibleForAppeal: true,
				productAppealStatus: '',
				rejectionReasons: ['It does not follow the commerce policies.'],
			},
		]);
		expect((await feed.run('product', 'appeal', { ...cake, reason: 'It is only cake.' })).json).toEqual({
			productId: products[2],
			appealed: true,
		});
		expect((await feed.run('product', 'getAppeal', cake)).json).toMatchObject({
			eligibleForAppeal: false,
			productAppealStatus: 'pending',
		});
		expect((await feed.run('product', 'appeal', { ...cake, reason: 'Again' })).error?.description).toContain(
			'Meta error 100',
		);
	});
});

describe('upcoming events', () => {
	const at = (hours: number) => new Date(Math.ceil(Date.now() / 1000) * 1000 + hours * 3_600_000).toISOString();

	it('are created, listed, read and changed in parts', async () => {
		const [start, end, later] = [at(24), at(26), at(25)];
		const options = { endTime: end, reminders: ['BEFORE_EVENT_1HOUR'] };
		const { json } = await feed.run('upcomingEvent', 'create', { title: 'Open bakery', startTime: start, options });
		expect(json).toEqual({ id: expect.any(String), title: 'Open bakery', startTime: start });
		const event = {
			id: json.id,
			title: 'Open bakery',
			startTime: start,
			endTime: end,
			notificationSubtypes: ['BEFORE_EVENT_1HOUR'],
			notificationTargetTime: 'EVENT_START',
		};
		expect((await feed.run('upcomingEvent', 'getMany')).all).toEqual([event]);
		expect((await feed.run('upcomingEvent', 'get', { eventId: json.id })).json).toEqual(event);
		const changed = await feed.run('upcomingEvent', 'update', {
			eventId: json.id,
			updateFields: { startTime: later, reminders: [], remindersCountFrom: 'EVENT_END' },
		});
		expect(changed.json).toEqual({
			...event,
			startTime: later,
			notificationSubtypes: [],
			notificationTargetTime: 'EVENT_END',
		});
		expect((await feed.run('upcomingEvent', 'get', { eventId: json.id, simplify: false })).json).toMatchObject({
			id: json.id,
			title: 'Open bakery',
			notification_target_time: 'EVENT_END',
		});
	});

	it('lie in the future', async () => {
		const past = await feed.run('upcomingEvent', 'create', { title: 'Gone', startTime: at(-2) });
		expect(past.error?.description).toContain('Meta error 100');
	});
});

it('none of this is offered with Instagram Login', async () => {
	const operations = {
		product: ['getCatalogs', 'search', 'getTags', 'setTags', 'getAppeal', 'appeal'],
		upcomingEvent: ['create', 'get', 'getMany', 'update'],
		collaboration: ['getInvites', 'accept', 'decline', 'getPosts'],
		search: ['audio', 'locations', 'embed'],
	};
	const filled = {
		productId: '1',
		reason: 'x',
		catalogId: '1',
		postId: byId('1'),
		eventId: '1',
		title: 'x',
		startTime: '2030-01-01',
		mediaId: '1',
		searchText: 'x',
		url: 'https://www.instagram.com/p/A/',
	};
	for (const [resource, names] of Object.entries(operations)) {
		for (const name of names)
			expect((await feed.runAsInstagram(resource, name, filled)).error?.message).toMatch(/^Meta does not offer/);
	}
});
