import { TRIGGER, type Login } from '../support.mts';
import type { N8nClient, WorkflowNode } from '../../../sandbox/n8n/drive.mts';

/** Long enough for a kill to hit executions in the middle. */
const WORK_SECONDS = 2;

const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}): WorkflowNode =>
	({ id: name, name, type, typeVersion, position: [0, 0], parameters, ...more }) as WorkflowNode;

/**
 * A workflow that works on each delivery for two seconds: Trigger, Work, End.
 * @param between nodes to put right behind the trigger
 * @returns its ID
 */
export async function importStormWorkflow(
	client: N8nClient,
	login: Login,
	webhookId: string,
	between: WorkflowNode[] = [],
): Promise<string> {
	const parameters = {
		authentication: login.type,
		setup: 'automatic',
		accounts: [],
		events: ['message', 'postback', 'comment'],
		options: {},
	};
	const nodes = [
		node('Trigger', TRIGGER, 2, parameters, { webhookId, credentials: { [login.type]: login.credential } }),
		...between,
		node('Work', 'n8n-nodes-base.wait', 1.1, { amount: WORK_SECONDS, unit: 'seconds' }),
		node('End', 'n8n-nodes-base.noOp', 1, {}),
	];
	const links = nodes
		.slice(0, -1)
		.map(({ name }, index) => [name, { main: [[{ node: nodes[index + 1].name, type: 'main', index: 0 }]] }]);
	const { id } = await client.workflows.import({
		name: 'Storm',
		nodes,
		connections: Object.fromEntries(links) as Record<string, unknown>,
	});
	return id;
}
