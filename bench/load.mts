import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

/** One HTTP POST. */
export interface Shot {
	path: string;
	body: string;
	headers: Record<string, string>;
}

/** How to load a server. */
export interface LoadOptions {
	/** Origin of the server. */
	url: string;
	connections: number;
	seconds: number;
	/** Makes the next request. */
	next(): Shot;
	/** Status that every request must get. */
	status: number;
	/** Resolves when the server has done what the answered requests caused. */
	drained(): Promise<void>;
}

/**
 * Keeps every connection busy with one request after another, and lets the server finish.
 * @returns requests per second of the whole time, the finishing included
 * @throws Error when a request gets another status: the measurement would be of something else
 */
export async function loadFor({ url, connections, seconds, next, status, drained }: LoadOptions): Promise<number> {
	const pool = new Pool(url, { connections });
	const startedAt = performance.now();
	let answered = 0;
	const work = async () => {
		while (performance.now() - startedAt < seconds * 1000) {
			const { path, body, headers } = next();
			const answer = await pool.request({ method: 'POST', path, body, headers: { 'content-type': 'application/json', ...headers } });
			const text = await answer.body.text();
			if (answer.statusCode !== status) throw new Error(`POST ${path} was answered with ${answer.statusCode} instead of ${status}: ${text.slice(0, 200)}`);
			answered += 1;
		}
	};
	await Promise.all(Array.from({ length: connections }, work));
	await drained();
	const elapsed = (performance.now() - startedAt) / 1000;
	await pool.destroy();
	return answered / elapsed;
}
