import { OAUTH_CREDENTIAL, setStage, type Stage, type StageOptions } from '../../sandbox/demo/stage.mts';
import type { WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { startQueue, type N8nQueue, type QueueOptions } from '../../sandbox/n8n/queue.mts';
import type { ListExecutions } from '../e2e/storm/outcome.mts';
import { importStormWorkflow } from '../e2e/storm/workflow.mts';
import type { Login } from '../e2e/support.mts';

/** A sandbox beside n8n in queue mode, with the storm's workflow active. */
export type QueueStage = {
	stage: Stage;
	queue: N8nQueue;
	/** The address that Meta calls. */
	callback: string;
	list: ListExecutions;
	close(): Promise<void>;
};

/** What differs from a stage and a queue with the usual settings. */
export type QueueStageOptions = StageOptions & {
	parts?: Partial<QueueOptions>;
	/** Nodes to put right behind the trigger. */
	between?: (login: Login) => WorkflowNode[];
};

export async function openQueueStage(
	webhookId: string,
	{ parts, between, ...options }: QueueStageOptions,
): Promise<QueueStage> {
	const started: N8nQueue[] = [];
	const start: StageOptions['start'] = async (base) => {
		started.push(await startQueue({ ...base, ...parts }));
		return started[0].main;
	};
	const stage = await setStage({
		...options,
		sandbox: { strictParameters: true, ...options.sandbox },
		n8nEnv: { N8N_DISABLE_UI: 'true', ...options.n8nEnv },
		start,
	});
	const [queue] = started;
	const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
	const workflowId = await importStormWorkflow(stage.client, login, webhookId, between?.(login));
	await stage.client.workflows.activate(workflowId);
	return {
		stage,
		queue,
		callback: `${queue.url}/webhook/${webhookId}/webhook`,
		list: async () =>
			await queue.query(
				'SELECT id::text, status FROM execution_entity WHERE "workflowId" = $1 ORDER BY execution_entity.id',
				[workflowId],
			),
		async close() {
			await queue.close();
			await stage.close();
		},
	};
}
