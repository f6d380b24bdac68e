import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openConnection } from '../../meta/login/openConnection';
import type { Connection, CredentialType } from '../../meta/connection';
import { asItemError } from '../../meta/errors/metaError';
import { FinishedItems } from './finishedItems';
import { runInLanes } from './lanes';
import { resources } from '../operations';
import { runContext } from '../operations/context';
import { findOperation, type ItemTools, type Operation } from '../operations/define';
import { parameterOf } from '../operations/parameters';
import { ItemOrder } from './itemOrder';

/** Enough to keep Meta's highest rate of messages busy at half a second per call. */
const SIDE_BY_SIDE = 50;

type ItemError = ReturnType<typeof asItemError>;

/** All items that name no lane of their own run one after another. */
const ONE_LANE = '';

const operationOf = (n8n: IExecuteFunctions, index: number): Operation =>
	findOperation(resources, parameterOf(n8n, 'resource', index), parameterOf(n8n, 'operation', index));

function laneOf(n8n: IExecuteFunctions, index: number): string {
	try {
		const lane = operationOf(n8n, index).lane;
		return lane ? lane((name) => String(parameterOf(n8n, name, index, '')), index) : ONE_LANE;
	} catch {
		// What is wrong with the item is said when it is run.
		return ONE_LANE;
	}
}

/** An item that was not reached, because one before it made the node stop. */
class NotReached extends Error {}

/** What the Account field says: items that say the same wait for each other where order matters. */
function accountOf(n8n: IExecuteFunctions, index: number): string {
	try {
		return String(parameterOf(n8n, 'account', index, ''));
	} catch {
		return ONE_LANE;
	}
}

/**
 * What a failed item says. n8n sends an item to the error output when it has no other keys than an error's, and before
 * 2.35 `details` was none of those: there, one key says it all. Elsewhere the nodes that go on with the item also get
 * what it left behind at Meta. No `error` beside `json`: n8n would then cut the item down to its message.
 */
function failedItem(
	n8n: IExecuteFunctions,
	{ message, description, context: { containerId } }: ItemError,
): IDataObject {
	if (n8n.getNode().onError === 'continueErrorOutput')
		return { error: description ? `${message}. ${description}` : message };
	return {
		error: message,
		details: description,
		...(containerId === undefined ? {} : { containerId: containerId as string }),
	};
}

/** Says what became of the others, so that nobody has to guess before running the node again. */
function withItemCount(error: ItemError, done: number, total: number): ItemError {
	if (total === 1) return error;
	const outcome = `${done} of ${total} items were carried out before the node stopped; to get the fate of each, set On Error to "Continue" in the settings of the node.`;
	error.description = `${error.description ?? ''} ${outcome}`.trim();
	return error;
}

/**
 * Runs an operation for each item: side by side where it says so, in order within a lane, never twice for an item that
 * a retry of n8n brings again. The first failure by order is thrown, and no item behind it does a step that keeps the order.
 * @param opened receives each login that was opened
 */
export async function runItems(
	n8n: IExecuteFunctions,
	opened: (connection: Connection) => void,
): Promise<INodeExecutionData[]> {
	const items = n8n.getInputData();
	const finished = new FinishedItems(n8n);
	const output: INodeExecutionData[][] = [];
	const failures = new Map<number, ItemError>();
	let hasFailed = false;
	const order = new ItemOrder(items.length, (index) => accountOf(n8n, index));
	const ofRun = new Map<string, unknown>();
	const perRun: ItemTools['perRun'] = (key, make) => {
		if (!ofRun.has(key)) ofRun.set(key, make());
		return ofRun.get(key) as ReturnType<typeof make>;
	};
	const toolsOf = (i: number): ItemTools => ({
		progress: finished.progressOf(i, items[i]),
		earlier: finished.earlierOf(i, items[i]),
		taken: finished.taken,
		perRun,
		afterEarlierItems: async (step, task) =>
			await order.afterEarlier(i, step, async () => {
				if ([...failures.keys()].some((failed) => failed < i)) throw new NotReached();
				return await task();
			}),
	});
	const connections = new Map<string, ReturnType<typeof openConnection>>();
	const connect = async (type: CredentialType) => {
		const known = connections.get(type) ?? openConnection(n8n, type);
		connections.set(type, known);
		opened(await known);
		return await known;
	};
	const runItem = async (i: number): Promise<INodeExecutionData[]> => {
		const connection = await connect(parameterOf<CredentialType>(n8n, 'authentication', i));
		const chosen = operationOf(n8n, i);
		const result = await chosen.run(await runContext(n8n, connection, chosen, i, toolsOf(i)));
		const rows = n8n.helpers.returnJsonArray(result as IDataObject | IDataObject[]);
		return n8n.helpers.constructExecutionMetaData(rows, { itemData: { item: i } });
	};
	const task = async (i: number) => {
		try {
			output[i] = finished.recall(i, items[i]) ?? (await runItem(i));
			finished.remember(i, items[i], output[i]);
		} catch (error) {
			if (error instanceof NotReached) return;
			hasFailed = true;
			finished.rememberFailure(i, items[i], error);
			const failure = asItemError(n8n.getNode(), error, i);
			if (n8n.continueOnFail()) output[i] = [{ json: failedItem(n8n, failure), pairedItem: { item: i } }];
			else failures.set(i, failure);
		} finally {
			order.end(i);
		}
	};
	const mayStart = () => failures.size === 0 && !n8n.getExecutionCancelSignal()?.aborted;
	await runInLanes(items.length, (index) => laneOf(n8n, index), SIDE_BY_SIDE, task, mayStart);
	finished.close(hasFailed);
	if (failures.size > 0)
		throw withItemCount(
			failures.get(Math.min(...failures.keys())) as ItemError,
			output.filter(Boolean).length,
			items.length,
		);
	return output.flat();
}
