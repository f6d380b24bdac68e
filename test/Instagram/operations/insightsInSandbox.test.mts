import { BAKERY, type Json } from '../../sandbox/support.mts';
import { byId, openFeed, type Feed } from '../../support/stages/feed.mts';

let feed: Feed;
beforeEach(async () => {
	feed = await openFeed();
});
afterEach(async () => await feed.close());

const on = (postId: string, more: object = {}) => ({ postId: byId(postId), ...more });
const metricsOf = (rows: object[]) => rows.map((row) => (row as { metric: string }).metric).sort();
const POST = [
	'comments',
	'facebook_views',
	'follows',
	'likes',
	'profile_activity',
	'profile_visits',
	'reach',
	'reposts',
	'saved',
	'shares',
	'total_interactions',
	'views',
];
const REEL = [
	'comments',
	'crossposted_views',
	'facebook_views',
	'ig_reels_avg_watch_time',
	'ig_reels_video_view_total_time',
	'likes',
	'reach',
	'reels_skip_rate',
	'reposts',
	'saved',
	'shares',
	'total_interactions',
	'views',
];
const STORY = [
	'facebook_views',
	'follows',
	'navigation',
	'profile_activity',
	'profile_visits',
	'reach',
	'replies',
	'reposts',
	'shares',
	'total_interactions',
	'views',
];

describe('insights of posts', () => {
	it('are all that Meta has for the kind of post and the login', async () => {
		const post = await feed.post();
		const reel = await feed.post({ type: 'reel' });
		const story = await feed.story();
		await feed.control('PATCH', `/media/${story}`, { viewers: 40 });
		const kinds: Array<[string, string[], string[]]> = [
			[post, POST, ['total_comments', 'total_likes', 'total_views']],
			[reel, REEL, ['total_comments', 'total_likes', 'total_views']],
			[story, STORY, ['link_clicks', 'total_views']],
		];
		for (const [id, shared, facebookOnly] of kinds) {
			const facebook = await feed.run('post', 'getInsights', on(id));
			expect(metricsOf(facebook.all)).toEqual([...shared, ...facebookOnly].sort());
			expect(facebook.all.every(({ note, value }) => note === null && Number.isInteger(value))).toBe(true);
			expect(metricsOf((await feed.runAsInstagram('post', 'getInsights', on(id))).all)).toEqual(shared);
		}
	});

	it('are split by what people did, when wanted', async () => {
		const story = await feed.story();
		await feed.control('PATCH', `/media/${story}`, { viewers: 40 });
		const { all } = await feed.run(
			'post',
			'getInsights',
			on(story, { metrics: ['navigation', 'profile_activity', 'views'], options: { breakDown: true } }),
		);
		const row = {
			postId: story,
			mediaProductType: 'STORY',
			period: 'lifetime',
			since: null,
			until: null,
			note: null,
			value: expect.any(Number),
		};
		expect(all).toEqual(
			[
				{ ...row, metric: 'navigation', breakdown: 'story_navigation_action_type', segment: 'OTHER' },
				{ ...row, metric: 'profile_activity', breakdown: 'action_type', segment: 'OTHER' },
				{ ...row, metric: 'views', breakdown: null, segment: null },
			].map((one) => ({
				...one,
				breakdown: one.breakdown && one.breakdown.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
			})),
		);
	});

	it('tell of a metric that is not for this post, and bring the others', async () => {
		const post = await feed.post();
		const { all, error } = await feed.run(
			'post',
			'getInsights',
			on(post, { metrics: ['likes', 'navigation', 'no_such_metric', 'reach'] }),
		);
		expect(error).toBeUndefined();
		expect(all).toMatchObject([
			{ metric: 'likes', value: expect.any(Number), note: null },
			{ metric: 'reach', value: expect.any(Number), note: null },
			{ metric: 'no_such_metric', value: null, note: expect.stringContaining('Meta error 100') },
			{ metric: 'navigation', value: null, note: 'Meta counts this for stories only' },
		]);
		const asInstagram = await feed.runAsInstagram(
			'post',
			'getInsights',
			on(post, { metrics: ['total_likes', 'likes'] }),
		);
		expect(asInstagram.all.map(({ metric, note }) => [metric, note])).toEqual([
			['likes', null],
			['total_likes', 'Meta offers this with Facebook Login only'],
		]);
	});

	it("are Meta's own with Simplify off", async () => {
		const post = await feed.post();
		const { all } = await feed.run('post', 'getInsights', on(post, { metrics: ['likes', 'replies'], simplify: false }));
		expect(all).toEqual([
			expect.objectContaining({
				name: 'likes',
				period: 'lifetime',
				values: [{ value: expect.any(Number) }],
				id: `${post}/insights/likes/lifetime`,
			}),
			{ name: 'replies', note: 'Meta counts this for stories only' },
		]);
	});

	it('of a story need five viewers and end after a day', async () => {
		const story = await feed.story();
		expect((await feed.run('post', 'getInsights', on(story))).error?.message).toBe(
			'Meta does not give the numbers of this story',
		);
		const { body } = await feed.control('POST', `/accounts/${BAKERY.username}/lives`, {});
		expect((await feed.run('post', 'getInsights', on(body.id))).error?.message).toBe('Live videos have no insights');
	});
});

