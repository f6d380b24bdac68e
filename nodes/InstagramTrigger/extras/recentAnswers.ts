/** `kept` is absent while the answer is on its way. */
type Kept<T> = { answer: Promise<T>; at: number; kept?: { answer: T } };

/** Answers that are asked for once and then kept in memory for a while. Those who ask at the same time share one. */
export class RecentAnswers<T> {
	private readonly entries = new Map<string, Kept<T>>();
	private readonly ttlMs: number;
	private readonly maxEntries: number;
	private readonly now: () => number;

	/**
	 * @param ttlMs how long an answer is kept, in milliseconds
	 * @param maxEntries the oldest ones are forgotten beyond this number
	 */
	constructor(ttlMs: number, maxEntries: number, now: () => number = Date.now) {
		this.ttlMs = ttlMs;
		this.maxEntries = maxEntries;
		this.now = now;
	}

	/**
	 * @param isGood whether an answer that is kept will do; otherwise it is asked for anew
	 * @param ask must not reject: a rejection would be cached
	 */
	async get(key: string, isGood: (answer: T) => boolean, ask: () => Promise<T>): Promise<T> {
		const known = this.entries.get(key);
		if (known && this.now() - known.at < this.ttlMs && (!known.kept || isGood(known.kept.answer)))
			return await known.answer;
		const entry: Kept<T> = { answer: ask(), at: this.now() };
		// Deleting first keeps the map in order of age.
		this.entries.delete(key);
		this.entries.set(key, entry);
		const [oldest] = this.entries.keys();
		if (this.entries.size > this.maxEntries) this.entries.delete(oldest);
		entry.kept = { answer: await entry.answer };
		return entry.kept.answer;
	}
}
