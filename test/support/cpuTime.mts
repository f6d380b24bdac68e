/** Runs something and tells how much processor time it took, in milliseconds: other programs on the machine do not count. */
export function cpuTimed<T>(run: () => T): { result: T; ms: number } {
	const before = process.cpuUsage();
	const result = run();
	const { user, system } = process.cpuUsage(before);
	return { result, ms: (user + system) / 1000 };
}

/** The same of something that waits in between, for nothing but itself. */
export async function cpuTimedAsync(run: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	await run();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}
