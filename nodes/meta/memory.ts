/**
 * What one process remembers for a while, by key: it has a bound and an end. Beyond the bound the oldest entry leaves;
 * whatever is older than its life is never given out, and leaves as soon as anything else is remembered.
 */
export class Memory<V> {
	private readonly entries = new Map<string, { value: V; until: number }>();
	private readonly lifeMs: number;
	private readonly maxEntries: number;

	/**
	 * @param lifeMs how long an entry counts after it was set, in milliseconds
	 * @param maxEntries how many there are at most
	 */
	constructor(lifeMs: number, maxEntries: number) {
		this.lifeMs = lifeMs;
		this.maxEntries = maxEntries;
	}

	/** How many entries are in memory. */
	get size(): number {
		return this.entries.size;
	}

	/** What was set and is not too old. */
	get(key: string): V | undefined {
		const entry = this.entries.get(key);
		return entry && entry.until > Date.now() ? entry.value : undefined;
	}

	/** Remembers a value; the life of an entry that there was begins anew. */
	set(key: string, value: V): void {
		const now = Date.now();
		// Deleting first keeps the map in order of age.
		this.entries.delete(key);
		this.entries.set(key, { value, until: now + this.lifeMs });
		for (const [oldest, { until }] of this.entries) {
			if (until > now && this.entries.size <= this.maxEntries) break;
			this.entries.delete(oldest);
		}
	}

	/** Forgets an entry. */
	delete(key: string): void {
		this.entries.delete(key);
	}
}
