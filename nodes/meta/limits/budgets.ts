import type { Failure } from '../errors/metaError';
import { Memory } from '../memory';
import { DAY_MS } from '../time';

/** What a call may use up: a share that Meta's headers tell, and the time for which Meta refuses. */
export type Budget = {
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
	/** Conversations that were refused since a call on this budget was answered, where Meta's number may mean them alone. */
	refusedThreads: Set<string>;
};

/** Budgets that are worth a thought, within one process: of those with room left, nothing is kept. Meta counts no longer than a day. */
const budgets = new Memory<Budget>(DAY_MS, 10_000);

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
/** So many conversations refused in a row, with nobody answered in between, are no matter of theirs any more. */
const THREADS_IN_A_ROW = 3;

/** Distance between two calls at a share of the budget: 0.2 seconds at 85 percent, 1.3 at 90, 4 at 95. */
export function gapAt(percent: number): number {
	return WIDEST_GAP_MS * Math.min(1, Math.max(0, percent - NEAR_END_PERCENT) / (100 - NEAR_END_PERCENT)) ** 3;
}

/** Distance that calls on a budget keep now, in milliseconds. */
export function gapOf({ percent, refusals, toldAt }: Budget, now: number): number {
	const share = now - toldAt < SHARE_LIFE_MS ? gapAt(percent) : 0;
	return refusals > 0 ? Math.max(PROBE_GAP_MS, share) : share;
}

/** The budgets of these keys that are worth a thought. */
export function knownBudgets(keys: Array<string | undefined>): Budget[] {
	return keys.flatMap((key) => (key === undefined ? [] : (budgets.get(key) ?? [])));
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
		refusedThreads: new Set<string>(),
	};
	budgets.set(key, budget);
	return budget;
}

/** Closes a budget after a refusal. @param leftAt when the refused call left, in milliseconds since 1970 */
export function closeBudget(key: string, failure: Failure, leftAt: number): void {
	const now = Date.now();
	const budget = budgetOf(key);
	// Calls that were under way together are refused together: that counts once.
	const isNew = budget.refusals === 0 || leftAt >= budget.refusedAt;
	const pauseMs = failure.waitMinutes
		? Math.min(DAY_MS, failure.waitMinutes * 60_000)
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
}

/**
 * Closes what a refusal of one kind of call is about. Meta limits the messages to one conversation with the same number as
 * those of the account: a conversation waits alone, unless others are refused as well and nobody is answered.
 * @param thread key of the conversation's own budget, for a message
 * @param leftAt when the refused call left, in milliseconds since 1970
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
 */
export function closeCallBudget(key: string, thread: string | undefined, failure: Failure, leftAt: number): void {
	if (thread !== undefined) {
		closeBudget(thread, failure, leftAt);
		const { refusedThreads } = budgetOf(key);
		refusedThreads.add(thread);
		if (refusedThreads.size < THREADS_IN_A_ROW) return;
	}
	closeBudget(key, failure, leftAt);
}

/** Takes note of a share that an answer told, where it is high or was. */
export function noteShare(key: string, percent: number | undefined, leftAt: number): void {
	if (percent === undefined || (percent < NEAR_END_PERCENT && !budgets.get(key))) return;
	const now = Date.now();
	const budget = budgetOf(key);
	Object.assign(budget, { percent, toldAt: now, leftAt: Math.max(budget.leftAt, leftAt) });
}

/** Opens a budget again after a call that Meta took; what has room left is forgotten. */
export function reopenBudget(key: string, leftAt: number): void {
	const budget = budgets.get(key);
	if (!budget) return;
	budget.refusedThreads.clear();
	if (leftAt >= budget.refusedAt) Object.assign(budget, { refusals: 0, closedUntil: 0 });
	if (budget.refusals === 0 && budget.percent < NEAR_END_PERCENT) budgets.delete(key);
}
