import type { Stage } from '../../sandbox/demo/stage.mts';
import { errorOf, type Execution, type WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { ACTION, type Login } from './support.mts';

/** A node of a workflow that stands in one line; name, place and links are given by the line. */
export type Step = Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> & Partial<WorkflowNode>;

/** Makes a file of text in base64 within the workflow: nothing but n8n has it. */
export function makeFile(property: string): Step {
	return {
		name: 'Make File',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: { operation: 'toBinary', sourceProperty: property, options: {} },
	};
}

/** Reads files of n8n's own disk, an item for each. */
export function readFiles(selector: string): Step {
	return {
		name: 'Read Files',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1,
		parameters: { operation: 'read', fileSelector: selector, options: {} },
	};
}

/** Puts the files of all items into one. */
export const gatherFiles: Step = {
	name: 'Gather',
	type: 'n8n-nodes-base.aggregate',
	typeVersion: 1,
	parameters: { aggregate: 'aggregateAllItemData', options: { includeBinaries: true } },
};

export function instagram(login: Login, parameters: object, more: object = {}): Step {
	return {
		name: 'Instagram',
		type: ACTION,
		typeVersion: 1,
		parameters: parameters as Step['parameters'],
		credentials: { [login.type]: login.credential },
		...more,
	};
}

export type FlowRun = {
	workflowId: string;
	execution: Execution;
	error: ReturnType<typeof errorOf>;
	items: Array<Record<string, unknown>>;
};

/** What the last run of the Instagram node put out. */
export function outcomeOf(workflowId: string, execution: Execution): FlowRun {
	const items = execution.data.resultData.runData.Instagram?.at(-1)?.data?.main?.[0] ?? [];
	return { workflowId, execution, error: errorOf(execution), items: items.map(({ json }) => json) };
}

/** Runs steps one behind the other in the real n8n, begun with some items by hand. */
export async function runFlow(
	stage: Stage,
	steps: Step[],
	items: object[] = [{}],
	timeoutMs = 60_000,
): Promise<FlowRun> {
	const start: Step = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	const all = [start, ...steps];
	const link = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const { id } = await stage.client.workflows.import({
		name: 'files',
		nodes: all.map((step, index) => ({ id: `step-${index}`, position: [index * 200, 0], ...step })),
		connections: Object.fromEntries(steps.map(({ name }, index) => [all[index].name, link(name)])),
		pinData: { Start: items.map((json) => ({ json })) },
	});
	await stage.client.executions.run(id, { trigger: 'Start' });
	return outcomeOf(id, await stage.client.executions.waitFor(id, { timeoutMs }));
}
