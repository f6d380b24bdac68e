import type { CredentialRef } from './credentials.mts';
import type { NodeTypeDescription, Nodes, WorkflowNode } from './nodes.mts';
import { N8nError, poll, type Session } from './session.mts';

const ACTIVATION_TIMEOUT_MS = 90_000;

/** A workflow as exported from the editor; other fields of an export are ignored. */
export type WorkflowJson = {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
};

/** A workflow n8n has stored. */
export type StoredWorkflow = WorkflowJson & {
	id: string;
	versionId: string;
	/** Published, in n8n's words "active"; says nothing about whether the triggers could be registered. */
	active: boolean;
};

/** What became of a publication; n8n keeps one row per trigger node. */
export type PublicationStatus = {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: 'activated' | 'failed'; errorMessage: string | null }>;
};

/** Imports, activates and removes workflows. */
export class Workflows {
	readonly #session: Session;
	readonly #nodes: Nodes;

	constructor(session: Session, nodes: Nodes) {
		this.#session = session;
		this.#nodes = nodes;
	}

	/**
	 * Stores a new workflow.
	 * @param credentials by credential type; put into every node that uses the type with its present settings
	 */
	async import(
		json: WorkflowJson,
		{ credentials = {} }: { credentials?: Record<string, CredentialRef> } = {},
	): Promise<StoredWorkflow> {
		const nodes = await Promise.all(json.nodes.map(async (node) => await this.#withCredentials(node, credentials)));
		return await this.#session.call<StoredWorkflow>('POST', '/workflows', {
			name: json.name,
			active: false,
			nodes,
			connections: json.connections,
			settings: json.settings ?? { executionOrder: 'v1' },
			pinData: json.pinData,
		});
	}

	/** Saves a new version, as the editor does; an active workflow runs the published one until `activate`. */
	async update(id: string, change: (workflow: StoredWorkflow) => void): Promise<void> {
		const workflow = await this.get(id);
		change(workflow);
		const { name, nodes, connections, settings, versionId } = workflow;
		await this.#session.call('PATCH', `/workflows/${id}`, { name, nodes, connections, settings, versionId });
	}

	async get(id: string): Promise<StoredWorkflow> {
		return await this.#session.call<StoredWorkflow>('GET', `/workflows/${id}`);
	}

	/**
	 * Activates the latest version and waits until n8n has registered every trigger. n8n tries a failing
	 * trigger five times (1, 2, 4 and 8 seconds apart), so a failure takes about 15 seconds to show; only a
	 * taken path is refused at once. An n8n without publications tells every failure at once.
	 * @throws N8nError with n8n's message for each trigger that failed; n8n then still calls the workflow
	 *   active, and tries again after a restart, until it is deactivated
	 */
	async activate(id: string, { timeoutMs = ACTIVATION_TIMEOUT_MS } = {}): Promise<void> {
		const { versionId, nodes } = await this.get(id);
		await this.#switch(id, 'activate', { versionId });
		const { status, triggers } = await this.#settled(id, timeoutMs);
		if (status === 'published') return;
		const failures = triggers
			.filter((trigger) => trigger.status === 'failed')
			.map(({ nodeId, errorMessage }) => {
				const name = nodes.find((node) => node.id === nodeId)?.name ?? nodeId;
				return `"${name}": ${errorMessage}`;
			});
		const reason = failures.join('; ') || `publication ended as "${status}"; the reason is in n8n's log`;
		throw new N8nError(`Workflow could not be activated: ${reason}`, 0);
	}

	/** Deactivates and waits until n8n has removed the triggers (a trigger's `delete` has run then). */
	async deactivate(id: string, { timeoutMs = ACTIVATION_TIMEOUT_MS } = {}): Promise<void> {
		await this.#switch(id, 'deactivate', {});
		await this.#settled(id, timeoutMs);
	}

	/** Archives (which deactivates) and deletes. */
	async delete(id: string): Promise<void> {
		await this.#session.call('POST', `/workflows/${id}/archive`, {});
		await this.#session.call('DELETE', `/workflows/${id}`);
	}

