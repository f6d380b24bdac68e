/** A range of time in seconds since 1970. */
export type Range = { since: number; until: number };

export const DAY_SECONDS = 86_400;

/** Ranges that end now, by their length in days. */
const LENGTHS: Record<string, number> = { last24Hours: 1, last7Days: 7, last28Days: 28 };

/** A range of the given name; `undefined` for one that is not counted back from now. */
export function rangeUntilNow(name: string, now: number): Range | undefined {
	return name in LENGTHS ? { since: now - LENGTHS[name] * DAY_SECONDS, until: now } : undefined;
}

/** Cuts a range into days, the first one beginning where the range does; the last may be shorter. */
export function daysOf({ since, until }: Range): Range[] {
	const count = Math.max(1, Math.ceil((until - since) / DAY_SECONDS));
	return Array.from({ length: count }, (_, day) => ({
		since: since + day * DAY_SECONDS,
		until: Math.min(until, since + (day + 1) * DAY_SECONDS),
	}));
}
