import type { Connection } from '../connection';
import type { Failure } from '../errors/metaError';
import type { LimitScope } from '../errors/table';

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

/** Distance between two calls at a share of the budget: 0.2 seconds at 85 percent, 1.3 at 90, 4 at 95. */
export function gapAt(percent: number): number {
	return WIDEST_GAP_MS * Math.min(1, Math.max(0, percent - NEAR_END_PERCENT) / (100 - NEAR_END_PERCENT)) ** 3;
}

/** Distance that calls on a budget keep now, in milliseconds. */
export function gapOf({ percent, refusals, toldAt }: Budget, now: number): number {
	const share = now - toldAt < SHARE_LIFE_MS ? gapAt(percent) : 0;
	return refusals > 0 ? Math.max(PROBE_GAP_MS, share) : share;
}

/** Meta counts what has to do with messages apart from the rest. */
const MESSAGING = /\/(conversations|messages|message_attachments|messenger_profile|\w+_thread_control)$/;

/** Whose budgets a call uses up: the app's, the login's, and that of the account for this kind of call. */
export function keysOf(
	{ appId, loginKey, versionedUrl }: Connection,
	signAs: string,
	path: string,
): Record<LimitScope, string> {
	const app = `${versionedUrl} ${appId || loginKey}`;
	const account = /^\d/.test(signAs) ? signAs : `${loginKey} ${signAs}`;
	return {
		app,
		login: `${app} ${loginKey}`,
		account: `${app} ${account} ${MESSAGING.test(path) ? 'messages' : 'rest'}`,
	};
}

/** The budgets of these keys that are worth a thought. */
export function knownBudgets(keys: string[]): Budget[] {
	return keys.flatMap((key) => budgets.get(key) ?? []);
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

/** Closes a budget after a refusal. @param leftAt when the refused call left, in milliseconds since 1970 */
export function closeBudget(key: string, failure: Failure, leftAt: number): void {
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
}

/** Takes note of a share that an answer told, where it is high or was. */
export function noteShare(key: string, percent: number | undefined, leftAt: number): void {
	if (percent === undefined || (percent < NEAR_END_PERCENT && !budgets.has(key))) return;
	const now = Date.now();
	const budget = budgetOf(key);
	Object.assign(budget, { percent, toldAt: now, leftAt: Math.max(budget.leftAt, leftAt) });
}

/** Opens a budget again after a call that Meta took; what has room left is forgotten. */
export function reopenBudget(key: string, leftAt: number): void {
	const budget = budgets.get(key);
	if (!budget) return;
	if (leftAt >= budget.refusedAt) Object.assign(budget, { refusals: 0, closedUntil: 0 });
	if (budget.refusals === 0 && budget.percent < NEAR_END_PERCENT) budgets.delete(key);
}
