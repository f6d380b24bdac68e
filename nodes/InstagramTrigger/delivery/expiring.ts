/** `AbortSignal.timeout` counts whole milliseconds, up to this many. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Entries whose time is prolonged all the time do not need a timer each. */
const TIMER_EVERY_MS = 60_000;

/**
 * Keeps each entry until its time is over, and not longer: whoever asks for whatever sweeps the others out, and a timer
 * does where nobody asks any more. The timer does not keep n8n from ending.
 */
export class Expiring<T> {
	private readonly entries = new Map<string, { value: T; until: number }>();
	private sweptAt = 0;
	private readonly now: () => number;

	constructor(now: () => number = () => Date.now()) {
		this.now = now;
	}

	get(key: string): T | undefined {
		this.sweep();
		return this.entries.get(key)?.value;
	}

	/** @param until in milliseconds since 1970 */
	set(key: string, value: T, until: number): void {
		this.entries.set(key, { value, until });
		this.sweep();
		if (until > this.sweptAt) this.sweepAt(until + TIMER_EVERY_MS);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	/** What is kept at this moment. */
	values(): T[] {
		this.sweep();
		return [...this.entries.values()].map(({ value }) => value);
	}

	private sweep(): void {
		const now = this.now();
		for (const [key, { until }] of this.entries) if (!(until > now)) this.entries.delete(key);
	}

	private sweepAt(time: number): void {
		this.sweptAt = time;
		const ms = Math.min(Math.max(0, Math.ceil(time - this.now())), LONGEST_TIMER_MS);
		AbortSignal.timeout(ms).addEventListener('abort', () => this.sweep());
	}
}
