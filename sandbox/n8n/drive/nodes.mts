import type { CredentialRef } from './credentials.mts';
import { N8nError, type Session } from './session.mts';

/** A node of a workflow, as n8n stores and exports it. */
export type WorkflowNode = {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position?: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialRef>;
	webhookId?: string;
	disabled?: boolean;
	[key: string]: unknown;
};

/** The parts of a node type's description that driving needs. */
export type NodeTypeDescription = {
	name: string;
	displayName: string;
	version: number | number[];
	properties: Array<{ name: string; default?: unknown }>;
	webhooks?: Array<{ name: string; path: string; isFullPath?: boolean; httpMethod: string }>;
	credentials?: Array<{
		name: string;
		displayOptions?: { show?: Record<string, unknown[]> };
	}>;
	[key: string]: unknown;
};

/** A picker of a node: which node with which values, and which of its methods. */
export type PickerRequest = {
	node: Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;
	/** Name of the method in `methods.listSearch` or `methods.loadOptions`. */
	method: string;
	/** Parameter the picker belongs to (default: none; only nested `loadOptions` care). */
	parameter?: string;
};

/** One page of a searchable picker. */
export type SearchResults = {
	results: Array<{ name: string; value: string | number; url?: string }>;
	paginationToken?: string;
};

/** Node types, and the pickers the editor fills while a person configures a node. */
export class Nodes {
	readonly #session: Session;

	constructor(session: Session) {
		this.#session = session;
	}

	/**
	 * All node types n8n has loaded, or those whose name starts with `prefix`.
	 * @throws N8nError (404) when n8n runs with N8N_DISABLE_UI; `describe` works there
	 */
	async list(prefix = ''): Promise<NodeTypeDescription[]> {
		const response = await this.#session.raw('GET', '/types/nodes.json');
		if (!response.ok) throw new N8nError('n8n did not list its node types', response.status);
		const all = (await response.json()) as NodeTypeDescription[];
		return all.filter(({ name }) => name.startsWith(prefix));
	}

	/** The description of one node type. @throws N8nError when n8n does not know it */
	async describe(type: string, version: number): Promise<NodeTypeDescription> {
		const [description] = await this.#session.call<NodeTypeDescription[]>('POST', '/node-types', {
			nodeInfos: [{ name: type, version }],
		});
		return description;
	}

	/** A page of a resource locator's "From list". */
	async listSearch(request: PickerRequest & { filter?: string; paginationToken?: string }): Promise<SearchResults> {
		const { filter, paginationToken } = request;
		const body = { ...pickerBody(request), filter, paginationToken };
		return await this.#session.call('POST', '/dynamic-node-parameters/resource-locator-results', body);
	}

	/** The options of a drop-down that a node loads itself. */
	async loadOptions(request: PickerRequest): Promise<Array<{ name: string; value: unknown; description?: string }>> {
		return await this.#session.call('POST', '/dynamic-node-parameters/options', pickerBody(request));
	}
}

function pickerBody({ node, method, parameter }: PickerRequest): Record<string, unknown> {
	return {
		path: `parameters.${parameter ?? ''}`,
		methodName: method,
		nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
		currentNodeParameters: node.parameters,
		credentials: node.credentials,
	};
}
