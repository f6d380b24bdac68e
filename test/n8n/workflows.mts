import type { WorkflowJson } from '../../sandbox/n8n/drive.mts';

/** A workflow of one trigger, followed by one other node when it is given. */
export function workflow(trigger: object, next?: object): WorkflowJson {
	const nodes = [trigger, next].filter(Boolean).map((node, index) => ({
		name: index === 0 ? 'Start' : 'Next',
		position: [index * 200, 0],
		typeVersion: 1,
		parameters: {},
		...node,
	}));
	const connections = next ? { Start: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } } : {};
	return { name: `test ${Math.random()}`, nodes, connections } as unknown as WorkflowJson;
}

/** A workflow that n8n's own Webhook node starts, at `path`. */
export function coreWebhook(path: string, next?: object) {
	return workflow(
		{
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: `id-${path}`,
			parameters: { path, httpMethod: 'POST', options: {} },
		},
		next,
	);
}
