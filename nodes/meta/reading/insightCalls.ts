import { ACCOUNT_METRICS, type AccountMetric } from './metrics';
import type { InsightCall } from './insights';
import { daysOf, type Range } from './timeRange';

/** What the operator wants to know of an account. */
export type Wanted = {
	metrics: string[];
	range: Range;
	/** One number per day instead of one of the whole range. */
	isDaily: boolean;
	/** Dimensions by which numbers are split, where Meta can. */
	breakdowns: string[];
	/** Dimensions by which people are counted. */
	people: { by: string[]; timeframe: string };
};

/** What the table does not know is asked for as most metrics are. */
const metricOf = (name: string): AccountMetric =>
	ACCOUNT_METRICS.find((metric) => metric.name === name) ?? { name, description: '', kind: 'total' };

/** Puts calls that differ in their metrics only into one. */
function merge(calls: InsightCall[]): InsightCall[] {
	const merged = new Map<string, InsightCall>();
	for (const { metrics, query } of calls) {
		const key = JSON.stringify(query);
		merged.set(key, { metrics: [...(merged.get(key)?.metrics ?? []), ...metrics], query });
	}
	return [...merged.values()];
}

function callsOf(metric: AccountMetric, { range, isDaily, breakdowns, people }: Wanted): InsightCall[] {
	const ask = (query: InsightCall['query']): InsightCall => ({ metrics: [metric.name], query });
	const totals = (more: InsightCall['query'] = {}) =>
		(isDaily ? daysOf(range) : [range]).map((part) =>
			ask({ period: 'day', metric_type: 'total_value', ...part, ...more }),
		);
	if (metric.kind === 'people')
		return people.by.map((breakdown) =>
			ask({ period: 'lifetime', metric_type: 'total_value', timeframe: people.timeframe, breakdown }),
		);
	if (metric.kind === 'hours') return [ask({ period: 'lifetime', ...range })];
	const split = breakdowns.filter((breakdown) => metric.breakdowns?.includes(breakdown));
	// Meta takes one breakdown at a time for sure, and none with a series.
	if (split.length > 0) return split.flatMap((breakdown) => totals({ breakdown }));
	if (metric.kind === 'series' || (metric.kind === 'both' && isDaily))
		return [ask({ period: 'day', metric_type: 'time_series', ...range })];
	return totals();
}

/**
 * The calls that tell all that is wanted of an account, as few as Meta's rules allow: what differs in period, kind of
 * value, time or breakdown needs a call of its own.
 * @see https://developers.facebook.com/docs/instagram-platform/api-reference/instagram-user/insights
 */
export function insightCalls(wanted: Wanted): InsightCall[] {
	return merge([...new Set(wanted.metrics)].flatMap((name) => callsOf(metricOf(name), wanted)));
}
