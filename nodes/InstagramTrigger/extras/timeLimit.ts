/** Ends what may take long: Meta waits for its answer five seconds at most. */
export type TimeLimit = {
	/** Ends requests that are under way. */
	signal: AbortSignal;
	/** The outcome of `work`, or `otherwise` when it comes too late. */
	within: <T>(work: Promise<T>, otherwise: T) => Promise<T>;
};

/** @param ms from now, in milliseconds */
export function startTimeLimit(ms: number): TimeLimit {
	const signal = AbortSignal.timeout(Math.max(0, ms));
	const isOver = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
	return { signal, within: async (work, otherwise) => await Promise.race([work, isOver.then(() => otherwise)]) };
}
