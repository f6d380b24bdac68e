/**
 * Runs tasks side by side, those of one lane in their order.
 * @param laneOf lane of each task; as many tasks as there are entries
 * @param width how many may be under way at the same time
 * @param run does the task with this index; must not throw
 * @param mayStart asked before each start; `false` starts nothing more, what is under way is waited for
 */
export async function runInLanes(
	laneOf: string[],
	width: number,
	run: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<void> {
	const lanes = new Map<string, number[]>();
	laneOf.forEach((lane, index) => {
		const tasks = lanes.get(lane);
		if (tasks) tasks.push(index);
		else lanes.set(lane, [index]);
	});
	// A lane stands in here while it has work and nobody is at it; a Map keeps the order of the first tasks.
	const idle = [...lanes.values()];
	const worker = async () => {
		for (let lane = idle.shift(); lane && mayStart(); lane = idle.shift()) {
			await run(lane.shift() as number);
			if (lane.length > 0) idle.push(lane);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, idle.length) }, worker));
}
