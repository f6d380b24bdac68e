import { BAKERY } from '../../../sandbox/support.mts';
import { openFeed, type Feed } from '../../../support/stages/feed.mts';

let feed: Feed;
beforeEach(async () => {
	feed = await openFeed();
});
afterEach(async () => await feed.close());

describe('the account itself', () => {
	it('has a profile, by the same ID with either login', async () => {
		for (const [run, more] of [
			[feed.run, {}],
			[feed.runAsInstagram, { accountType: 'BUSINESS' }],
		] as const) {
			expect((await run('account', 'get')).json).toEqual({
				id: BAKERY.account,
				username: BAKERY.username,
				name: 'Sandbox Bakery',
				biography: 'Bread, every day.',
				website: 'https://sandbox-bakery.example',
				followersCount: 1250,
				followsCount: 87,
				mediaCount: 1,
				profilePictureUrl: expect.stringMatching(/^http/),
				...more,
			});
		}
		const { json } = await feed.run('account', 'get', {
			fields: ['shopping_product_tag_eligibility'],
			simplify: false,
		});
		expect(json).toEqual({ id: BAKERY.account, shopping_product_tag_eligibility: false });
	});

	it('has a publishing limit, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			expect((await run('account', 'getPublishingLimit')).json).toEqual({
				used: 0,
				total: expect.any(Number),
				remaining: expect.any(Number),
				hours: 24,
			});
			expect((await run('account', 'getPublishingLimit', { simplify: false })).json).toMatchObject({
				quota_usage: 0,
				config: { quota_duration: 86_400 },
			});
		}
	});

	it('looks up other businesses and their posts, over pages', async () => {
		const florist = { username: '@sandbox_florist' };
		expect((await feed.run('account', 'discover', florist)).json).toMatchObject({
			username: 'sandbox_florist',
			followersCount: 1250,
			mediaCount: 1,
			biography: 'Flowers for every day.',
		});
		for (let index = 0; index < 60; index++)
			await feed.control('POST', '/accounts/sandbox_florist/posts', { caption: `Rose ${index}` });
		const posts = async (more: object) =>
			(await feed.run('account', 'discover', { ...florist, about: 'posts', ...more })).all;
		const all = await posts({ returnAll: true });
		expect(all).toHaveLength(61);
		expect(all[0]).toMatchObject({ caption: 'Rose 59', username: 'sandbox_florist', likeCount: 0, viewCount: null });
		expect(await posts({ limit: 55, postFields: ['caption'], simplify: false })).toHaveLength(55);
		expect((await feed.run('account', 'discover', { username: 'nobody_here' })).error?.message).toBe(
			'Meta finds no professional account with this username',
		);
		expect((await feed.run('account', 'discover', { username: 'a){id},name' })).error?.message).toBe(
			'"a){id},name" is no username',
		);
		expect((await feed.runAsInstagram('account', 'discover', florist)).error?.message).toBe(
			'Meta does not offer "Discover" with Instagram Login',
		);
	});
});
