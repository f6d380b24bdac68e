/** A gate: later items wait here until this item has done the step. */
type Step = { opened: Promise<void>; open: () => void };

function newStep(): Step {
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { opened, open };
}

/**
 * Lets one step of many items happen in the order of the items, while the rest of them runs side by side. An item must
 * not be started before those that it waits for.
 */
export class ItemOrder {
	private readonly steps = new Map<string, Step>();
	private readonly ways = new Map<string, Promise<void>>();
	private readonly ended = new Set<number>();
	private readonly count: number;
	private readonly queueOf: (index: number) => string;
	private before: Array<number | undefined> | undefined;

	/** @param queueOf items of the same queue wait for each other; asked only when an item comes to a step */
	constructor(count: number, queueOf: (index: number) => string) {
		this.count = count;
		this.queueOf = queueOf;
	}

	/** Runs a step of an item once all earlier items have done theirs, or ended without it. */
	async afterEarlier<T>(index: number, step: string, task: () => Promise<T>): Promise<T> {
		const previous = this.previousOf(index);
		if (previous !== undefined) await this.passed(previous, step);
		try {
			return await task();
		} finally {
			this.stepOf(index, step).open();
		}
	}

	/** To be called for every item that was started: nobody waits for it any longer. */
	end(index: number): void {
		this.ended.add(index);
		for (const [key, { open }] of this.steps) if (key.startsWith(`${index}:`)) open();
	}

	/** Resolves once this item and every earlier item of its queue have done the step. An item that ends early opens only its own gate. */
	private async passed(index: number, step: string): Promise<void> {
		const unknown: number[] = [];
		for (let i: number | undefined = index; i !== undefined && !this.ways.has(`${i}:${step}`); i = this.previousOf(i))
			unknown.push(i);
		for (const i of unknown.reverse()) {
			const own = this.stepOf(i, step).opened;
			const previous = this.previousOf(i);
			const way =
				previous === undefined ? own : Promise.all([own, this.ways.get(`${previous}:${step}`)]).then(() => undefined);
			this.ways.set(`${i}:${step}`, way);
		}
		await this.ways.get(`${index}:${step}`);
	}

	/** The item that goes before another one. */
	private previousOf(index: number): number | undefined {
		if (!this.before) {
			const last = new Map<string, number>();
			this.before = Array.from({ length: this.count }, (_, i) => {
				const queue = this.queueOf(i);
				const previous = last.get(queue);
				last.set(queue, i);
				return previous;
			});
		}
		return this.before[index];
	}

	private stepOf(index: number, step: string): Step {
		const key = `${index}:${step}`;
		const own = this.steps.get(key) ?? newStep();
		this.steps.set(key, own);
		if (this.ended.has(index)) own.open();
		return own;
	}
}
