import type { IDataObject } from 'n8n-workflow';
import { MetaError } from '../errors/metaError';
import { rowsOf } from '../graph/list';
import { DAY_MS, isoFromGraph } from '../time';
import { camelCase } from './tidy';
import type { GraphPath } from '../graph/path';

/** Metrics that Meta takes in one call, with everything else that the call says. */
export type InsightCall = { metrics: string[]; query: IDataObject };

/** What came of a call; a metric that Meta refused, or had nothing for, does not spoil the others. */
export type Told = {
	call: InsightCall;
	insights: IDataObject[];
	missing: Array<{ metric: string; note: string; error?: MetaError }>;
};

type Graph = (call: { method: 'GET'; path: GraphPath; query: IDataObject }) => Promise<IDataObject>;

/** Meta's numbers for an object that is not there, or is older than the professional account: no metric is at fault. */
const OBJECT_AT_FAULT = [33, 2108006];

/** Whether Meta refused what was asked, and not the login, the object or the moment. */
function isAboutMetric(error: unknown, { query }: InsightCall): error is MetaError {
	if (!(error instanceof MetaError) || !error.facts.error) return false;
	const { code, error_subcode: subcode = 0 } = error.facts.error;
	// A breakdown that does not fit the metric is answered with "unknown error".
	return (code === 100 && !OBJECT_AT_FAULT.includes(subcode)) || (code === 1 && query.breakdown !== undefined);
}

const isEmptyObject = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Whether there is anything in an insight; of numbers by hour Meta sends `{}` at times, for one day or for all. */
function hasNumbers(insight: IDataObject): boolean {
	const values = insight.values as IDataObject[] | undefined;
	return !values || values.length === 0 || !values.every(({ value }) => isEmptyObject(value));
}

const NO_DATA = 'Meta has no data for this: too few people, too new, or too long ago';

async function tell(graph: Graph, path: GraphPath, call: InsightCall): Promise<Told[]> {
	const { metrics, query } = call;
	try {
		const answer = await graph({ method: 'GET', path, query: { metric: metrics.join(','), ...query } });
		const insights = rowsOf(answer).filter(hasNumbers);
		const absent = metrics.filter((metric) => !insights.some(({ name }) => name === metric));
		return [{ call, insights, missing: absent.map((metric) => ({ metric, note: NO_DATA })) }];
	} catch (error) {
		if (!isAboutMetric(error, call)) throw error as Error;
		if (metrics.length === 1)
			return [
				{
					call,
					insights: [],
					missing: [{ metric: metrics[0], note: `${error.message}. ${error.description ?? ''}`.trim(), error }],
				},
			];
		const told: Told[] = [];
		for (const metric of metrics) told.push(...(await tell(graph, path, { metrics: [metric], query })));
		return told;
	}
}

/**
 * Makes one call after the other. Where Meta refuses several metrics at once, they are asked one by one.
 * @throws MetaError when Meta refused all of them, or something else is wrong
 */
export async function askInsights(graph: Graph, path: GraphPath, calls: InsightCall[]): Promise<Told[]> {
	const told: Told[] = [];
	for (const call of calls) told.push(...(await tell(graph, path, call)));
	const refusals = told.flatMap(({ missing }) => missing.map(({ error }) => error));
	if (refusals.length > 0 && refusals.every(Boolean) && told.every(({ insights }) => insights.length === 0))
		throw refusals[0] as MetaError;
	return told;
}

const DAYS: Record<string, number> = { day: 1, week: 7, days_28: 28 };

/** One number: what, how much, of what time, and of which part where it is broken down. */
type Cell = {
	metric: string;
	value: unknown;
	period: string;
	since: string | null;
	until: string | null;
	breakdown: string | null;
	segment: string | null;
};

type Breakdown = { dimension_keys?: string[]; results?: Array<{ dimension_values?: string[]; value?: unknown }> };

const isoFromSeconds = (seconds: unknown): string | null =>
	seconds === undefined ? null : new Date(Number(seconds) * 1000).toISOString();

function totalCells(totalValue: IDataObject, cell: Cell): Cell[] {
	const parts = ((totalValue.breakdowns ?? []) as Breakdown[]).flatMap(({ dimension_keys: keys = [], results = [] }) =>
		results.map(({ dimension_values: values = [], value }) => ({
			...cell,
			value: value ?? null,
			breakdown: keys.map(camelCase).join(', '),
			segment: values.join(', '),
		})),
	);
	return parts.length > 0 ? parts : [{ ...cell, value: totalValue.value ?? null }];
}

function seriesCells(values: IDataObject[], cell: Cell): Cell[] {
	return values.flatMap(({ value, end_time: endTime }): Cell[] => {
		const end = isoFromGraph(endTime);
		const days = DAYS[cell.period];
		const time = end
			? { since: days ? new Date(Date.parse(end) - days * DAY_MS).toISOString() : null, until: end }
			: {};
		// Numbers by hour come as an object.
		if (isEmptyObject(value)) return [{ ...cell, ...time }];
		if (typeof value === 'object' && value !== null) {
			return Object.entries(value).map(([hour, count]) => ({
				...cell,
				...time,
				value: count as unknown,
				breakdown: 'hour',
				segment: hour,
			}));
		}
		return [{ ...cell, ...time, value: value ?? null }];
	});
}

/** The numbers of an answer as rows of a table: one per metric, time and part. */
export function cellsOf({ call: { query }, insights }: Told): Cell[] {
	return insights.flatMap((insight) => {
		const cell: Cell = {
			metric: String(insight.name),
			value: null,
			period: String(query.timeframe ?? insight.period ?? 'lifetime'),
			since: isoFromSeconds(query.since),
			until: isoFromSeconds(query.until),
			breakdown: null,
			segment: null,
		};
		const totalValue = insight.total_value as IDataObject | undefined;
		if (totalValue) return totalCells(totalValue, cell);
		const values = (insight.values ?? []) as IDataObject[];
		return values.length > 0 ? seriesCells(values, cell) : [cell];
	});
}
