import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { chooseAccount, inboxOf } from '../../meta/connection';
import type { Connection } from '../../meta/context';
import { callGraph, listGraph } from '../../meta/graph';
import type { Operation, OperationCall, RunContext } from './define';

/** n8n checks required fields in the editor only; an expression can still come out empty. */
function checkRequired(n8n: IExecuteFunctions, op: Operation, itemIndex: number): void {
	for (const { name, displayName, required } of op.fields) {
		if (!required) continue;
		const value = n8n.getNodeParameter(name, itemIndex, '', { extractValue: true });
		if (value !== undefined && value !== null && String(value).trim() !== '') continue;
		throw new NodeOperationError(n8n.getNode(), `"${displayName}" is empty`, {
			description: 'Fill it in. If it holds an expression, look at what the expression gives for this item.',
			itemIndex,
		});
	}
}

/** Ties an operation to one item: its parameters, its account, its calls and its errors. */
export function runContext(n8n: IExecuteFunctions, connection: Connection, op: Operation, itemIndex: number): RunContext {
	checkRequired(n8n, op, itemIndex);
	const texts = new Set(op.fields.filter(({ type }) => type === 'string').map(({ name }) => name));
	const param: RunContext['param'] = (name, fallback) => {
		const value: unknown = n8n.getNodeParameter(name, itemIndex, fallback as object, { extractValue: true });
		// An expression may give a number where the field and Meta want a text.
		return (typeof value === 'number' && texts.has(name) ? String(value) : value) as never;
	};
	const account = () => chooseAccount(n8n, connection, String(param('account', '') ?? ''), itemIndex);
	const sign = (call: OperationCall) => ({ ...call, as: call.as ?? inboxOf(account()), itemIndex });
	return {
		n8n,
		connection,
		itemIndex,
		account,
		param,
		graph: async (call) => await callGraph(n8n, connection, sign(call)),
		list: async (call) =>
			await listGraph(n8n, connection, sign(call), param('returnAll', false) ? Infinity : param('limit', 50)),
		fail: (message, description) => new NodeOperationError(n8n.getNode(), message, { description, itemIndex, level: 'warning' }),
		isCancelled: () => n8n.getExecutionCancelSignal()?.aborted ?? false,
	};
}
