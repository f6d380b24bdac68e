import { WebhookContext } from 'n8n-core';
import { createRunExecutionData, type IDataObject } from 'n8n-workflow';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { ANSWER_MAX_LENGTH } from '../../nodes/Instagram/sendAndWait/pages.ts';
import { additionalDataOf, nodeOf, workflowOf } from '../support/workflow.mts';

type Request = { method?: 'GET' | 'POST'; query?: IDataObject; body?: unknown };
type Waiting = { parameters?: IDataObject; type?: string; json?: IDataObject; earlierRuns?: number };

/** A request to a waiting execution as n8n hands it to the node: signature checked, the waiting run taken off. */
async function request({ method = 'POST', query = { approved: 'true', question: '0' }, body = {} }: Request, waiting: Waiting = {}) {
	const { parameters = {}, type = 'instagram', json = {}, earlierRuns = 0 } = waiting;
	const node = nodeOf('instagram', { resource: 'message', operation: 'sendAndWait', message: 'Friday?', ...parameters }, {}, { name: 'Ask "it"' });
	const workflow = workflowOf([node]);
	await workflow.expression.acquireIsolate?.();
	const runData = { [node.name]: Array.from({ length: earlierRuns }, () => ({ data: { main: [[]] } })) };
	const data = createRunExecutionData({ resultData: { runData }, executionData: { nodeExecutionStack: [{ node, data: { main: [[{ json }]] }, source: null }] } } as never);
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
	return { ...answer, resumed: workflowData?.[0].map((item) => item.json.data) };
}

const freeText = { parameters: { responseType: 'freeText' } };

describe('a request to a waiting execution', () => {
	it('resumes it with what the signed address says, whatever else is sent along', async () => {
		const answer = await request({ query: { approved: 'false', question: '0' }, body: { approved: 'true' } });
		expect(answer.resumed).toEqual([{ approved: false, respondedAt: expect.stringMatching(/^\d{4}-.*Z$/) }]);
		expect((await request({ query: { approved: ['true', 'true'] as never, question: '0' } })).resumed).toMatchObject([{ approved: false }]);
	});

	it('only shows a page when it comes by GET, and the page can do nothing but answer', async () => {
		for (const waiting of [{}, freeText]) {
			const { status, page, resumed, headers } = await request({ method: 'GET' }, waiting);
			expect({ status, resumed }).toEqual({ status: 200, resumed: undefined });
			expect(page).toContain('<form method="post">');
			expect(page).not.toMatch(/<script|src=|href=|action=/);
			expect(headers).toMatchObject({ 'Content-Security-Policy': expect.stringContaining("sandbox allow-forms; default-src 'none'"), 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' });
		}
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['an empty text', { response: ' \n ' }],
		['a list', { response: ['a', 'b'] }],
		['an object', { response: { a: 1 } }],
		['too long a text', { response: 'x'.repeat(ANSWER_MAX_LENGTH + 1) }],
	])('asks again when the form brings %s', async (_name, body) => {
		expect(await request({ body }, freeText)).toMatchObject({ status: 400, resumed: undefined, page: expect.stringContaining('<textarea') });
	});

	it('takes the text of the form', async () => {
		expect((await request({ body: { response: ' Grüße 🎂 ' } }, freeText)).resumed).toMatchObject([{ text: 'Grüße 🎂' }]);
	});

	it.each([
		[0, '0', true],
		[2, '2', true],
		[2, '1', false],
		[2, '0', false],
		[0, '', false],
		[0, undefined, false],
	])('after %i rounds, the link of question %p counts: %p', async (earlierRuns, question, counts) => {
		for (const method of ['GET', 'POST'] as const) {
			const answer = await request({ method, query: { approved: 'true', question } }, { earlierRuns });
			expect(answer.status).toBe(counts ? 200 : 410);
			expect(answer.resumed !== undefined).toBe(counts && method === 'POST');
		}
	});

	it.each([['call_1', 'call_1', true], ['call_1', 'call_2', false], ['undefined', undefined, false]])('a link for the tool call %s counts while %s is reviewed: %p', async (question, toolCallId, counts) => {
		const answer = await request({ query: { approved: 'true', question } }, { type: 'n8n-nodes-instagram-platform.instagramHitlTool', json: { toolCallId } });
		expect(answer.resumed !== undefined).toBe(counts);
	});
});
