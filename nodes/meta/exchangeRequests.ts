/**
 * Logins whose list of accounts is being read again, by the mark of their token. The credential looks here when n8n
 * asks it, in the same process.
 */
const wanted = new Set<string>();

/** Asks the credential for a new list with the next call that provokes it. */
export const wantReach = (mark: string): Set<string> => wanted.add(mark);

export const isReachWanted = (mark: string | undefined): boolean => mark !== undefined && wanted.has(mark);

/** The list was read, or could not be: either way, nobody asks again for it. */
export const settleReach = (mark: string | undefined): boolean => wanted.delete(mark ?? '');
