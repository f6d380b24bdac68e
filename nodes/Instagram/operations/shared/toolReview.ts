import type { INode } from 'n8n-workflow';

/** Whether the node is the copy that n8n makes of it to review the calls of an agent's tools; each call has an ID. */
export function isToolReview({ type }: INode): boolean {
	return type.endsWith('HitlTool');
}
