import { OAUTH_CREDENTIAL, type Stage, type StageOptions } from '../../sandbox/demo/stage.mts';
import { startQueue, type N8nQueue, type QueueOptions } from '../../sandbox/n8n/queue.mts';
import { importStormWorkflow } from '../e2e/storm/workflow.mts';
import type { ListExecutions } from '../e2e/storm/outcome.mts';
import { openStage } from '../e2e/support.mts';

/** A sandbox beside n8n in queue mode, with the storm's workflow active. */
export interface QueueStage {
	stage: Stage;
	queue: N8nQueue;
	workflowId: string;
	/** The address that Meta calls. */
	callback: string;
	list: ListExecutions;
	close(): Promise<void>;
}

/** @param parts how many processes, and who hears of requests */
export async function openQueueStage(webhookId: string, options: StageOptions, parts: Partial<QueueOptions> = {}): Promise<QueueStage> {
	const started: N8nQueue[] = [];
	const start: StageOptions['start'] = async (base) => {
		started.push(await startQueue({ ...base, ...parts }));
		return started[0].main;
	};
	const stage = await openStage({ ...options, start });
	const [queue] = started;
	const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
	const workflowId = await importStormWorkflow(stage.client, login, webhookId);
	await stage.client.workflows.activate(workflowId);
	return {
		stage,
		queue,
		workflowId,
		callback: `${queue.url}/webhook/${webhookId}/webhook`,
		list: async () => await queue.query('SELECT id::text, status FROM execution_entity WHERE "workflowId" = $1 ORDER BY execution_entity.id', [workflowId]),
		async close() {
			await queue.close();
			await stage.close();
		},
	};
}
