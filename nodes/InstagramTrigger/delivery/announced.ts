import type { IWebhookFunctions } from 'n8n-workflow';
import type { InstagramEvent } from '../events/define';
import { messageAskerFor } from '../extras/announcedMessage';
import { scopeOf } from './handOver';
import { messageKey, type Announced, type Verdict } from './judge';
import { MemoryPerNode } from './memoryPerNode';
import { WholeMessages } from './wholeMessages';

/** Message and announcement come within minutes. */
const REMEMBERED_MS = 60 * 60 * 1000;
/** Messages that one node remembers, and all of them together. */
const [MOST_OF_NODE, MOST_OF_ALL] = [5_000, 50_000];

const wholeMessages = new MemoryPerNode(() => new WholeMessages(MOST_OF_NODE), MOST_OF_ALL);

/**
 * The events of a delivery, in their order, where those that Meta only announced have the content that it tells when it
 * is asked. An announcement of a message that has come itself tells nothing new, and is left out.
 * @param arrivedAt when the delivery came in, in milliseconds since 1970
 */
export async function withContents(
	n8n: IWebhookFunctions,
	{ events, announced = [], whole = [] }: Extract<Verdict, { status: 200 }>,
	arrivedAt: number,
): Promise<InstagramEvent[]> {
	if (announced.length === 0 && whole.length === 0) return events;
	const memory = wholeMessages.of(scopeOf(n8n), REMEMBERED_MS);
	memory.add(whole);
	const ask = messageAskerFor(n8n, arrivedAt);
	const hasCome = (one: Announced) => !one.isTest && memory.has(messageKey(one));
	const find = async (one: Announced): Promise<InstagramEvent | undefined> => {
		if (hasCome(one)) return undefined;
		const told = await ask(one);
		// The message itself may have come in the meantime.
		return hasCome(one) ? undefined : one.complete(told);
	};
	const found = await Promise.all(announced.map(async (one) => ({ before: one.event, after: await find(one) })));
	const known = new Map(found.map(({ before, after }) => [before, after]));
	return [
		...events.map((event) => (known.has(event) ? known.get(event) : event)),
		...found.filter(({ before }) => before === undefined).map(({ after }) => after),
	].filter((event) => event !== undefined);
}
