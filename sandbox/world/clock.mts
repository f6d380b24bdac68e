/**
 * The sandbox's time: wall time plus an offset that only ever grows.
 *
 * Every expiry, window and timestamp of the simulation reads this clock, so a
 * test can pass 60 days in a moment.
 */
export interface Clock {
	/** Now, in milliseconds since the epoch. */
	now(): number;
	/** Move time forward by a number of seconds (negative values throw a RangeError). */
	advance(seconds: number): number;
}

/** A clock that starts at wall time. */
export const createClock = (): Clock => {
	let offsetMs = 0;
	const now = () => Date.now() + offsetMs;
	return {
		now,
		advance(seconds) {
			if (!Number.isFinite(seconds) || seconds < 0) {
				throw new RangeError('The clock only moves forward, by a number of seconds.');
			}
			offsetMs += Math.round(seconds * 1000);
			return now();
		},
	};
};

/** Graph API timestamp: ISO 8601 with a `+0000` zone and no milliseconds. */
export const graphTime = (ms: number): string =>
	new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000');

/** Unix time in whole seconds. */
export const unixSeconds = (ms: number): number => Math.floor(ms / 1000);

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
