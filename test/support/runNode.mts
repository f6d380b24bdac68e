import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type IBinaryKeyData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRunExecutionData,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { readExecution, storeExecution } from '../../sandbox/n8n/storedExecution.mts';
import type { MemoryCredentials, Stored } from './memoryCredentials.mts';
import type { OtherN8n } from './otherN8n.mts';
import { additionalDataOf, nodeOf, workflowOf } from './workflow.mts';

export type { Stored } from './memoryCredentials.mts';

export type RunOptions = {
	parameters: IDataObject;
	credentials: Stored;
	items?: IDataObject[];
	/** Files of the items, by their place. */
	binary?: IBinaryKeyData[];
	/** Settings of the node, like `retryOnFail`. */
	settings?: Partial<INode>;
	/** What n8n's server hands to nodes, where it differs from the usual. */
	server?: object;
	continueOnFail?: boolean;
	/** Another n8n's ways with credentials. */
	otherN8n?: OtherN8n[];
	/** Address of this n8n, where it matters who can reach it. */
	url?: string;
	/** Why n8n runs the workflow; `retry` when a person runs an execution again. */
	mode?: WorkflowExecuteMode;
	/** Called with a function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
	/** An execution as n8n stored it, which a person retries; its items count, and the parameters of this run. */
	stored?: string;
	/** How often the node runs in the execution, as in a loop. */
	runs?: number;
	/** Parameters of a second node of the kind, which runs behind the first. */
	behind?: IDataObject;
	/** Takes the execution as n8n stores it: when it is created, after each node, and when it has ended. */
	saves?: string[];
};

export type RunResult = {
	items: INodeExecutionData[];
	/** What n8n shows beside the output. */
	hints: NodeExecutionHint[];
	/** What nodes left in their contexts, before n8n stores it. */
	kept: IDataObject;
	error?: Error & { description?: string | null; context?: IDataObject; httpCode?: string | null; failure?: unknown };
};

/** What n8n makes of a stored execution before it runs it again: the run that failed is taken out. */
function retried(stored: string, nodes: INode[]): IRunExecutionData {
	const data = readExecution<IRunExecutionData>(stored);
	const { lastNodeExecuted, runData } = data.resultData;
	delete data.resultData.error;
	const runs = runData[lastNodeExecuted ?? ''] ?? [];
	if (runs.at(-1)?.error) runs.pop();
	for (const entry of data.executionData?.nodeExecutionStack ?? [])
		entry.node = nodes.find(({ name }) => name === entry.node.name) as INode;
	return data;
}

/** Runs the Instagram node in n8n's own execution engine, with n8n's own request path. */
export async function runNode({
	parameters,
	credentials,
	items = [{}],
	binary = [],
	settings = {},
	server,
	continueOnFail = false,
	otherN8n = [],
	url,
	stored,
	mode = stored ? 'retry' : 'trigger',
	onStart,
	saves,
	behind,
	runs = 1,
}: RunOptions): Promise<RunResult> {
	const nodes = [
		nodeOf('start', {}, {}),
		nodeOf('instagram', parameters, credentials, {
			...settings,
			...(continueOnFail ? { onError: 'continueRegularOutput' } : {}),
		}),
	];
	if (behind) nodes.push(nodeOf('instagram', behind, credentials, { id: 'behind', name: 'behind' }));
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const workflow = workflowOf(nodes, { start: to('instagram'), ...(behind ? { instagram: to('behind') } : {}) });
	await workflow.expression.acquireIsolate?.();
	const begun = createRunExecutionData({
		executionData: {
			nodeExecutionStack: Array.from({ length: runs }, () => ({
				node: nodes[0],
				data: { main: [items.map((json, i) => ({ json, ...(binary[i] ? { binary: binary[i] } : {}) }))] },
				source: null,
			})),
		},
	} as never);
	const data = stored ? retried(stored, nodes) : begun;
	saves?.push(storeExecution(data));
	const additionalData = additionalDataOf(credentials, nodes, {
		...server,
		...(url ? { restApiUrl: `${url}/rest` } : {}),
	});
	const own = additionalData.credentialsHelper as MemoryCredentials;
	const helper = otherN8n.reduce(
		(known, other) => Object.assign(Object.create(known) as MemoryCredentials, other(known)),
		own,
	);
	Object.assign(additionalData, { credentialsHelper: helper });
	additionalData.hooks?.addHandler('nodeExecuteAfter', async (_name, _task, soFar) => {
		saves?.push(storeExecution(soFar));
	});
	const running = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
	onStart?.(() => running.cancel());
	const run = await running;
	await workflow.expression.releaseIsolate?.();
	saves?.push(storeExecution(run.data));
	const task = run.data.resultData.runData.instagram?.at(-1);
	return {
		items: task?.data?.main?.[0] ?? [],
		hints: task?.hints ?? [],
		kept: run.data.executionData?.contextData ?? {},
		error: (task?.error ?? run.data.resultData.error) as RunResult['error'],
	};
}
