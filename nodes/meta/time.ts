/**
 * A time of a webhook as ISO 8601: milliseconds, seconds, or either as text (the dashboard's test button).
 * @returns `null` when there is none
 */
export function isoFromWebhook(time: unknown): string | null {
	const number = Number(time);
	if (!Number.isFinite(number) || number <= 0) return null;
	// Seconds stay below this until the year 5138, milliseconds passed it in 1973.
	const date = new Date(number < 1e11 ? number * 1000 : number);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Meta's `2026-11-21T10:15:30+0000` as ISO 8601 in UTC; anything else unchanged. */
export function isoFromGraph(time: unknown): string | null {
	const date = new Date(String(time));
	return Number.isNaN(date.getTime()) ? ((time as string) ?? null) : date.toISOString();
}
