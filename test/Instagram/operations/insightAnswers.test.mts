import { graphError, guardNetwork, listenAt, type Received } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin } from '../../support/logins.mts';
import { run } from '../../support/parameters.mts';
import { ACCOUNT, served } from '../../support/stages/sent.mts';

guardNetwork();

const from = { timeRange: 'custom', since: '2026-11-01T00:00:00Z', until: '2026-11-03T00:00:00Z' };
const insight = (name: string, more: object) => ({ name, period: 'day', title: name, ...more });
const nothing = { breakdown: null, segment: null, note: null };

describe('what comes out', () => {
	it('is one row per number, with its time and part', async () => {
		const answers: Record<string, object> = {
			likes: insight('likes', {
				total_value: {
					value: 10,
					breakdowns: [
						{
							dimension_keys: ['media_product_type'],
							results: [
								{ dimension_values: ['REEL'], value: 7 },
								{ dimension_values: ['POST'], value: 3 },
							],
						},
					],
				},
			}),
			reach: insight('reach', { values: [{ value: 12, end_time: '2026-11-02T08:00:00+0000' }] }),
			online_followers: {
				name: 'online_followers',
				period: 'lifetime',
				values: [{ value: { 0: 5, 13: 8 }, end_time: '2026-11-02T08:00:00+0000' }],
			},
			replies: insight('replies', { total_value: {} }),
		};
		const { all } = await served(
			'account',
			'getInsights',
			{
				metrics: Object.keys(answers),
				values: 'day',
				options: { breakDownBy: ['media_product_type'] },
				...from,
				until: '2026-11-02T00:00:00Z',
			},
			({ query }: Received) => ({
				body: {
					data: query.metric.split(',').map((name) => answers[name]),
					paging: { next: 'https://x.example?access_token=EAA' },
				},
			}),
		);
		const day = {
			accountId: ACCOUNT.slice(1),
			username: 'sandbox_bakery',
			period: 'day',
			since: '2026-11-01T00:00:00.000Z',
			until: '2026-11-02T00:00:00.000Z',
			...nothing,
		};
		const byPost = { ...day, metric: 'likes', breakdown: 'mediaProductType' };
		expect(all.filter(({ metric }) => metric === 'likes')).toEqual([
			{ ...byPost, value: 7, segment: 'REEL' },
			{ ...byPost, value: 3, segment: 'POST' },
		]);
		expect(all.filter(({ metric }) => metric === 'replies')).toEqual([{ ...day, metric: 'replies', value: null }]);
		const online = {
			...day,
			metric: 'online_followers',
			period: 'lifetime',
			since: null,
			until: '2026-11-02T08:00:00.000Z',
			breakdown: 'hour',
		};
		expect(all.filter(({ metric }) => metric === 'online_followers')).toEqual([
			{ ...online, value: 5, segment: '0' },
			{ ...online, value: 8, segment: '13' },
		]);
		expect(JSON.stringify(all)).not.toContain('access_token');
	});

	it.each<[string, object[], unknown[][]]>([
		['on the only day', [{}], [[null, null, null, expect.stringContaining('no data')]]],
		['on every day', [{}, {}], [[null, null, null, expect.stringContaining('no data')]]],
		[
			'on one day of several',
			[{}, { 5: 7 }],
			[
				[null, null, '2026-11-01T07:00:00.000Z', null],
				[7, '5', '2026-11-02T07:00:00.000Z', null],
			],
		],
	])('loses no metric of which Meta has no numbers by hour %s', async (_which, days, rows) => {
		const values = days.map((value, day) => ({ value, end_time: `2026-11-0${day + 1}T07:00:00+0000` }));
		const { all } = await served(
			'account',
			'getInsights',
			{ metrics: ['online_followers'], ...from },
			{ data: [{ name: 'online_followers', period: 'lifetime', values }] },
		);
		expect(all.map(({ value, segment, until, note }) => [value, segment, until, note])).toEqual(rows);
	});

	it('dates the days of a series by their end', async () => {
		const { all } = await served(
			'account',
			'getInsights',
			{ metrics: ['reach'], values: 'day', ...from },
			{
				data: [
					insight('reach', {
						values: [
							{ value: 12, end_time: '2026-11-02T08:00:00+0000' },
							{ value: 3, end_time: '2026-11-03T08:00:00+0000' },
						],
					}),
				],
			},
		);
		expect(all.map(({ value, since, until }) => [value, since, until])).toEqual([
			[12, '2026-11-01T08:00:00.000Z', '2026-11-02T08:00:00.000Z'],
			[3, '2026-11-02T08:00:00.000Z', '2026-11-03T08:00:00.000Z'],
		]);
	});

	it('goes on without a metric that Meta refuses, and says so', async () => {
		const { all, calls } = await served(
			'account',
			'getInsights',
			{ metrics: ['likes', 'views', 'saves'], ...from },
			({ query }: Received) =>
				query.metric.includes('views')
					? { status: 400, body: graphError(100) }
					: { body: { data: [insight(query.metric, { total_value: { value: 1 } })] } },
		);
		expect(calls.map(({ query }) => query.metric)).toEqual(['likes,views,saves', 'likes', 'views', 'saves']);
		expect(all.map(({ metric, value, note }) => [metric, value, note === null])).toEqual([
			['likes', 1, true],
			['saves', 1, true],
			['views', null, false],
		]);
	});

	it('goes on without a breakdown that Meta does not know', async () => {
		const { all, calls } = await served(
			'account',
			'getInsights',
			{ metrics: ['likes', 'replies'], options: { breakDownBy: ['media_product_type'] }, ...from },
			({ query }: Received) =>
				query.breakdown
					? { status: 500, body: graphError(1) }
					: { body: { data: [insight('replies', { total_value: { value: 2 } })] } },
		);
		expect(calls).toHaveLength(4);
		expect(all.map(({ metric, value }) => [metric, value])).toEqual([
			['replies', 2],
			['likes', null],
		]);
	});

	it.each([
		[190, 467, 'The login is no longer valid'],
		[10, undefined, 'The login lacks a permission for this call'],
		[100, 33, 'Meta does not know this ID, or this login may not see it'],
	])('stops where no metric is at fault: %s/%s', async (code, subcode, message) => {
		const { error, calls } = await served('account', 'getInsights', { metrics: ['likes', 'views'] }, () => ({
			status: 400,
			body: graphError(code, subcode),
		}));
		expect(error?.message).toBe(message);
		expect(calls).toHaveLength(1);
	});

	it('stops when the account reached its limit', async () => {
		const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(80002) }));
		// An app of its own: what Meta says of too many calls is remembered.
		const { credentials } = newLogin([BAKERY], {}, { clientSecret: 'insights' });
		const { error } = await run(
			'account',
			'getInsights',
			{ metrics: ['likes', 'views'], options: { rateLimitWait: 0 } },
			{ credentials },
		);
		expect(error?.message).toBe('The Instagram account reached its call limit');
		expect(calls).toHaveLength(1);
	});

	it('is an error when Meta refuses everything', async () => {
		const { error, calls } = await served('account', 'getInsights', { metrics: ['likes', 'views'] }, () => ({
			status: 400,
			body: graphError(100),
		}));
		expect(error?.message).toBe("Meta's own text");
		expect(calls).toHaveLength(3);
	});

	it.each([
		[
			{ quota_usage: 2, config: { quota_total: 50, quota_duration: 86400 } },
			{ used: 2, total: 50, remaining: 48, hours: 24 },
		],
		[{ quota_usage: 2 }, { used: 2, total: null, remaining: null, hours: null }],
	])('counts what is left of the publishing limit: %j', async (limit, expected) => {
		const { all } = await served('account', 'getPublishingLimit', {}, { data: [limit] });
		expect(all).toEqual([expected]);
	});
});
