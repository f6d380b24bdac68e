import './quiet.mts';
import { randomUUID } from 'node:crypto';
import 'reflect-metadata';
import { ExecutionLifecycleHooks } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type IDataObject,
	type INode,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';
import { InstagramTrigger } from '../../nodes/InstagramTrigger/InstagramTrigger.node.ts';
import { MemoryCredentials, type Stored } from './memoryCredentials.mts';

const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: async function () {
		return [this.getInputData()];
	},
};
const types: Record<string, INodeType> = {
	start,
	instagram: new Instagram(),
	instagramTrigger: new InstagramTrigger(),
};

export const BASE = 'https://n8n.test';

/** A node as a workflow stores it. */
export function nodeOf(type: string, parameters: IDataObject, credentials: Stored, more: Partial<INode> = {}): INode {
	return {
		id: type,
		name: type,
		type,
		typeVersion: type === 'instagramTrigger' ? 2 : 1,
		position: [0, 0],
		parameters: parameters as never,
		credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: `id-of-${name}`, name }])),
		...more,
	};
}

/** n8n's own workflow object around some nodes. */
export function workflowOf(nodes: INode[], connections = {}, id = 'test'): Workflow {
	return new Workflow({
		id,
		nodes,
		connections,
		nodeTypes: {
			getByName: (name) => types[name],
			getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name], version),
			getKnownTypes: () => ({}),
		},
		active: false,
		settings: { executionOrder: 'v1' },
	});
}

/** What n8n's server hands to nodes beside the workflow. */
export function additionalDataOf(
	credentials: Stored,
	nodes: INode[],
	more: object = {},
): IWorkflowExecuteAdditionalData {
	return {
		hooks: new ExecutionLifecycleHooks('trigger', '1', { id: 'test', nodes } as never),
		credentialsHelper: new MemoryCredentials(credentials),
		currentNodeExecutionIndex: 0,
		// n8n gives each execution its own; what an unfinished one remembers must not reach the next.
		executionId: randomUUID(),
		restApiUrl: `${BASE}/rest`,
		instanceBaseUrl: `${BASE}/`,
		webhookBaseUrl: `${BASE}/webhook`,
		webhookTestBaseUrl: `${BASE}/webhook-test`,
		webhookWaitingBaseUrl: `${BASE}/webhook-waiting`,
		formWaitingBaseUrl: `${BASE}/form-waiting`,
		variables: {},
		setExecutionStatus() {},
		sendDataToUI() {},
		logAiEvent() {},
		...more,
	} as never;
}
