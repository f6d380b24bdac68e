/** Milliseconds of a day. */
export const DAY_MS = 86_400_000;

/** From here on, ISO 8601 writes the year with a sign. */
const YEAR_10000_MS = 253_402_300_800_000;

/** 0 to 59, as two digits. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** The day of the latest time, with the `T` behind it. Events come in the order of their times. */
let day = { number: NaN, text: '' };

/** `toISOString` of whole milliseconds within a year of four digits, at a third of its time: each event bears one. */
function isoOf(ms: number): string {
	const number = Math.floor(ms / DAY_MS);
	if (number !== day.number) day = { number, text: new Date(number * DAY_MS).toISOString().slice(0, 11) };
	const rest = ms - number * DAY_MS;
	const seconds = Math.floor(rest / 1000);
	const minutes = Math.floor(seconds / 60);
	const fraction = String(rest - seconds * 1000).padStart(3, '0');
	return `${day.text}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}.${fraction}Z`;
}

/**
 * A time of a webhook as ISO 8601: milliseconds, seconds, or either as text (the dashboard's test button).
 * @returns `null` when there is none
 */
export function isoFromWebhook(time: unknown): string | null {
	const number = Number(time);
	if (!Number.isFinite(number) || number <= 0) return null;
	// Seconds stay below this until the year 5138, milliseconds passed it in 1973.
	const ms = Math.trunc(number < 1e11 ? number * 1000 : number);
	if (ms < YEAR_10000_MS) return isoOf(ms);
	const date = new Date(ms);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Meta's `2026-11-21T10:15:30+0000` as ISO 8601 in UTC; anything else unchanged. */
export function isoFromGraph(time: unknown): string | null {
	const date = new Date(String(time));
	return Number.isNaN(date.getTime()) ? ((time as string) ?? null) : date.toISOString();
}

/** A day as people write it: `2027-05-20`. @param ms milliseconds since 1970 */
export function dayOf(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}
