import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isObject } from '../events/shared/values';
import { MemoryPerNode } from './memoryPerNode';
import { watchOutcome } from './outcome';
import { RepeatFilter } from './repeatFilter';

/** Meta repeats a delivery at once and for hours; the repeats that overlap with work in hand come within minutes. */
const REMEMBERED_MS = 60 * 60 * 1000;
/** Events that one node remembers, and all of them together. */
const [MOST_OF_NODE, MOST_OF_ALL] = [20_000, 200_000];

const repeats = new MemoryPerNode(() => new RepeatFilter(REMEMBERED_MS, MOST_OF_NODE), MOST_OF_ALL);

const answered: IWebhookResponseData = { noWebhookResponse: true };

/** Tells trigger nodes apart, and the editor's test from the active workflow. */
export function scopeOf(n8n: IWebhookFunctions): string {
	return `${n8n.getWorkflow().id}:${n8n.getNode().id}:${n8n.getMode()}`;
}

/** Answers the sender at once, without an execution. @param body text, or an object that goes out as JSON */
export function answer(
	n8n: IWebhookFunctions,
	status: number,
	body: string | IDataObject,
	type = 'text/plain',
): IWebhookResponseData {
	const response = n8n.getResponseObject().status(status);
	if (typeof body === 'string') response.type(type).send(body).end();
	else response.type('application/json').send(JSON.stringify(body)).end();
	return answered;
}

type Identified = IDataObject & { event: string; accountId: string | null; eventId: string };

/**
 * Meta tells each account of what concerns two of them, as a comment that mentions both, with the same IDs. A message
 * whose content is not known is no repeat of the one that has it, nor the other way round.
 */
const keyOf = ({ event, accountId, eventId, message }: Identified) =>
	`${event}:${accountId ?? ''}:${eventId}${isObject(message) && message.contentProblem ? ':announced' : ''}`;

/**
 * Hands the new events to n8n, which answers Meta once it has taken them; only then do they count as seen.
 * @param reply what Meta gets with its 200, now or later
 * @param itemsOf makes the items of new events; a delivery that repeats them meanwhile waits. Should it fail, the
 *   events are passed on as they are
 */
export async function handToN8n<T extends Identified>(
	n8n: IWebhookFunctions,
	events: T[],
	reply: string | IDataObject,
	itemsOf?: (events: T[]) => Promise<INodeExecutionData[]>,
): Promise<IWebhookResponseData> {
	const { fresh, settle } = await repeats.of(scopeOf(n8n), REMEMBERED_MS).claim(events.map(keyOf));
	// Meta may list one event twice in one delivery: the first stands for both.
	const open = new Set(fresh);
	const news = events.filter((event) => open.delete(keyOf(event)));
	const response = n8n.getResponseObject();
	if (news.length === 0) {
		settle(true);
		return answer(n8n, 200, reply);
	}
	const plain = () => n8n.helpers.returnJsonArray(news);
	const items = (await itemsOf?.(news).catch(plain)) ?? plain();
	// The sender gave up while this delivery waited. `close` has fired already; Meta delivers again.
	if (response.closed || response.destroyed) {
		settle(false);
		return answered;
	}
	watchOutcome(response, settle);
	return { webhookResponse: reply, workflowData: [items] };
}
