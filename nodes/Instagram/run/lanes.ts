/**
 * Runs tasks side by side, those of one lane in their order.
 * @param laneOf lane of a task, by its index; asked once for each, in order, and only when a task could start: finding
 *   out may take as long as a task can wait
 * @param width how many may be under way at the same time
 * @param run does the task with this index; must not throw
 * @param mayStart asked before each start; `false` starts nothing more, what is under way is waited for
 */
export async function runInLanes(
	count: number,
	laneOf: (index: number) => string,
	width: number,
	run: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<void> {
	/** Of each lane with a task under way or behind one: the tasks that wait. */
	const waiting = new Map<string, number[]>();
	/** Tasks at which nobody is, though all before them in their lane are done. Their indexes are below `unread`. */
	const idle: Array<{ lane: string; index: number }> = [];
	let unread = 0;
	const next = () => {
		const known = idle.shift();
		if (known) return known;
		while (unread < count) {
			const index = unread++;
			const lane = laneOf(index);
			const queue = waiting.get(lane);
			if (queue) queue.push(index);
			else {
				waiting.set(lane, []);
				return { lane, index };
			}
		}
		return undefined;
	};
	const worker = async () => {
		for (let task = next(); task && mayStart(); task = next()) {
			const { lane, index } = task;
			await run(index);
			const following = waiting.get(lane)?.shift();
			if (following === undefined) waiting.delete(lane);
			else idle.push({ lane, index: following });
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
