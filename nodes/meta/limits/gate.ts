import { sleep, type IDataObject } from 'n8n-workflow';
import type { Connection } from '../connection';
import { explain, type Failure } from '../errors/metaError';
import { gapOf, keysOf, knownBudgets, closeBudget, noteShare, reopenBudget, type Budget } from './budgets';
import { readAccountUsage, readAppUsage } from './usageHeaders';

/** A cancelled execution is noticed after this long, in milliseconds. */
const SLICE_MS = 1000;

/** What a call that wants to leave is told. */
type Passage = {
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
	wait: () => Promise<Passage>;
	/** Takes note of an answer. */
	record: (answer: { headers?: IDataObject; failure?: Failure }) => void;
};

/** What tells how long a call may wait, and when nobody wants it any more. */
export type Waiting = {
	/** Longest wait until Meta takes calls again, in milliseconds; without it the call never waits for budgets. */
	maxWaitMs?: number;
	signal?: AbortSignal;
};

/**
 * The gate of one call with its repeats. A call that may not wait is refused here while Meta takes none: calling on would
 * make Meta's wait longer.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function gateOf(
	connection: Connection,
	{ signAs, path }: { signAs: string; path: string },
	{ maxWaitMs, signal }: Waiting,
): Gate {
	const keys = keysOf(connection, signAs, path);
	const began = Date.now();
	const mine = () => knownBudgets(Object.values(keys));
	let leftAt = began;

	const closedFor = (now: number): Failure | undefined => {
		// A pause that Meta did not name holds up those alone who can wait for its end.
		const isTooLong = ({ closedUntil, refusal, refusedSince }: Budget) =>
			maxWaitMs === undefined
				? refusal.waitMinutes !== undefined
				: closedUntil > Math.max(began, refusedSince) + maxWaitMs;
		const closed = mine().find((budget) => budget.closedUntil > now && isTooLong(budget));
		if (!closed) return undefined;
		const { closedUntil, refusal } = closed;
		return { ...refusal, ...(refusal.waitMinutes ? { waitMinutes: Math.ceil((closedUntil - now) / 60_000) } : {}) };
	};

	const wait = async (): Promise<Passage> => {
		for (let wasClosed = false; ; ) {
			const now = Date.now();
			const refusal = closedFor(now);
			if (refusal) return { refusal, wasClosed, isCancelled: false };
			const used = maxWaitMs === undefined ? [] : mine();
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

	const record: Gate['record'] = ({ failure, headers }) => {
		noteShare(keys.app, readAppUsage(headers), leftAt);
		// Meta tells nothing of an account that has used little.
		noteShare(keys.account, readAccountUsage(headers, connection, signAs).percent ?? (failure ? undefined : 0), leftAt);
		const scope = failure?.error && explain(failure.error)?.limits;
		if (scope) closeBudget(keys[scope], failure, leftAt);
		else if (!failure || failure.error !== undefined) for (const key of Object.values(keys)) reopenBudget(key, leftAt);
	};
	return { wait, record };
}
