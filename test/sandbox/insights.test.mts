import { BAKERY, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeAll(async () => {
	sandbox = await start();
	token = await sandbox.token('longUser');
});
afterAll(() => sandbox.close());

const account = (params: Json) => sandbox.graph('GET', `/${BAKERY.account}/insights`, token, params);

describe('account insights', () => {
	it('answers totals with breakdowns, and time series', async () => {
		const total = await account({
			metric: 'likes,reach',
			period: 'day',
			metric_type: 'total_value',
			breakdown: 'media_product_type',
		});
		expect(total.body.data.map(({ name }: Json) => name)).toEqual(['likes', 'reach']);
		expect(total.body.data[0].total_value.breakdowns[0].dimension_keys).toEqual(['media_product_type']);
		const series = await account({
			metric: 'reach',
			period: 'day',
			since: 1_795_000_000,
			until: 1_795_000_000 + 3 * 86_400,
		});
		expect(series.body.data[0].values).toHaveLength(3);
	});

	it.each([
		['a removed metric', { metric: 'impressions', period: 'day' }],
		['a missing period', { metric: 'reach' }],
		['a total metric as a series', { metric: 'likes', period: 'day' }],
		[
			'demographics without timeframe',
			{ metric: 'reached_audience_demographics', period: 'lifetime', metric_type: 'total_value' },
		],
		['more than 30 days', { metric: 'reach', period: 'day', since: 1_790_000_000, until: 1_795_000_000 }],
	])('refuses %s', async (_name, params) => {
		expect(refusal(await account(params))).toMatchObject({ status: 400, code: 100 });
	});
});

describe('media insights', () => {
	it('knows the metrics of each kind of post', async () => {
		const media = (await sandbox.graph('GET', `/${BAKERY.account}/media`, token)).body.data[0].id;
		const read = (metric: string) => sandbox.graph('GET', `/${media}/insights`, token, { metric });
		expect((await read('reach,saved')).body.data[0]).toMatchObject({
			name: 'reach',
			period: 'lifetime',
		});
		for (const metric of ['plays', 'navigation', 'reels_skip_rate'])
			expect(refusal(await read(metric))).toMatchObject({ code: 100 });
	});
});
