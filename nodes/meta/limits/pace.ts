import { sleep } from 'n8n-workflow';

/**
 * Calls per second that Meta allows for one account, a little below its limit: calls that leave evenly arrive less so.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
const PACES = {
	/** Texts, links, reactions and stickers: 100. */
	messages: 97,
	/** Audio and video: 10. */
	heavyMedia: 9.5,
	/** Lists of conversations and of their messages: 2. */
	conversations: 1.9,
};

/** A kind of call that has a pace of its own. */
export type Pace = keyof typeof PACES;

/** The queue of calls per account and kind of call, within one process: each waits for the one before it. */
const queues = new Map<string, { last: Promise<void>; waiting: number }>();

/**
 * Waits until a call of this kind may leave; at once while calls are rare. The distance is kept from the moment at which
 * the one before really left, so that a busy process does not catch up in a burst.
 */
export async function waitForSlot(account: string, pace: Pace): Promise<void> {
	const key = `${pace}:${account}`;
	const queue = queues.get(key) ?? { last: Promise.resolve(), waiting: 0 };
	queues.set(key, queue);
	const before = queue.last;
	queue.waiting++;
	queue.last = before
		.then(async () => await sleep(1000 / PACES[pace]))
		.finally(() => {
			if (--queue.waiting === 0) queues.delete(key);
		});
	await before;
}
