import { guardNetwork, line, type Received } from '../../support/graph.mts';
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

describe('what leaves n8n', () => {
	// prettier-ignore
	const both: Row[] = [
		['get', { fields: ['username'] }, `GET ${ACCOUNT}`, { fields: 'id,username' }],
		['getPublishingLimit', {}, `GET ${ACCOUNT}/content_publishing_limit`, { fields: 'quota_usage,config' }],
		['getInsights', { metrics: ['likes', 'saves', 'likes'], ...from }, INSIGHTS, { metric: 'likes,saves', ...total, ...range }],
		['getInsights', { metrics: '={{ "likes,shares" }}', ...from }, INSIGHTS, { metric: 'likes,shares', ...total, ...range }],
		['getInsights', { metrics: ['reach', 'follower_count'], values: 'day', ...from }, INSIGHTS, { metric: 'reach,follower_count', period: 'day', metric_type: 'time_series', ...range }],
		['getInsights', { metrics: ['follower_demographics'], ...from }, INSIGHTS, { metric: 'follower_demographics', period: 'lifetime', metric_type: 'total_value', timeframe: 'this_month', breakdown: 'country' }],
		['getInsights', { metrics: ['online_followers'], ...from }, INSIGHTS, { metric: 'online_followers', period: 'lifetime', ...range }],
		['getInsights', { metrics: ['likes'], options: { breakDownBy: ['media_product_type', 'contact_button_type'] }, ...from }, INSIGHTS, { metric: 'likes', ...total, ...range, breakdown: 'media_product_type' }],
	];
	// prettier-ignore
	const facebook: Row[] = [
		['get', {}, `GET ${ACCOUNT}`, { fields: 'id,biography,followers_count,follows_count,media_count,name,profile_picture_url,username,website' }],
		['discover', { username: ' @bluebottle ' }, `GET ${ACCOUNT}`, { fields: 'business_discovery.username(bluebottle){id,biography,followers_count,follows_count,media_count,name,profile_picture_url,username,website}' }],
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
