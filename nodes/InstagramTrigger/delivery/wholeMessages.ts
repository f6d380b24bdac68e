/** Which messages have come with their content: the memory of one trigger node, within one process. */
export class WholeMessages {
	private readonly keys = new Set<string>();
	private readonly maxEntries: number;

	/** @param maxEntries the oldest messages are forgotten beyond this number */
	constructor(maxEntries: number) {
		this.maxEntries = maxEntries;
	}

	/** Messages that are remembered. */
	get size(): number {
		return this.keys.size;
	}

	add(keys: string[]): void {
		for (const key of keys) this.keys.add(key);
		this.forget(this.keys.size - this.maxEntries);
	}

	has(key: string): boolean {
		return this.keys.has(key);
	}

	/** Forgets the messages that came first. */
	forget(count: number): void {
		let left = count;
		for (const key of this.keys) {
			if (left-- <= 0) break;
			this.keys.delete(key);
		}
	}
}
