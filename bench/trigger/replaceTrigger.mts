import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { WorkflowNode } from '../../sandbox/n8n/drive.mts';

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Puts another trigger in the place of the first node of an active workflow, without n8n calling its hooks. n8n reads
 * an active workflow from its database at each request.
 * @param userFolder as in `RunningN8n.userFolder`
 * @param webhookId the new trigger's; its path must be the one of the trigger before
 */
export function replaceTrigger(userFolder: string, workflowId: string, trigger: Partial<WorkflowNode>): void {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { timeout: BUSY_TIMEOUT_MS });
	try {
		const version = database.prepare(
			'SELECT h.versionId AS id, h.nodes AS nodes FROM workflow_history h JOIN workflow_entity w ON w.activeVersionId = h.versionId WHERE w.id = ?',
		);
		const { id, nodes } = version.get(workflowId) as { id: string; nodes: string };
		const [first, ...others] = JSON.parse(nodes) as WorkflowNode[];
		const changed = JSON.stringify([{ ...first, ...trigger }, ...others]);
		database.prepare('UPDATE workflow_history SET nodes = ? WHERE versionId = ?').run(changed, id);
		database.prepare('UPDATE workflow_entity SET nodes = ? WHERE id = ?').run(changed, workflowId);
	} finally {
		database.close();
	}
}
