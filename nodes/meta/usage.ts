import { jsonParse, sleep, type IDataObject } from 'n8n-workflow';
import type { Connection } from './context';
import type { LimitScope } from './errorTable';
import { explain, type Failure } from './errors/metaError';

/** What a call may use up: a share that Meta's headers tell, and the time for which Meta refuses. */
type Budget = {
	/** Share used, in percent, and when Meta told it, in milliseconds since 1970. */
	percent: number;
	toldAt: number;
	/** When the last call left. */
	leftAt: number;
	/** Refusals in a row; 0 once a call is answered again. */
	refusals: number;
	refusal: Failure;
	/** When Meta refused first and last in this row, in milliseconds since 1970. */
	refusedSince: number;
	refusedAt: number;
	/** Until when no call leaves. */
	closedUntil: number;
};

/** Budgets that are worth a thought, within one process: of those with room left, nothing is kept. */
const budgets = new Map<string, Budget>();

/** From this share on calls leave further and further apart; below it they cost nothing. */
const NEAR_END_PERCENT = 80;
/** Distance between calls when everything is used up, in milliseconds. */
const WIDEST_GAP_MS = 10_000;
/** A share that no answer has told again for so long does not count any more, in milliseconds. */
const SHARE_LIFE_MS = 60_000;
/** After a refusal, calls leave one by one until one is answered. */
const PROBE_GAP_MS = 1000;
/** Pauses after refusals for which Meta names no time, in milliseconds: each is twice the one before. */
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 300_000;
/** A cancelled execution is noticed after this long, in milliseconds. */
const SLICE_MS = 1000;

/** Distance between two calls at a share of the budget: 0.2 seconds at 85 percent, 1.3 at 90, 4 at 95. */
export const gapAt = (percent: number): number =>
	WIDEST_GAP_MS * Math.min(1, Math.max(0, percent - NEAR_END_PERCENT) / (100 - NEAR_END_PERCENT)) ** 3;

function gapOf({ percent, refusals, toldAt }: Budget, now: number): number {
	const share = now - toldAt < SHARE_LIFE_MS ? gapAt(percent) : 0;
	return refusals > 0 ? Math.max(PROBE_GAP_MS, share) : share;
}

function budgetOf(key: string): Budget {
	const budget = budgets.get(key) ?? {
		percent: 0,
		toldAt: 0,
		leftAt: 0,
		refusals: 0,
		refusal: { status: 0 },
		refusedSince: 0,
		refusedAt: 0,
		closedUntil: 0,
	};
	budgets.set(key, budget);
	return budget;
}

type Usage = {
	call_count?: number;
	total_time?: number;
	total_cputime?: number;
	estimated_time_to_regain_access?: number;
} | null;

/** A proxy may cut a long header: what cannot be read must not hide the answer that it came with. */
function readHeader<T extends object>(header: unknown): Partial<T> {
	if (typeof header !== 'string' || !header.startsWith('{')) return {};
	return jsonParse<Partial<T>>(header, { fallbackValue: {} });
}

const percentOf = (usage: Usage): number =>
	Math.max(0, ...[usage?.call_count, usage?.total_time, usage?.total_cputime].map((share) => Number(share) || 0));

/** Share and wait of the account that a call was made for, of all objects that a header may name. */
function readAccountUsage(
	headers: IDataObject | undefined,
	{ reach }: Connection,
	as: string,
): { percent?: number; waitMinutes?: number } {
	const all = readHeader<Record<string, Usage[]>>(headers?.['x-business-use-case-usage']);
	const own = reach.accounts
		.filter(({ id, pageId }) => [id, pageId].includes(as))
		.flatMap(({ id, pageId = id }) => [id, pageId]);
	const named = own.filter((id) => all[id]);
	const usages = (named.length > 0 ? named.map((id) => all[id]) : Object.values(all)).flat() as Usage[];
	if (usages.length === 0) return {};
	const waitMinutes =
		Math.max(0, ...usages.map((usage) => Number(usage?.estimated_time_to_regain_access) || 0)) || undefined;
	return { percent: Math.max(...usages.map(percentOf)), waitMinutes };
}

/** Minutes until Meta takes calls for an account again, as far as an answer tells. */
export const waitMinutesOf = (headers: IDataObject, connection: Connection, as: string): number | undefined =>
	readAccountUsage(headers, connection, as).waitMinutes;

/** Meta counts what has to do with messages apart from the rest. */
const MESSAGING = /\/(conversations|messages|message_attachments|messenger_profile|\w+_thread_control)$/;

/** Whose budgets a call uses up: the app's, the login's, and that of the account for this kind of call. */
function keysOf({ appId, mark, versionedUrl }: Connection, as: string, path: string): Record<LimitScope, string> {
	const app = `${versionedUrl} ${appId || mark}`;
	const account = /^\d/.test(as) ? as : `${mark} ${as}`;
	return { app, login: `${app} ${mark}`, account: `${app} ${account} ${MESSAGING.test(path) ? 'messages' : 'rest'}` };
}

