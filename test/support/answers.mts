import { WebhookContext } from 'n8n-core';
import { createRunExecutionData, type IDataObject } from 'n8n-workflow';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { additionalDataOf, nodeOf, workflowOf } from './workflow.mts';

type Request = { method?: 'GET' | 'POST'; query?: IDataObject; body?: unknown };
type Waiting = { parameters?: IDataObject; type?: string; json?: IDataObject; earlierRuns?: number; name?: string };

/** A request to a waiting execution as n8n hands it to the node: signature checked, the waiting run taken off. */
export async function answerWaiting(
	{ method = 'POST', query = { approved: 'true', question: '0' }, body = {} }: Request,
	waiting: Waiting = {},
) {
	const { parameters = {}, type = 'instagram', json = {}, earlierRuns = 0, name = 'Ask "it"' } = waiting;
	const node = nodeOf(
		'instagram',
		{ resource: 'message', operation: 'sendAndWait', message: 'Friday?', ...parameters },
		{},
		{ name },
	);
	const workflow = workflowOf([node]);
	await workflow.expression.acquireIsolate?.();
	const runData = { [node.name]: Array.from({ length: earlierRuns }, () => ({ data: { main: [[]] } })) };
	const data = createRunExecutionData({
		resultData: { runData },
		executionData: { nodeExecutionStack: [{ node, data: { main: [[{ json }]] }, source: null }] },
	} as never);
	const answer = { status: 200, page: '', headers: {} as Record<string, string> };
	const httpResponse = {
		status: (status: number) => Object.assign(httpResponse, (answer.status = status) && {}),
		setHeader: (name: string, value: string) => (answer.headers[name] = value),
		type: () => httpResponse,
		send: (page: string) => Object.assign(httpResponse, (answer.page = page) && {}),
		end: () => {},
	};
	const more = additionalDataOf({}, [node], { httpRequest: { method, query, body, headers: {} }, httpResponse });
	const context = new WebhookContext(workflow, node, more, 'webhook', { webhookDescription: {} } as never, [], data);
	// Only n8n's server makes the copies of a node for tools, and they differ in their type alone.
	context.getNode = () => ({ ...node, type });
	const { workflowData } = await new Instagram().webhook.call(context);
	await workflow.expression.releaseIsolate?.();
	return { ...answer, items: workflowData?.[0] };
}
