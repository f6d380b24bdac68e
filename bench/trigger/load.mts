import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';

/** One HTTP POST. */
export type Shot = {
	path: string;
	body: string;
	headers: Record<string, string>;
	/** Status that it must get. */
	status: number;
};

/** How to load a server. */
export type LoadOptions = {
	/** Origin of the server. */
	url: string;
	connections: number;
	/** Asked before each request. */
	goesOn(sent: number, elapsedMs: number): boolean;
	/** Makes the next request. */
	next(): Shot;
	/** Resolves when the server has done what the answered requests caused. */
	drained(): Promise<void>;
};

/**
 * Keeps every connection busy with one request after another, and lets the server finish.
 * @returns how many requests were answered, and the seconds of the whole, the finishing included
 * @throws Error when a request gets another status: the measurement would be of something else
 */
export async function load({
	url,
	connections,
	goesOn,
	next,
	drained,
}: LoadOptions): Promise<{ answered: number; seconds: number }> {
	const pool = new Pool(url, { connections });
	const startedAt = performance.now();
	let sent = 0;
	const work = async () => {
		while (goesOn(sent, performance.now() - startedAt)) {
			sent++;
			const { path, body, headers, status } = next();
			const answer = await pool.request({
				method: 'POST',
				path,
				body,
				headers: { 'content-type': 'application/json', ...headers },
			});
			const text = await answer.body.text();
			if (answer.statusCode !== status)
				throw new Error(
					`POST ${path} was answered with ${answer.statusCode} instead of ${status}: ${text.slice(0, 200)}`,
				);
		}
	};
	await Promise.all(Array.from({ length: connections }, work));
	await drained();
	const seconds = (performance.now() - startedAt) / 1000;
	await pool.destroy();
	return { answered: sent, seconds };
}
