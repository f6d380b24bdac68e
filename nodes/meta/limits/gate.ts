import { sleep, type IDataObject } from 'n8n-workflow';
import type { Connection, Patience } from '../connection';
import { explain, type Failure } from '../errors/metaError';
import { closeBudget, closeCallBudget, gapOf, knownBudgets, noteShare, reopenBudget, type Budget } from './budgets';
import { keysOf, type CountedCall } from './owners';
import { readAccountUsage, readAppUsage } from './usageHeaders';

/** A cancelled execution is noticed after this long, in milliseconds. */
const SLICE_MS = 1000;

/** What a call that wants to leave is told. */
type Passage = {
	/** Meta's refusal of this call or of another one on the same budget; then the call must not leave. */
	refusal?: Failure;
	/** The call had to wait until Meta takes calls again. */
	wasClosed: boolean;
	/** The execution was cancelled: the call must not leave. */
	isCancelled: boolean;
};

/** Keeps one call within the budgets that Meta counts it on. */
export type Gate = {
	/** Waits until the call may leave; at once while there is room, or when the execution is cancelled. */
	wait: () => Promise<Passage>;
	/** Takes note of an answer. */
	record: (answer: { headers?: IDataObject; failure?: Failure }) => void;
};

/** Takes a wait from what is left of it. Calls of one item that wait side by side use it up once. */
function spend(patience: Patience, from: number, until: number): void {
	const uncounted = until - Math.max(from, patience.countedUntil);
	if (uncounted <= 0) return;
	patience.leftMs -= uncounted;
	patience.countedUntil = until;
}

/**
 * The gate of one call with its repeats. A call that may not wait is refused here while Meta takes none: calling on would
 * make Meta's wait longer.
 * @param signal tells when nobody wants the call any more
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function gateOf(connection: Connection, call: CountedCall, signal?: AbortSignal): Gate {
	const { patience } = connection;
	const keys = keysOf(connection, call);
	const mine = () => knownBudgets(Object.values(keys));
	let leftAt = Date.now();

	const closedFor = (now: number): Failure | undefined => {
		// A pause that Meta did not name holds up those alone who can wait for its end.
		const isTooLong = ({ closedUntil, refusal }: Budget) =>
			patience === undefined ? refusal.waitMinutes !== undefined : closedUntil > now + patience.leftMs;
		const closed = mine().find((budget) => budget.closedUntil > now && isTooLong(budget));
		if (!closed) return undefined;
		const { closedUntil, refusal } = closed;
		return { ...refusal, ...(refusal.waitMinutes ? { waitMinutes: Math.ceil((closedUntil - now) / 60_000) } : {}) };
	};

	const wait = async (): Promise<Passage> => {
		for (let wasClosed = false; ; ) {
			if (signal?.aborted) return { wasClosed, isCancelled: true };
			const now = Date.now();
			const refusal = closedFor(now);
			if (refusal) return { refusal, wasClosed, isCancelled: false };
			const used = patience === undefined ? [] : mine();
			const closedMs = Math.max(0, ...used.map(({ closedUntil }) => closedUntil - now));
			const gapMs = Math.max(0, ...used.map((budget) => budget.leftAt + gapOf(budget, now) - now));
			if (closedMs === 0 && gapMs === 0) {
				leftAt = now;
				for (const budget of mine()) budget.leftAt = now;
				return { wasClosed, isCancelled: false };
			}
			wasClosed ||= closedMs > 0;
			await sleep(Math.min(Math.max(closedMs, gapMs), SLICE_MS));
			if (patience) spend(patience, now, Math.min(Date.now(), now + closedMs));
		}
	};

	const record: Gate['record'] = ({ failure, headers }) => {
		const { app, account, thread } = keys;
		noteShare(app, readAppUsage(headers), leftAt);
		// Meta tells nothing of an account that has used little.
		const { percent } = readAccountUsage(headers, connection, call.signAs);
		noteShare(account, percent ?? (failure ? undefined : 0), leftAt);
		const scope = failure?.error && explain(failure.error)?.limits;
		if (failure && scope === 'call') closeCallBudget(keys.call, thread, failure, leftAt);
		else if (failure && scope) closeBudget(keys[scope], failure, leftAt);
		else if (!failure || failure.error !== undefined)
			for (const key of Object.values(keys)) if (key !== undefined) reopenBudget(key, leftAt);
	};
	return { wait, record };
}