/** What a call that wants to leave is told. */
export type Passage = {
	/** Meta's refusal of this call or of another one on the same budget; then the call must not leave. */
	refusal?: Failure;
	/** The call had to wait until Meta takes calls again. */
	wasClosed: boolean;
	/** The execution was cancelled while the call waited. */
	isCancelled: boolean;
};

/** Keeps one call within the budgets that Meta counts it on. */
export type Gate = {
	/** Waits until the call may leave; at once while there is room. */
	pass: () => Promise<Passage>;
	/** Takes note of an answer. */
	heard: (answer: { headers?: IDataObject; failure?: Failure }) => void;
};

/** What tells how long a call may wait, and when nobody wants it any more. */
export type Waiting = {
	/** Longest wait until Meta takes calls again, in milliseconds; without it the call never waits for budgets. */
	patienceMs?: number;
	signal?: AbortSignal;
};

/**
 * The gate of one call with its repeats. A call that may not wait is refused here while Meta takes none: calling on would
 * make Meta's wait longer.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function gateOf(
	connection: Connection,
	{ as, path }: { as: string; path: string },
	{ patienceMs, signal }: Waiting,
): Gate {
	const keys = keysOf(connection, as, path);
	const began = Date.now();
	const mine = () => Object.values(keys).flatMap((key) => budgets.get(key) ?? []);
	let leftAt = began;

	const closedFor = (now: number): Failure | undefined => {
		// A pause that Meta did not name holds up those alone who can wait for its end.
		const isTooLong = ({ closedUntil, refusal, refusedSince }: Budget) =>
			patienceMs === undefined
				? refusal.waitMinutes !== undefined
				: closedUntil > Math.max(began, refusedSince) + patienceMs;
		const closed = mine().find((budget) => budget.closedUntil > now && isTooLong(budget));
		if (!closed) return undefined;
		const { closedUntil, refusal } = closed;
		return { ...refusal, ...(refusal.waitMinutes ? { waitMinutes: Math.ceil((closedUntil - now) / 60_000) } : {}) };
	};

	const pass = async (): Promise<Passage> => {
		for (let wasClosed = false; ; ) {
			const now = Date.now();
			const refusal = closedFor(now);
			if (refusal) return { refusal, wasClosed, isCancelled: false };
			const used = patienceMs === undefined ? [] : mine();
			const closedMs = Math.max(0, ...used.map(({ closedUntil }) => closedUntil - now));
			const gapMs = Math.max(0, ...used.map((budget) => budget.leftAt + gapOf(budget, now) - now));
			if (closedMs === 0 && gapMs === 0) {
				leftAt = now;
				for (const budget of mine()) budget.leftAt = now;
				return { wasClosed, isCancelled: false };
			}
			if (signal?.aborted) return { wasClosed, isCancelled: true };
			wasClosed ||= closedMs > 0;
			await sleep(Math.min(Math.max(closedMs, gapMs), SLICE_MS));
		}
	};

	const refuse = (key: string, failure: Failure) => {
		const now = Date.now();
		const budget = budgetOf(key);
		// Calls that were under way together are refused together: that counts once.
		const isNew = budget.refusals === 0 || leftAt >= budget.refusedAt;
		const pauseMs = failure.waitMinutes
			? failure.waitMinutes * 60_000
			: Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** budget.refusals);
		const refusedSince = budget.refusals === 0 ? now : budget.refusedSince;
		if (isNew)
			Object.assign(budget, {
				refusals: budget.refusals + 1,
				refusedSince,
				refusedAt: now,
				refusal: failure,
				closedUntil: now + pauseMs,
			});
		else if (failure.waitMinutes)
			Object.assign(budget, { refusal: failure, closedUntil: Math.max(budget.closedUntil, now + pauseMs) });
	};

	const tellShare = (key: string, percent: number | undefined) => {
		if (percent === undefined || (percent < NEAR_END_PERCENT && !budgets.has(key))) return;
		const now = Date.now();
		const budget = budgetOf(key);
		Object.assign(budget, { percent, toldAt: now, leftAt: Math.max(budget.leftAt, leftAt) });
	};

	const heard: Gate['heard'] = ({ failure, headers }) => {
		const app = readHeader<NonNullable<Usage>>(headers?.['x-app-usage']);
		tellShare(keys.app, Object.keys(app).length > 0 ? percentOf(app) : undefined);
		// Meta tells nothing of an account that has used little.
		tellShare(keys.account, readAccountUsage(headers, connection, as).percent ?? (failure ? undefined : 0));
		const scope = failure?.error && explain(failure.error)?.limits;
		if (scope) {
			refuse(keys[scope], failure);
			return;
		}
		const isMetas = !failure || failure.error !== undefined;
		for (const key of Object.values(keys)) {
			const budget = budgets.get(key);
			if (!budget || !isMetas) continue;
			if (leftAt >= budget.refusedAt) Object.assign(budget, { refusals: 0, closedUntil: 0 });
			if (budget.refusals === 0 && budget.percent < NEAR_END_PERCENT) budgets.delete(key);
		}
	};
	return { pass, heard };
}
