/** Something to do at a time; a clock that is moved waits until it is done. */
type Work = () => unknown;

/**
 * The sandbox's time: wall time plus an offset that only ever grows.
 *
 * Every expiry, window and timestamp of the simulation reads this clock, so a
 * test can pass 60 days in a moment. What is planned for a time in between
 * happens on the way, in its order.
 */
export type Clock = {
	/** Now, in milliseconds since the epoch. */
	now(): number;
	/** Do something at a time (ms since the epoch): when wall time gets there, or the clock is moved past it. Returns what cancels it. */
	at(time: number, work: Work): () => void;
	/** Begin something at once that an `advance` has to wait for. */
	run(work: Work): void;
	/** Move time forward by a number of seconds (negative values throw a RangeError), stopping at what is planned. */
	advance(seconds: number): Promise<number>;
	/** Forget everything that is planned. */
	stop(): void;
};

type Plan = {
	time: number;
	work: Work;
	timer?: NodeJS.Timeout;
};

/** Timers of Node take at most this many ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock that starts at wall time. */
export function createClock(): Clock {
	let offsetMs = 0;
	let moves = Promise.resolve(0);
	/** In the order of their times: thousands of deliveries may wait for a callback that is down. */
	let plans: Plan[] = [];
	const busy = new Set<Promise<unknown>>();
	const now = () => Date.now() + offsetMs;

	const placeOf = (time: number): number => {
		let [low, high] = [0, plans.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (plans[middle].time <= time) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const forget = (plan: Plan): boolean => {
		clearTimeout(plan.timer);
		const index = plans.indexOf(plan);
		if (index >= 0) plans.splice(index, 1);
		return index >= 0;
	};
	const run = (work: Work) => {
		const done = Promise.resolve(work()).finally(() => busy.delete(done));
		busy.add(done);
	};
	const begin = (plan: Plan) => {
		if (forget(plan)) run(plan.work);
	};
	const arm = (plan: Plan) => {
		clearTimeout(plan.timer);
		const wait = Math.min(Math.max(0, plan.time - now()), LONGEST_TIMER_MS);
		plan.timer = setTimeout(() => (plan.time > now() ? arm(plan) : begin(plan)), wait).unref();
	};
	const settled = async () => {
		while (busy.size > 0) await Promise.allSettled(busy);
	};
	const move = async (ms: number): Promise<number> => {
		const goal = offsetMs + ms;
		for (;;) {
			await settled();
			const next = plans[0]?.time ?? Infinity;
			if (next > Date.now() + goal) break;
			offsetMs = Math.max(offsetMs, next - Date.now());
			for (const plan of plans.slice(0, placeOf(next))) begin(plan);
		}
		offsetMs = goal;
		// What is left has come nearer in wall time, too.
		plans.forEach(arm);
		return now();
	};

	return {
		now,
		run,
		at(time, work) {
			const plan: Plan = { time, work };
			plans.splice(placeOf(time), 0, plan);
			arm(plan);
			return () => void forget(plan);
		},
		async advance(seconds) {
			if (!Number.isFinite(seconds) || seconds < 0) {
				throw new RangeError('The clock only moves forward, by a number of seconds.');
			}
			moves = moves.then(() => move(Math.round(seconds * 1000)));
			return await moves;
		},
		stop() {
			for (const { timer } of plans) clearTimeout(timer);
			plans = [];
		},
	};
}

/** Graph API timestamp: ISO 8601 with a `+0000` zone and no milliseconds. */
export function graphTime(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d{3}Z$/, '+0000');
}

/** Unix time in whole seconds. */
export function unixSeconds(ms: number): number {
	return Math.floor(ms / 1000);
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
