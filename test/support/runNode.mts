import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { InstagramAccessTokenApi } from '../../credentials/InstagramAccessTokenApi.credentials.ts';
import { InstagramFacebookLoginOAuth2Api } from '../../credentials/InstagramFacebookLoginOAuth2Api.credentials.ts';
import { Instagram } from '../../nodes/Instagram/Instagram.node.ts';

const credentialTypes: Record<string, ICredentialType> = {
	instagramFacebookLoginOAuth2Api: new InstagramFacebookLoginOAuth2Api(),
	instagramAccessTokenApi: new InstagramAccessTokenApi(),
};

export type Stored = Record<string, ICredentialDataDecryptedObject>;

/** Keeps credentials in memory where n8n keeps them in its database; everything else is n8n's own behaviour. */
class MemoryCredentials extends ICredentialsHelper {
	readonly stored: Stored;

	constructor(stored: Stored) {
		super();
		this.stored = stored;
	}

	getParentTypes(name: string): string[] {
		return credentialTypes[name]?.extends ?? [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, name: string, options: never) {
		const { authenticate } = credentialTypes[name];
		if (typeof authenticate !== 'function') throw new Error(`${name} has no authenticate function`);
		return (await authenticate(credentials, options)) as never;
	}

	async preAuthentication(helper: never, credentials: ICredentialDataDecryptedObject, name: string, _node: INode, expired: boolean) {
		const type = credentialTypes[name];
		const field = type.properties.find(({ typeOptions }) => typeOptions?.expirable)?.name;
		if (!field || !type.preAuthentication || (credentials[field] !== '' && !expired)) return undefined;
		const output = await type.preAuthentication.call(helper, credentials);
		Object.assign(this.stored[name], output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(helper: never, credentials: ICredentialDataDecryptedObject, name: string) {
		return (await credentialTypes[name].preAuthentication?.call(helper, credentials)) ?? undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by nodes');
	}

	async getDecrypted(_data: unknown, _node: unknown, name: string) {
		return structuredClone(this.stored[name]);
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData(_node: unknown, name: string, data: ICredentialDataDecryptedObject) {
		this.stored[name].oauthTokenData = data.oauthTokenData;
	}

	getCredentialsProperties(name: string) {
		return credentialTypes[name].properties;
	}
}

const startNode: INodeType = {
	description: {
		displayName: 'Start', name: 'start', group: ['input'], version: 1, description: '', defaults: {}, inputs: [], outputs: ['main'], properties: [],
	},
	execute: async function () {
		return [this.getInputData()];
	},
};

export type RunOptions = {
	parameters: IDataObject;
	credentials: Stored;
	items?: IDataObject[];
	continueOnFail?: boolean;
};

export type RunResult = { items: INodeExecutionData[]; error?: Error & { description?: string | null; context?: IDataObject; httpCode?: string | null } };

/** Runs the Instagram node in n8n's own execution engine, with n8n's own request path. */
export async function runNode({ parameters, credentials, items = [{}], continueOnFail = false }: RunOptions): Promise<RunResult> {
	const types: Record<string, INodeType> = { start: startNode, instagram: new Instagram() };
	const nodes: INode[] = [
		{ id: 'start', name: 'Start', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: 'instagram',
			name: 'Instagram',
			type: 'instagram',
			typeVersion: 1,
			position: [200, 0],
			parameters: parameters as never,
			...(continueOnFail ? { onError: 'continueRegularOutput' as const } : {}),
			credentials: Object.fromEntries(Object.keys(credentials).map((name) => [name, { id: `id-of-${name}`, name }])),
		},
	];
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections: { Start: { main: [[{ node: 'Instagram', type: 'main', index: 0 }]] } },
		nodeTypes: {
			getByName: (name) => types[name],
			getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(types[name], version),
			getKnownTypes: () => ({}),
		},
		active: false,
		settings: { executionOrder: 'v1' },
	});
	const base = 'https://n8n.test';
	const additionalData = {
		hooks: new ExecutionLifecycleHooks('trigger', '1', { id: 'test', nodes } as never),
		credentialsHelper: new MemoryCredentials(credentials),
		currentNodeExecutionIndex: 0,
		executionId: '1',
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		variables: {},
		setExecutionStatus() {},
		sendDataToUI() {},
		logAiEvent() {},
	};
	await workflow.expression.acquireIsolate?.();
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: nodes[0], data: { main: [items.map((json) => ({ json }))] }, source: null }],
		},
	} as never);
	const run = await new WorkflowExecute(additionalData as never, 'trigger', data).processRunExecutionData(workflow);
	await workflow.expression.releaseIsolate?.();
	const task = run.data.resultData.runData.Instagram?.[0];
	return { items: task?.data?.main?.[0] ?? [], error: (task?.error ?? run.data.resultData.error) as RunResult['error'] };
}
