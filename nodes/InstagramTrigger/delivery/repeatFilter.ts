/**
 * Remembers, within one process, which events n8n has taken, so that Meta's repeats start no second execution.
 * An event counts as taken only when n8n has stored its execution: marking it before would lose it if n8n fails in between.
 */
export class RepeatFilter {
	/** Events whose delivery is under way, with its outcome. */
	private readonly inHand = new Map<string, Promise<boolean>>();
	/** When events were taken, oldest first. */
	private readonly taken = new Map<string, number>();
	private readonly ttlMs: number;
	private readonly maxEntries: number;
	private readonly now: () => number;

	/**
	 * @param ttlMs how long an event is remembered, in milliseconds
	 * @param maxEntries oldest ones are forgotten beyond this number; those in hand do not count, as a repeat must find them
	 */
	constructor(ttlMs: number, maxEntries: number, now: () => number = () => Date.now()) {
		this.ttlMs = ttlMs;
		this.maxEntries = maxEntries;
		this.now = now;
	}

	/** Events that were taken and are remembered. */
	get size(): number {
		return this.taken.size;
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
		void settled.then((taken) => this.finish(fresh, taken));
		// One order for all deliveries: two that hold an event each can never wait for one another.
		for (const key of [...new Set(keys)].sort()) {
			while (!fresh.has(key) && !(await this.isTaken(key))) {
				// Another delivery may have claimed the event while this one waited.
				if (this.inHand.has(key) || this.taken.has(key)) continue;
				this.inHand.set(key, settled);
				fresh.add(key);
			}
		}
		return { fresh, settle };
	}

	/** Forgets the events that were taken first. */
	forget(count: number): void {
		let left = count;
		for (const key of this.taken.keys()) {
			if (left-- <= 0) break;
			this.taken.delete(key);
		}
	}

	private async isTaken(key: string): Promise<boolean> {
		const outcome = this.inHand.get(key);
		if (outcome) return await outcome;
		const takenAt = this.taken.get(key);
		if (takenAt === undefined) return false;
		if (this.now() - takenAt < this.ttlMs) return true;
		this.taken.delete(key);
		return false;
	}

	private finish(keys: Set<string>, taken: boolean): void {
		for (const key of keys) {
			this.inHand.delete(key);
			if (taken) this.taken.set(key, this.now());
		}
		this.forget(this.taken.size - this.maxEntries);
	}
}
