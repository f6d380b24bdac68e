import { Expiring } from './expiring';

/** A memory that can be made smaller. */
type Memory = {
	/** How many entries it could forget. */
	readonly size: number;
	/** Forgets so many of its oldest entries. */
	forget: (count: number) => void;
};

/**
 * A memory for each trigger node: what comes in at one pushes nothing out at another. A memory that is not used any more
 * ends by its time; so does that of a workflow that was deleted.
 */
export class MemoryPerNode<T extends Memory> {
	private readonly memories: Expiring<T>;
	private readonly make: () => T;
	private readonly maxEntries: number;
	private readonly now: () => number;

	/** @param maxEntries of all nodes together; beyond it, the largest memory is halved, so that no small one pays for it */
	constructor(make: () => T, maxEntries: number, now: () => number = () => Date.now()) {
		this.memories = new Expiring(now);
		this.make = make;
		this.maxEntries = maxEntries;
		this.now = now;
	}

	/**
	 * @param scope tells trigger nodes apart
	 * @param keepMs how long the memory is kept from now on, in milliseconds
	 */
	of(scope: string, keepMs: number): T {
		this.shrink();
		const memory = this.memories.get(scope) ?? this.make();
		this.memories.set(scope, memory, this.now() + keepMs);
		return memory;
	}

	private shrink(): void {
		const memories = this.memories.values();
		const total = () => memories.reduce((sum, { size }) => sum + size, 0);
		while (total() > this.maxEntries) {
			const largest = memories.reduce((one, other) => (other.size > one.size ? other : one));
			largest.forget(Math.ceil(largest.size / 2));
		}
	}
}
