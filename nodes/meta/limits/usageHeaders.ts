import { jsonParse, type IDataObject } from 'n8n-workflow';
import type { Connection } from '../connection';

/** Shares of a budget, in percent. graph.instagram.com calls its own `call_volume` and `cpu_time`. */
const SHARES = ['call_count', 'total_time', 'total_cputime', 'call_volume', 'cpu_time'] as const;

type Usage = Partial<Record<(typeof SHARES)[number] | 'estimated_time_to_regain_access', number>> | null;

/** A proxy may cut a long header: what cannot be read must not hide the answer that it came with. */
function readHeader<T extends object>(header: unknown): Partial<T> {
	if (typeof header !== 'string' || !header.startsWith('{')) return {};
	return jsonParse<Partial<T>>(header, { fallbackValue: {} });
}

const percentOf = (usage: Usage): number => Math.max(0, ...SHARES.map((share) => Number(usage?.[share]) || 0));

/** Share of the app's budget that is used, in percent; `undefined` where Meta does not tell. */
export function readAppUsage(headers: IDataObject | undefined): number | undefined {
	const app = readHeader<NonNullable<Usage>>(headers?.['x-app-usage']);
	return Object.keys(app).length > 0 ? percentOf(app) : undefined;
}

/** Share and wait of the account that a call was made for, of all objects that a header may name. */
export function readAccountUsage(
	headers: IDataObject | undefined,
	{ reach }: Connection,
	signAs: string,
): { percent?: number; waitMinutes?: number } {
	const all = readHeader<Record<string, Usage[]>>(headers?.['x-business-use-case-usage']);
	const own = reach.accounts
		.filter(({ id, pageId }) => [id, pageId].includes(signAs))
		.flatMap(({ id, pageId = id }) => [id, pageId]);
	const named = own.filter((id) => all[id]);
	const usages = (named.length > 0 ? named.map((id) => all[id]) : Object.values(all)).flat() as Usage[];
	if (usages.length === 0) return {};
	const waitMinutes =
		Math.max(0, ...usages.map((usage) => Number(usage?.estimated_time_to_regain_access) || 0)) || undefined;
	return { percent: Math.max(...usages.map(percentOf)), waitMinutes };
}

/** Minutes until Meta takes calls for an account again, as far as an answer tells. */
export function waitMinutesOf(headers: IDataObject, connection: Connection, signAs: string): number | undefined {
	return readAccountUsage(headers, connection, signAs).waitMinutes;
}
