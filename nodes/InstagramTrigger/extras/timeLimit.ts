/** Ends what may take long: Meta waits for its answer five seconds at most. */
export type TimeLimit = {
	/** Ends requests that are under way. */
	signal: AbortSignal;
	/** The outcome of `work`, or `otherwise` when it comes too late. */
	within: <T>(work: Promise<T>, otherwise: T) => Promise<T>;
};

/** Meta delivers again after five seconds without an answer; n8n needs some of them to store the execution. */
const TIME_LIMIT_MS = 3_000;

/** @param arrivedAt when the delivery came in, in milliseconds since 1970 */
export function startTimeLimit(arrivedAt: number): TimeLimit {
	const signal = AbortSignal.timeout(Math.max(0, arrivedAt + TIME_LIMIT_MS - Date.now()));
	const isOver = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
	return { signal, within: async (work, otherwise) => await Promise.race([work, isOver.then(() => otherwise)]) };
}