describe('insights of the account', () => {
	it('are one item per metric, with the time that they cover, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			const { all, error } = await run('account', 'getInsights', { timeRange: 'last7Days' });
			expect(error).toBeUndefined();
			expect(metricsOf(all)).toEqual(['accounts_engaged', 'reach', 'total_interactions', 'views']);
			const [row] = all;
			expect(row).toEqual({
				accountId: BAKERY.account,
				username: BAKERY.username,
				metric: 'accounts_engaged',
				value: expect.any(Number),
				period: 'day',
				since: expect.stringMatching(/Z$/),
				until: expect.stringMatching(/Z$/),
				breakdown: null,
				segment: null,
				note: null,
			});
			expect(Date.parse(String(row.until)) - Date.parse(String(row.since))).toBe(7 * 86_400_000);
		}
	});

	it('of all kinds come together, each as Meta wants to be asked', async () => {
		const metrics = [
			'reach',
			'follower_count',
			'online_followers',
			'follower_demographics',
			'likes',
			'follows_and_unfollows',
			'no_such_metric',
		];
		const options = {
			breakDownBy: ['follow_type', 'media_product_type'],
			peopleBy: ['age', 'country'],
			timeframe: 'this_week',
		};
		const { all } = await feed.run('account', 'getInsights', { metrics, options });
		const isOnline = ({ metric }: Json) => metric === 'online_followers';
		const seen = all
			.filter((row) => !isOnline(row))
			.map(({ metric, breakdown, segment, period, note }) => [metric, breakdown, segment, period, note]);
		expect(seen.sort()).toEqual(
			[
				['follower_count', null, null, 'day', null],
				['follower_demographics', 'age', 'OTHER', 'this_week', null],
				['follower_demographics', 'country', 'OTHER', 'this_week', null],
				['follows_and_unfollows', 'followType', 'OTHER', 'day', null],
				['likes', 'mediaProductType', 'OTHER', 'day', null],
				['no_such_metric', null, null, null, expect.stringContaining('Meta error 100')],
				['reach', 'followType', 'OTHER', 'day', null],
				['reach', 'mediaProductType', 'OTHER', 'day', null],
			].sort(),
		);
		const hours = all.filter(isOnline);
		expect(new Set(hours.map(({ segment }) => segment)).size).toBe(24);
		expect(hours[0]).toMatchObject({ breakdown: 'hour', period: 'lifetime', note: null });
	});

	it('come by day, with Meta’s own series where there is one', async () => {
		const range = { timeRange: 'custom', since: '2026-11-01T00:00:00Z', until: '2026-11-04T00:00:00Z', values: 'day' };
		const before = (await feed.calls()).length;
		const { all } = await feed.run('account', 'getInsights', { metrics: ['reach', 'likes', 'views'], ...range });
		expect(all.filter(({ metric }) => metric === 'likes').map(({ since, until }) => [since, until])).toEqual([
			['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
			['2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z'],
			['2026-11-03T00:00:00.000Z', '2026-11-04T00:00:00.000Z'],
		]);
		// Meta's own days end at seven in the morning, UTC.
		expect(all.filter(({ metric }) => metric === 'reach').map(({ until }) => until)).toEqual([
			'2026-11-01T07:00:00.000Z',
			'2026-11-02T07:00:00.000Z',
			'2026-11-03T07:00:00.000Z',
		]);
		expect((await feed.calls()).length - before).toBe(4);
	});

	it('say what Meta has no data for', async () => {
		await feed.control('PATCH', `/accounts/${BAKERY.username}`, { followers: 12 });
		const { all } = await feed.run('account', 'getInsights', { metrics: ['follower_demographics', 'likes'] });
		expect(all).toMatchObject([
			{ metric: 'likes', note: null },
			{ metric: 'follower_demographics', value: null, note: expect.stringContaining('no data') },
		]);
	});

	it('fail when nothing came of any metric, and when the login may not read them', async () => {
		expect((await feed.run('account', 'getInsights', { metrics: ['impressions'] })).error?.description).toContain(
			'Meta error 100',
		);
		const poor = await feed.run('account', 'getInsights', {
			timeRange: 'custom',
			since: '2026-01-01',
			until: '2026-02-15',
		});
		expect(poor.error?.message).toBe('The time range is longer than 30 days');
	});
});
