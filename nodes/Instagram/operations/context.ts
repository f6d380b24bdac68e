import {
	NodeHelpers,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { chooseAccount, inboxOf } from '../../meta/login/chooseAccount';
import type { Connection } from '../../meta/connection';
import { callGraph } from '../../meta/graph/call';
import { listGraph } from '../../meta/graph/list';
import type { LoginKind } from '../../meta/accounts';
import type { ItemTools, Operation, OperationCall, RunContext, Waiting } from './define';
import { parameterOf } from './parameters';
import { patienceOf } from './rateLimitWait';
import { asDeclared } from './values';
import { isToolReview } from './shared/toolReview';

/** What a field depends on may be an expression: whether it is shown can differ from item to item. */
function isShown(n8n: IExecuteFunctions, field: INodeProperties, itemIndex: number): boolean {
	const { show, hide } = field.displayOptions ?? {};
	const valueOf = (name: string): unknown => parameterOf(n8n, name, itemIndex, null, false);
	const values = Object.fromEntries(
		Object.keys({ ...show, ...hide }).map((name) => [name, valueOf(name)]),
	) as IDataObject;
	return NodeHelpers.displayParameter(values as never, field, n8n.getNode(), null);
}

/** n8n checks required fields in the editor only, where they are shown; an expression can still come out empty. */
function checkRequired(n8n: IExecuteFunctions, op: Operation, itemIndex: number): void {
	for (const field of op.fields) {
		const { name, displayName, required } = field;
		if (!required || !isShown(n8n, field, itemIndex)) continue;
		const value = parameterOf(n8n, name, itemIndex, '');
		if (value !== undefined && value !== null && String(value).trim() !== '') continue;
		throw new NodeOperationError(n8n.getNode(), `"${displayName}" is empty`, {
			description: 'Fill it in. If it holds an expression, look at what the expression gives for this item.',
			itemIndex,
		});
	}
}

const LOGIN_NAMES: Record<LoginKind, string> = {
	facebookUser: 'Facebook Login',
	facebookPage: "a Page's token",
	instagram: 'Instagram Login',
};

/** What Meta does not offer to a login is said before any call. */
function checkLogin(
	n8n: IExecuteFunctions,
	{ kind }: Connection,
	{ name, logins }: Operation,
	itemIndex: number,
): void {
	if (!logins || logins.includes(kind)) return;
	const suitable = [...new Set(logins.map((login) => (login === 'instagram' ? 'Instagram Login' : 'Facebook Login')))];
	throw new NodeOperationError(n8n.getNode(), `Meta does not offer "${name}" with ${LOGIN_NAMES[kind]}`, {
		description: `Choose a credential of ${suitable.join(' or ')} for this operation.`,
		itemIndex,
		level: 'warning',
	});
}

/** n8n 1 checks the signature of an answer only where a node asks for it; later ones always do, and some have no word for it. */
type SignsAnswers = {
	getSignedResumeUrl?: IExecuteFunctions['getSignedResumeUrl'];
	setSignatureValidationRequired?(): void;
};

/** An address at which the execution goes on, and that only this n8n can have made. */
function signedResumeUrl(n8n: IExecuteFunctions, parameters: Record<string, string>, itemIndex: number): string {
	const { getSignedResumeUrl, setSignatureValidationRequired } = n8n as SignsAnswers;
	if (!getSignedResumeUrl) {
		throw new NodeOperationError(n8n.getNode(), 'This n8n cannot wait for an answer', {
			description:
				'It has no signed addresses, so anybody could answer in the place of the person. Update n8n to use this operation.',
			itemIndex,
			level: 'warning',
		});
	}
	setSignatureValidationRequired?.call(n8n);
	return getSignedResumeUrl.call(n8n, parameters);
}

const waiting = (n8n: IExecuteFunctions, itemIndex: number): Waiting => ({
	items: n8n.getInputData().length,
	input: () => n8n.getInputData()[itemIndex].json,
	url: (parameters) => {
		const run = n8n.getWorkflowDataProxy(itemIndex).$runIndex as number;
		const question = isToolReview(n8n.getNode()) ? n8n.getInputData()[itemIndex].json.toolCallId : run;
		return signedResumeUrl(n8n, { ...parameters, question: String(question) }, itemIndex);
	},
	until: async (date) => await n8n.putExecutionToWait(date),
});

/** Ties an operation to one item: its parameters, its account, its calls and its errors. */
export async function runContext(
	n8n: IExecuteFunctions,
	login: Connection,
	op: Operation,
	itemIndex: number,
	tools: ItemTools,
): Promise<RunContext> {
	checkRequired(n8n, op, itemIndex);
	checkLogin(n8n, login, op, itemIndex);
	const fail: RunContext['fail'] = (message, description) =>
		new NodeOperationError(n8n.getNode(), message, { description, itemIndex, level: 'warning' });
	const param: RunContext['param'] = (name, fallback) => {
		const value = parameterOf(n8n, name, itemIndex, fallback);
		const field = op.fields.find((one) => one.name === name);
		return (field ? asDeclared(field, value, fail) : value) as never;
	};
	// An account that is not there is the operation's to tell: it may have something to say without one.
	const chosen = op.withoutAccount
		? new Error(`The operation "${op.value}" works without an account`)
		: await chooseAccount(n8n, login, String(param('account', '') ?? ''), itemIndex).catch((error: Error) => error);
	const connection: Connection = op.neverWaits ? login : { ...login, patience: patienceOf(n8n, itemIndex) };
	const account = () => {
		if (chosen instanceof Error) throw chosen;
		return chosen;
	};
	const sign = (call: OperationCall) => ({
		capability: op.capability,
		...call,
		signAs: call.signAs ?? inboxOf(account()),
		itemIndex,
	});
	return {
		...tools,
		n8n,
		connection,
		itemIndex,
		account,
		param,
		graph: async (call) => await callGraph(n8n, connection, sign(call)),
		list: async (call) =>
			await listGraph(n8n, connection, sign(call), param('returnAll', false) ? Infinity : param('limit', 50)),
		wholeList: async (call) => await listGraph(n8n, connection, sign(call)),
		fail,
		warn: (message) =>
			tools.perRun(`hint ${message}`, () => {
				n8n.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
			}),
		isCancelled: () => n8n.getExecutionCancelSignal()?.aborted ?? false,
		wait: waiting(n8n, itemIndex),
	};
}
