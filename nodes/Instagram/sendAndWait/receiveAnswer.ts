import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isToolReview } from '../operations/shared/toolReview';
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

function show(n8n: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	const response = n8n.getResponseObject().status(status);
	for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
	response.type('text/html').send(page).end();
	return { noWebhookResponse: true };
}

/** Has n8n resume the execution with the answer as the output of the node, in the shape of n8n's own nodes. */
function resume(n8n: IWebhookFunctions, answer: IDataObject): IWebhookResponseData {
	const data = { ...answer, respondedAt: new Date().toISOString() };
	return { ...show(n8n, 200, THANKS_PAGE), workflowData: [[{ json: { data } }]] };
}

/** A text as it may stand in an expression: braces would end it, and n8n's parser knows fewer characters than JSON. */
function literal(name: string): string {
	const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return JSON.stringify(name).replace(/[{}]|[^ -~]/g, escaped);
}

/**
 * Whether the link asks what the execution waits for at present. In a loop the same node asks again and again, and an agent has
 * one tool call after the other reviewed; n8n's signature is as good for the links of earlier questions.
 */
function isCurrent(n8n: IWebhookFunctions, question: unknown): boolean {
	const node = n8n.getNode();
	if (isToolReview(node)) return question === n8n.evaluateExpression('{{ $json.toolCallId }}');
	// n8n has taken the waiting run out of the list by now.
	const lastRun = n8n.evaluateExpression(`{{ $node[${literal(node.name)}].runIndex }}`);
	return question === String(Number(lastRun) + 1);
}

const messageOf = (n8n: IWebhookFunctions): string => text(n8n.getNodeParameter('message', ''));

function receiveApproval(n8n: IWebhookFunctions, isPost: boolean, approved: boolean): IWebhookResponseData {
	if (isPost) return resume(n8n, { approved });
	const labels = n8n.getNodeParameter('approvalOptions.values', {}) as {
		approveLabel?: string;
		disapproveLabel?: string;
	};
	return show(
		n8n,
		200,
		confirmPage(messageOf(n8n), approved ? labels.approveLabel || 'Approve' : labels.disapproveLabel || 'Decline'),
	);
}

function receiveText(n8n: IWebhookFunctions, isPost: boolean): IWebhookResponseData {
	const answer = text((n8n.getBodyData() ?? {})[ANSWER_FIELD]).trim();
	if (isPost && answer !== '' && answer.length <= ANSWER_MAX_LENGTH) return resume(n8n, { text: answer });
	const options = n8n.getNodeParameter('options', {}) as IDataObject;
	const form = {
		title: text(options.responseFormTitle),
		description: text(options.responseFormDescription) || messageOf(n8n),
		button: text(options.responseFormButtonLabel) || 'Submit',
	};
	return show(n8n, isPost ? 400 : 200, formPage(form));
}

/**
 * A request to the signed address of a waiting execution; n8n has checked the signature. GET only shows the page,
 * since Instagram and others open links to show a preview. POST, the tap on the page, resumes the execution.
 */
export function receiveAnswer(n8n: IWebhookFunctions): IWebhookResponseData {
	const isPost = n8n.getRequestObject().method === 'POST';
	const { approved, question } = n8n.getQueryData() as IDataObject;
	if (!isCurrent(n8n, question)) return show(n8n, 410, CLOSED_PAGE);
	return n8n.getNodeParameter('responseType', 'approval') === 'freeText'
		? receiveText(n8n, isPost)
		: receiveApproval(n8n, isPost, approved === 'true');
}
