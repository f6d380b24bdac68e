type Claim = { settled: Promise<boolean> } | { seenAt: number };

/**
 * Remembers, within one process, which events n8n has taken, so that Meta's repeats start no second execution.
 * An event counts as taken only when n8n's answer went out: marking it before would lose it if n8n fails in between.
 */
export class RepeatFilter {
	private readonly entries = new Map<string, Claim>();
	private readonly ttlMs: number;
	private readonly maxEntries: number;
	private readonly now: () => number;

	/**
	 * @param ttlMs how long an event is remembered, in milliseconds
	 * @param maxEntries oldest ones are forgotten beyond this number
	 */
	constructor(ttlMs: number, maxEntries: number, now: () => number = Date.now) {
		this.ttlMs = ttlMs;
		this.maxEntries = maxEntries;
		this.now = now;
	}

	/**
	 * Claims events for this delivery. Waits for a concurrent delivery of the same event to end, and takes the event
	 * over when that one failed.
	 * @returns the keys that are new, and the function to call with the outcome
	 */
	async claim(keys: string[]): Promise<{ fresh: Set<string>; settle: (taken: boolean) => void }> {
		const fresh = new Set<string>();
		let settle: (taken: boolean) => void = () => {};
		const settled = new Promise<boolean>((resolve) => {
			settle = resolve;
		});
		void settled.then((taken) => {
			for (const key of fresh) this.finish(key, taken);
		});
		// One order for all deliveries: two that hold an event each can never wait for one another.
		for (const key of [...keys].sort()) {
			while (!fresh.has(key) && !(await this.isTaken(key))) {
				// Another delivery may have claimed the event while this one waited.
				if (this.entries.has(key)) continue;
				this.entries.set(key, { settled });
				fresh.add(key);
			}
		}
		return { fresh, settle };
	}

	private async isTaken(key: string): Promise<boolean> {
		const entry = this.entries.get(key);
		if (!entry) return false;
		if ('settled' in entry) return await entry.settled;
		if (this.now() - entry.seenAt < this.ttlMs) return true;
		this.entries.delete(key);
		return false;
	}

	private finish(key: string, taken: boolean): void {
		// Deleting first keeps the map in order of age.
		this.entries.delete(key);
		if (!taken) return;
		this.entries.set(key, { seenAt: this.now() });
		for (const [oldest, entry] of this.entries) {
			if (this.entries.size <= this.maxEntries) break;
			// Events in hand stay: a repeat of one must still find it.
			if ('seenAt' in entry) this.entries.delete(oldest);
		}
	}
}
