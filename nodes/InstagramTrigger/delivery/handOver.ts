import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { SeenEvents } from './repeatFilter';

/** Meta repeats a delivery at once and for hours; the repeats that overlap with work in hand come within minutes. */
const seen = new SeenEvents(60 * 60 * 1000, 20_000);

const answered: IWebhookResponseData = { noWebhookResponse: true };

/** Tells trigger nodes apart, and the editor's test from the active workflow. */
export const scopeOf = (ctx: IWebhookFunctions): string =>
	`${ctx.getWorkflow().id}:${ctx.getNode().id}:${ctx.getMode()}`;

/** Answers the sender at once, without an execution. @param body text, or an object that goes out as JSON */
export function answer(
	ctx: IWebhookFunctions,
	status: number,
	body: string | IDataObject,
	type = 'text/plain',
): IWebhookResponseData {
	const response = ctx.getResponseObject().status(status);
	if (typeof body === 'string') response.type(type).send(body).end();
	else response.type('application/json').send(JSON.stringify(body)).end();
	return answered;
}

/**
 * Hands the new events to n8n, which answers Meta once it has taken them; only then do they count as seen.
 * @param reply what Meta gets with its 200, now or later
 * @param itemsOf makes the items of new events; a delivery that repeats them meanwhile waits. Should it fail, the
 *   events are passed on as they are
 */
export async function handOver<T extends IDataObject & { event: string; eventId: string }>(
	ctx: IWebhookFunctions,
	events: T[],
	reply: string | IDataObject,
	itemsOf?: (events: T[]) => Promise<INodeExecutionData[]>,
): Promise<IWebhookResponseData> {
	const scope = scopeOf(ctx);
	const keyOf = ({ event, eventId }: { event: string; eventId: string }) => `${scope}:${event}:${eventId}`;
	const { fresh, settle } = await seen.claim(events.map(keyOf));
	// Meta may list one event twice in one delivery: the first stands for both.
	const open = new Set(fresh);
	const news = events.filter((event) => open.delete(keyOf(event)));
	const response = ctx.getResponseObject();
	if (news.length === 0) {
		settle(true);
		return answer(ctx, 200, reply);
	}
	const plain = () => ctx.helpers.returnJsonArray(news);
	const items = (await itemsOf?.(news).catch(plain)) ?? plain();
	// The sender gave up while this delivery waited. `close` has fired already; Meta delivers again.
	if (response.closed || response.destroyed) {
		settle(false);
		return answered;
	}
	response.once('close', () => settle(response.writableFinished && response.statusCode < 300));
	return { webhookResponse: reply, workflowData: [items] };
}
