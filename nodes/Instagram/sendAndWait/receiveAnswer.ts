import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isToolReview } from '../operations/message/shared/waiting';
import {
	ANSWER_FIELD,
	ANSWER_MAX_LENGTH,
	CLOSED_PAGE,
	confirmPage,
	formPage,
	PAGE_HEADERS,
	THANKS_PAGE,
} from './pages';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function show(ctx: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	const response = ctx.getResponseObject().status(status);
	for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
	response.type('text/html').send(page).end();
	return { noWebhookResponse: true };
}

/** Has n8n resume the execution with the answer as the output of the node, in the shape of n8n's own nodes. */
function resume(ctx: IWebhookFunctions, answer: IDataObject): IWebhookResponseData {
	const data = { ...answer, respondedAt: new Date().toISOString() };
	return { ...show(ctx, 200, THANKS_PAGE), workflowData: [[{ json: { data } }]] };
}

/**
 * Whether the link asks what the execution waits for at present. In a loop the same node asks again and again, and an agent has
 * one tool call after the other reviewed; n8n's signature is as good for the links of earlier questions.
 */
function isCurrent(ctx: IWebhookFunctions, question: unknown): boolean {
	const node = ctx.getNode();
	if (isToolReview(node)) return question === ctx.evaluateExpression('{{ $json.toolCallId }}');
	// n8n has taken the waiting run out of the list by now.
	const lastRun = ctx.evaluateExpression(`{{ $node[${JSON.stringify(node.name)}].runIndex }}`);
	return question === String(Number(lastRun) + 1);
}

const messageOf = (ctx: IWebhookFunctions): string => text(ctx.getNodeParameter('message', ''));

function receiveApproval(ctx: IWebhookFunctions, isPost: boolean, approved: boolean): IWebhookResponseData {
	if (isPost) return resume(ctx, { approved });
	const labels = ctx.getNodeParameter('approvalOptions.values', {}) as {
		approveLabel?: string;
		disapproveLabel?: string;
	};
	return show(
		ctx,
		200,
		confirmPage(messageOf(ctx), approved ? labels.approveLabel || 'Approve' : labels.disapproveLabel || 'Decline'),
	);
}

function receiveText(ctx: IWebhookFunctions, isPost: boolean): IWebhookResponseData {
	const answer = text((ctx.getBodyData() ?? {})[ANSWER_FIELD]).trim();
	if (isPost && answer !== '' && answer.length <= ANSWER_MAX_LENGTH) return resume(ctx, { text: answer });
	const options = ctx.getNodeParameter('options', {}) as IDataObject;
	const form = {
		title: text(options.responseFormTitle),
		description: text(options.responseFormDescription) || messageOf(ctx),
		button: text(options.responseFormButtonLabel) || 'Submit',
	};
	return show(ctx, isPost ? 400 : 200, formPage(form));
}

/**
 * A request to the signed address of a waiting execution; n8n has checked the signature. GET only shows the page,
 * since Instagram and others open links to show a preview. POST, the tap on the page, resumes the execution.
 */
export function receiveAnswer(ctx: IWebhookFunctions): IWebhookResponseData {
	const isPost = ctx.getRequestObject().method === 'POST';
	const { approved, question } = ctx.getQueryData() as IDataObject;
	if (!isCurrent(ctx, question)) return show(ctx, 410, CLOSED_PAGE);
	return ctx.getNodeParameter('responseType', 'approval') === 'freeText'
		? receiveText(ctx, isPost)
		: receiveApproval(ctx, isPost, approved === 'true');
}
