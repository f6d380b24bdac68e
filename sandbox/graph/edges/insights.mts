import { DAY_MS, graphTime } from '../../world/clock.mts';
import { FEWEST_VIEWERS } from '../../world/media.mts';
import type { Account, Media } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { ACCOUNT_METRICS, checkMetrics, MEDIA_BREAKDOWNS, mediaMetrics } from './insightRules.mts';
import { readEnum } from '../engine/params.mts';

const SCOPES = ['instagram_basic', 'instagram_manage_insights'];
const MAX_RANGE_MS = 30 * DAY_MS;

const names = (call: Call, name: string): string[] => ((call.params[name] as unknown[] | undefined) ?? []).map(String);

/** A steady number per name, so that answers can be compared. */
const figure = (name: string): number => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);

const titleOf = (metric: string): string => {
	const words = metric.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
};

const totalValue = (metric: string, breakdowns: string[]) => ({
	value: figure(metric),
	...(breakdowns.length > 0 && {
		breakdowns: [
			{
				dimension_keys: breakdowns,
				results: [{ dimension_values: breakdowns.map(() => 'OTHER'), value: figure(metric) }],
			},
		],
	}),
});

/** Days end at seven in the morning, UTC ("periods ending on UTC−07:00"). */
const DAY_END_MS = 7 * 3_600_000;

/** Without a range Meta tells "yesterday through today", which is two days. */
const rangeOf = (call: Call): { since: number; until: number } => {
	const { since: from, until: to } = call.params as { since?: number; until?: number };
	const until = to ?? call.world.clock.now();
	const since = from ?? until - (to === undefined ? 2 : 1) * DAY_MS;
	if (since > until || until - since > MAX_RANGE_MS) throw invalidParam('Params since and until span at most 30 days');
	return { since, until };
};

/** Ends of the days that are over within a range, at least of the one that it is part of. */
const dayEnds = ({ since, until }: { since: number; until: number }): number[] => {
	const first = (Math.floor((since - DAY_END_MS) / DAY_MS) + 1) * DAY_MS + DAY_END_MS;
	const days = Math.max(1, Math.floor((until - first) / DAY_MS) + 1);
	return Array.from({ length: days }, (_, day) => first + day * DAY_MS);
};

/** Made-up numbers of one day; followers who are online are told by hour. */
const dayValue = (call: Call, metric: string, day: number): unknown => {
	if (metric !== 'online_followers') return figure(metric) + day;
	if (call.world.settings.onlineFollowers === 'empty') return {};
	return Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [String(hour), figure(metric) + day + hour]));
};

const accountInsights = (call: Call, account: Account): unknown => {
	const metrics = names(call, 'metric');
	checkMetrics(metrics, Object.keys(ACCOUNT_METRICS));
	const [period] = names(call, 'period').map((one) =>
		readEnum('period', one, ['day', 'week', 'days_28', 'month', 'lifetime', 'total_over_range']),
	);
	const type = readEnum('metric_type', call.params.metric_type, ['default', 'time_series', 'total_value']);
	const timeframe = readEnum('timeframe', call.params.timeframe, ['this_month', 'this_week']);
	const breakdowns = names(call, 'breakdown');
	const ends = dayEnds(rangeOf(call));
	return {
		data: metrics.flatMap((metric): Array<Record<string, unknown>> => {
			const rule = ACCOUNT_METRICS[metric];
			if (period !== rule.period && !(metric === 'reach' && (period === 'week' || period === 'days_28'))) {
				throw invalidParam(`The period ${period} does not fit the metric ${metric}`);
			}
			if (rule.demographic === 'inTimeframe' && timeframe === undefined)
				throw invalidParam(`The metric ${metric} needs a timeframe`);
			if (rule.types.length > 0 && !rule.types.includes('time_series') && type !== 'total_value') {
				throw invalidParam(`The metric ${metric} needs metric_type=total_value`);
			}
			if (breakdowns.some((one) => !rule.breakdowns.includes(one))) {
				throw new GraphError({ code: 1, status: 500, message: 'An unknown error has occurred' });
			}
			if ((rule.demographic || metric === 'follower_count' || metric === 'online_followers') && account.followers < 100)
				return [];
			const facts = {
				name: metric,
				period,
				title: titleOf(metric),
				description: `${titleOf(metric)} of the account.`,
				id: `${account.id}/insights/${metric}/${period}`,
			};
			if (type === 'total_value' && rule.types.includes('total_value'))
				return [{ ...facts, total_value: totalValue(metric, breakdowns) }];
			const values = ends.map((end, day) => ({ value: dayValue(call, metric, day), end_time: graphTime(end) }));
			return [{ ...facts, values }];
		}),
	};
};

const mediaInsights = (call: Call, media: Media): unknown => {
	if (media.isChild) throw invalidParam('Carousel children have no insights');
	if (media.productType === 'LIVE') throw invalidParam('Live media have no insights');
	const metrics = names(call, 'metric');
	checkMetrics(metrics, mediaMetrics(media.productType, call.login));
	const breakdowns = names(call, 'breakdown');
	if (media.productType === 'STORY') {
		if (call.world.clock.now() - media.at > DAY_MS) return { data: [] };
		if (media.viewers < FEWEST_VIEWERS)
			throw new GraphError({
				code: 10,
				message: '(#10) Too few people have seen this story to show its insights',
			});
	}
	return {
		data: metrics.map((metric) => {
			if (breakdowns.some((one) => MEDIA_BREAKDOWNS[metric] !== one))
				throw invalidParam(`The breakdown does not fit the metric ${metric}`);
			const facts = {
				name: metric,
				period: 'lifetime',
				title: titleOf(metric),
				description: `${titleOf(metric)} of the post.`,
				id: `${media.id}/insights/${metric}/lifetime`,
			};
			return breakdowns.length > 0
				? { ...facts, total_value: totalValue(metric, breakdowns) }
				: { ...facts, values: [{ value: figure(metric) }] };
		}),
	};
};

/**
 * Insights: Meta's rules about what may be asked, with made-up steady numbers.
 * @see https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights
 * @see https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights
 */
export const insightEndpoints: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: 'insights',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {
			metric: 'list!',
			period: 'list!',
			metric_type: 'string',
			timeframe: 'string',
			breakdown: 'list',
			since: 'datetime',
			until: 'datetime',
		},
		run: accountInsights,
	}),
	endpoint({
		on: 'media',
		edge: 'insights',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: { metric: 'list!', period: 'list', breakdown: 'list' },
		run: mediaInsights,
	}),
];
