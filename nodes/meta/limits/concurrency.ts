/** Runs a task when there is room for it. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** Lets at most `width` tasks run at the same time; the others wait in the order in which they came. */
export function limitConcurrency(width: number): Limiter {
	let free = width;
	const waiting: Array<() => void> = [];
	return async (task) => {
		if (free > 0) free -= 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else free += 1;
		}
	};
}
