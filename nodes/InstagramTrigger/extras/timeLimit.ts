import { sleep } from 'n8n-workflow';

/** Ends what may take long: Meta waits for its answer five seconds at most. */
export type TimeLimit = {
	/** Ends requests that are under way. */
	signal: AbortSignal;
	/** The outcome of `work`, or `otherwise` when it comes too late. */
	within: <T>(work: Promise<T>, otherwise: T) => Promise<T>;
};

/** @param ms from now, in milliseconds */
export function startTimeLimit(ms: number): TimeLimit {
	const controller = new AbortController();
	const isOver = sleep(Math.max(0, ms)).then(() => controller.abort());
	return {
		signal: controller.signal,
		within: async (work, otherwise) => await Promise.race([work, isOver.then(() => otherwise)]),
	};
}