	/**
	 * What n8n says about the triggers of a published workflow. An n8n that has no word for it registers the triggers
	 * before it answers `activate`, and answers with the failure.
	 */
	async publicationStatus(id: string): Promise<PublicationStatus> {
		try {
			return await this.#session.call<PublicationStatus>('GET', `/workflows/${id}/publication-status`);
		} catch (error) {
			if (!(error instanceof N8nError) || error.status !== 404) throw error;
			const { active } = await this.get(id);
			return { status: active ? 'published' : 'not_published', triggers: [] };
		}
	}

	/** The URLs at which a trigger node listens: for the active workflow, and while a test listens. */
	async webhookUrls(id: string, nodeName: string): Promise<{ production: string; test: string }> {
		const { nodes } = await this.get(id);
		const node = nodes.find(({ name }) => name === nodeName);
		if (!node) throw new Error(`Workflow ${id} has no node "${nodeName}".`);
		const { webhooks } = await this.#nodes.describe(node.type, node.typeVersion);
		const webhook = webhooks?.find(({ name }) => name === 'default');
		if (!webhook) throw new Error(`Node "${nodeName}" has no webhook.`);
		const path = resolvePath(webhook.path, node);
		const fullPath = webhook.isFullPath === true ? path || node.webhookId : `${node.webhookId}/${path}`;
		const { url } = this.#session;
		return { production: `${url}/webhook/${fullPath}`, test: `${url}/webhook-test/${fullPath}` };
	}

	/** n8n before 1.122 has no address for it: there, being active is a field of the workflow. */
	async #switch(id: string, act: 'activate' | 'deactivate', body: object): Promise<void> {
		try {
			await this.#session.call('POST', `/workflows/${id}/${act}`, body);
		} catch (error) {
			if (!(error instanceof N8nError) || error.status !== 404) throw error;
			const { versionId } = await this.get(id);
			await this.#session.call('PATCH', `/workflows/${id}`, { active: act === 'activate', versionId });
		}
	}

	async #settled(id: string, timeoutMs: number): Promise<PublicationStatus> {
		const probe = async () => {
			let current = await this.publicationStatus(id);
			// n8n looks for a publication under way and for its triggers side by side: where it ends between the two looks,
			// there is neither. Once it has ended, a second look finds the triggers.
			if (current.status === 'not_published') current = await this.publicationStatus(id);
			return current.status === 'in_progress' ? undefined : current;
		};
		return await poll(probe, { timeoutMs, what: `n8n to finish the publication of workflow ${id}` });
	}

	async #withCredentials(node: WorkflowNode, credentials: Record<string, CredentialRef>): Promise<WorkflowNode> {
		if (Object.keys(credentials).length === 0) return node;
		const description = await this.#nodes.describe(node.type, node.typeVersion);
		const named = Object.keys(node.credentials ?? {});
		const wanted = named.length > 0 ? named : usedCredentials(description, node);
		const filled = wanted.filter((type) => type in credentials).map((type) => [type, credentials[type]]);
		return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(filled) } };
	}
}

// An export names its credentials; a hand-written workflow may not, then the description decides.
function usedCredentials(description: NodeTypeDescription, node: WorkflowNode): string[] {
	const valueOf = (name: string) =>
		node.parameters[name] ?? description.properties.find((property) => property.name === name)?.default;
	const shown = ({ displayOptions }: { displayOptions?: { show?: Record<string, unknown[]> } }) =>
		Object.entries(displayOptions?.show ?? {}).every(([name, values]) => values.includes(valueOf(name)));
	return (description.credentials ?? []).filter(shown).map(({ name }) => name);
}

// Either literal, or the value of a parameter, as in n8n's own Webhook node.
function resolvePath(path: string, node: WorkflowNode): string {
	const parameter = /^=\{\{\s*\$parameter\["(\w+)"\]\s*\}\}$/.exec(path)?.[1];
	return parameter === undefined ? path : String(node.parameters[parameter] ?? '');
}
