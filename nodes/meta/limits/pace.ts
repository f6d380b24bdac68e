import { sleep } from 'n8n-workflow';
import type { Connection } from '../connection';
import { accountKeyOf } from './owners';

/**
 * Calls per second that Meta allows for one app and account, a little below its limit: calls that leave evenly arrive
 * less so.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
const PACES = {
	/** Texts, links, reactions and stickers: 100. */
	messages: 97,
	/** Audio and video: 10. */
	heavyMedia: 9.5,
	/** Lists of conversations and of their messages: 2. */
	conversations: 1.9,
	/**
	 * More than 50 within 5 seconds lock likes for an hour; a few are left to other workflows.
	 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
	 */
	likes: 8,
};

/** A kind of call that has a pace of its own. */
export type Pace = keyof typeof PACES;

/** The queue of calls per account and kind of call, within one process: each waits for the one before it. */
const queues = new Map<string, { last: Promise<void>; waiting: number }>();

/** Waits for something, or until the execution is cancelled. */
async function unlessCancelled(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	if (!signal) return await turn;
	let end = () => {};
	const cancelled = new Promise<void>((resolve) => (end = resolve));
	signal.addEventListener('abort', end);
	if (!signal.aborted) await Promise.race([turn, cancelled]);
	signal.removeEventListener('abort', end);
}

/**
 * Waits until a call of this kind may leave; at once while calls are rare, or when the execution is cancelled: then the
 * call must not leave, and takes up no time of those behind it. The distance is kept from the moment at which the one
 * before really left, so that a busy process does not catch up in a burst.
 */
export async function waitForSlot(
	connection: Connection,
	signAs: string,
	pace: Pace,
	signal?: AbortSignal,
): Promise<void> {
	const key = `${accountKeyOf(connection, signAs)} ${pace}`;
	const queue = queues.get(key) ?? { last: Promise.resolve(), waiting: 0 };
	queues.set(key, queue);
	const before = queue.last;
	queue.waiting++;
	queue.last = before
		.then(async () => {
			if (!signal?.aborted) await sleep(1000 / PACES[pace]);
		})
		.finally(() => {
			if (--queue.waiting === 0) queues.delete(key);
		});
	await unlessCancelled(before, signal);
}
