import { graphError, guardNetwork, line, listenAt, type Received } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin } from '../../support/logins.mts';
import { run } from '../../support/parameters.mts';
import { placeOfProof, proofIn } from '../../support/proofs.mts';
import { byId } from '../../support/stages/feed.mts';
import {
	ACCOUNT,
	contentOf,
	expectInstagramRequest,
	expectRequest,
	served,
	servedAsInstagram,
	type Row,
} from '../../support/stages/sent.mts';

guardNetwork();

const from = { timeRange: 'custom', since: '2026-11-01T00:00:00Z', until: '2026-11-03T00:00:00Z' };
const range = { since: '1793491200', until: '1793664000' };
const INSIGHTS = `GET ${ACCOUNT}/insights`;
const total = { period: 'day', metric_type: 'total_value' };
const insight = (name: string, more: object) => ({ name, period: 'day', title: name, ...more });
const nothing = { breakdown: null, segment: null, note: null };

describe('what leaves n8n', () => {
	const both: Row[] = [
		['get', { fields: ['username'] }, `GET ${ACCOUNT}`, { fields: 'id,username' }],
		['getPublishingLimit', {}, `GET ${ACCOUNT}/content_publishing_limit`, { fields: 'quota_usage,config' }],
		[
			'getInsights',
			{ metrics: ['likes', 'saves', 'likes'], ...from },
			INSIGHTS,
			{ metric: 'likes,saves', ...total, ...range },
		],
		[
			'getInsights',
			{ metrics: '={{ "likes,shares" }}', ...from },
			INSIGHTS,
			{ metric: 'likes,shares', ...total, ...range },
		],
		[
			'getInsights',
			{ metrics: ['reach', 'follower_count'], values: 'day', ...from },
			INSIGHTS,
			{ metric: 'reach,follower_count', period: 'day', metric_type: 'time_series', ...range },
		],
		[
			'getInsights',
			{ metrics: ['follower_demographics'], ...from },
			INSIGHTS,
			{
				metric: 'follower_demographics',
				period: 'lifetime',
				metric_type: 'total_value',
				timeframe: 'this_month',
				breakdown: 'country',
			},
		],
		[
			'getInsights',
			{ metrics: ['online_followers'], ...from },
			INSIGHTS,
			{ metric: 'online_followers', period: 'lifetime', ...range },
		],
		[
			'getInsights',
			{ metrics: ['likes'], options: { breakDownBy: ['media_product_type', 'contact_button_type'] }, ...from },
			INSIGHTS,
			{ metric: 'likes', ...total, ...range, breakdown: 'media_product_type' },
		],
	];
	const facebook: Row[] = [
		[
			'get',
			{},
			`GET ${ACCOUNT}`,
			{ fields: 'id,biography,followers_count,follows_count,media_count,name,profile_picture_url,username,website' },
		],
		[
			'discover',
			{ username: ' @bluebottle ' },
			`GET ${ACCOUNT}`,
			{
				fields:
					'business_discovery.username(bluebottle){id,biography,followers_count,follows_count,media_count,name,profile_picture_url,username,website}',
			},
		],
	];

	it.each([...both, ...facebook])('account: %s %j', async (...row) => {
		await expectRequest('account', row, { data: [] });
	});

	it.each(both)('account: %s %j, with Instagram Login', async (...row) => {
		await expectInstagramRequest('account', row, { data: [] });
	});

	it('asks for the kind of account with Instagram Login only', async () => {
		const { calls, all } = await servedAsInstagram('account', 'get', {}, { id: 'app-scoped', username: 'b' });
		expect(contentOf(calls[0])).toEqual({
			fields:
				'id,biography,followers_count,follows_count,media_count,name,profile_picture_url,username,website,account_type',
		});
		expect(all[0].id).toBe(ACCOUNT.slice(1));
	});

	it('looks for the kind of post before its numbers, and asks only for what it has', async () => {
		const { calls } = await served('post', 'getInsights', { postId: byId('1789') }, ({ path }: Received) =>
			path.endsWith('/insights') ? { body: { data: [] } } : { body: { id: '1789', media_product_type: 'STORY' } },
		);
		expect(calls.map((call) => [line(call), contentOf(call), proofIn(call) === placeOfProof(call)])).toEqual([
			['GET /1789', { fields: 'id,media_product_type' }, true],
			[
				'GET /1789/insights',
				{
					metric:
						'facebook_views,follows,link_clicks,navigation,profile_activity,profile_visits,reach,replies,reposts,shares,total_interactions,total_views,views',
				},
				true,
			],
		]);
	});

	it('reads pages of another business by cursor, until one is empty', async () => {
		const { calls, all } = await served(
			'account',
			'discover',
			{ username: 'b', about: 'posts', returnAll: true, postFields: ['caption'] },
			({ query }: Received) => ({
				body: {
					business_discovery: {
						media: query.fields.includes('after(C1)')
							? { data: [] }
							: { data: [{ id: '1' }], paging: { cursors: { after: 'C1' } } },
					},
				},
			}),
		);
		expect(all).toEqual([{ id: '1', caption: null }]);
		expect(calls.map(({ query }) => query.fields)).toEqual([
			'business_discovery.username(b){media.limit(50){id,caption}}',
			'business_discovery.username(b){media.limit(50).after(C1){id,caption}}',
		]);
	});
});

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
		const { credentials } = newLogin([BAKERY], {}, { clientId: '830001' });
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
		expect(error?.message).toBe('Meta refused a value of this request');
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

describe('the time that is covered', () => {
	const rangeOf = async (more: object) => {
		const { calls, error } = await served('account', 'getInsights', { metrics: ['likes'], ...more }, { data: [] });
		return { error, since: Number(calls[0]?.query.since), until: Number(calls[0]?.query.until), calls };
	};

	it.each([
		['last24Hours', 1],
		['last7Days', 7],
		['last28Days', 28],
		['yesterday', 1],
	])('%s', async (timeRange, days) => {
		const { since, until } = await rangeOf({ timeRange });
		// A day on which clocks change is an hour longer or shorter.
		expect(Math.abs(until - since - days * 86_400)).toBeLessThanOrEqual(timeRange === 'yesterday' ? 3600 : 0);
		const age = Date.now() / 1000 - until;
		expect(age).toBeGreaterThan(-5);
		expect(age).toBeLessThan(timeRange === 'yesterday' ? 86_400 : 5);
	});

	it('ends now when no end is given', async () => {
		const { since, until } = await rangeOf({
			timeRange: 'custom',
			since: new Date(Date.now() - 7_200_000).toISOString(),
		});
		expect(Math.abs(until - Date.now() / 1000)).toBeLessThan(5);
		expect(Math.round((until - since) / 60)).toBe(120);
	});

	it.each([
		[{ timeRange: 'custom' }, '"From" is empty'],
		[{ timeRange: 'custom', since: '2026-02-02', until: '2026-02-02' }, 'The time range ends before it begins'],
		[{ timeRange: 'custom', since: '2026-01-01', until: '2026-02-02' }, 'The time range is longer than 30 days'],
		[{ metrics: '={{ [] }}' }, '"Metrics" is empty'],
	])('%j is refused before any call', async (more, message) => {
		const { error, calls } = await rangeOf(more);
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
		expect(calls).toEqual([]);
	});
});
