/**
 * Logins whose list of accounts has to be read again, by the mark of their token: a node was asked for an account that
 * the stored list lacks. The credential looks here when n8n asks it, in the same process.
 */
const wanted = new Set<string>();
const askedAt = new Map<string, number>();

/** A workflow that names a wrong account a thousand times must not cost a thousand look-ups. */
const PAUSE_MS = 60_000;

/** Asks for a new list; `false` when that was done a moment ago. */
export function wantReach(mark: string, now: number): boolean {
	if (now - (askedAt.get(mark) ?? -Infinity) < PAUSE_MS) return false;
	askedAt.set(mark, now);
	wanted.add(mark);
	return true;
}

export const isReachWanted = (mark: string | undefined): boolean => mark !== undefined && wanted.has(mark);

/** The list was read, or could not be: either way, nobody asks again for it. */
export const settleReach = (mark: string | undefined): boolean => wanted.delete(mark ?? '');
