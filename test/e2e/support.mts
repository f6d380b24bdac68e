import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { continueLogin, type Choices } from '../../sandbox/demo/person.mts';
import { leaksOf } from './leaks.mts';
import { takeN8n } from './sharedN8n.mts';
import { setStage, type Stage, type StageOptions } from '../../sandbox/demo/stage.mts';
import {
	errorOf,
	type CredentialRef,
	type Execution,
	type ExecutionError,
	type WorkflowNode,
} from '../../sandbox/n8n/drive.mts';

export const ACTION = 'n8n-nodes-instagram-platform.instagram';
export const TRIGGER = 'n8n-nodes-instagram-platform.instagramTrigger';
export const ACCOUNT = 'sandbox_bakery';
export const CUSTOMER = 'customer_one';

/** The first use on a machine installs n8n, which takes minutes. */
export const STAGE_TIMEOUT_MS = 20 * 60 * 1000;

/**
 * n8n starts faster without the editor, which no test here opens, and without the process that runs Code nodes, which
 * none of them uses: n8n then waits for one from elsewhere.
 */
const ENVIRONMENT = {
	N8N_DISABLE_UI: 'true',
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: randomUUID(),
};

/**
 * A sandbox beside an n8n: the one that other test files use as well, unless something is asked of n8n itself. When it
 * closes, nothing secret may have been left behind by whatever the tests did.
 */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
	const isAnyN8n = Object.keys(options).every((name) => name === 'sandbox');
	const shared = isAnyN8n ? await takeN8n(ENVIRONMENT) : undefined;
	const stage = await setStage({
		isMigrated: true,
		...options,
		sandbox: { strictParameters: true, ...options.sandbox },
		home: shared?.home,
		n8nEnv: { ...ENVIRONMENT, ...options.n8nEnv },
	});
	const close = async () => {
		const leaks = await leaksOf(stage);
		await Promise.resolve(shared?.park()).finally(stage.close);
		expect(leaks).toEqual([]);
	};
	return { ...stage, close };
}

export type Login = { type: string; credential: CredentialRef };

const INSTAGRAM_LOGIN = 'instagramLoginOAuth2Api';

/** Creates an Instagram Login credential and connects it through the pop-up, as a person does. */
export async function connectInstagram(stage: Stage, more: object = {}, choices: Choices = {}): Promise<Login> {
	const { sandbox } = stage;
	const app = [...sandbox.world.apps.values()][0];
	const credential = await stage.client.credentials.create(INSTAGRAM_LOGIN, 'Instagram Login (sandbox)', {
		clientId: app.instagramAppId,
		clientSecret: app.instagramAppSecret,
		instagramGraphBaseUrl: sandbox.instagramGraphUrl,
		loginBaseUrl: sandbox.instagramLoginUrl.replace(/\/oauth\/authorize$/, ''),
		apiBaseUrl: sandbox.instagramApiUrl.replace(/\/oauth\/access_token$/, ''),
		...more,
	});
	await stage.client.credentials.connectOAuth2(
		credential.id,
		async (url) => await continueLogin(url, { account: ACCOUNT, ...choices }),
	);
	return { type: INSTAGRAM_LOGIN, credential };
}

/** Node parameters of an operation for `ACCOUNT`; `more` adds to them and overrides. */
export function operation(login: Login, resource: string, name: string, more: object = {}) {
	return {
		authentication: login.type,
		resource,
		operation: name,
		account: { __rl: true, mode: 'id', value: ACCOUNT },
		...more,
	};
}

const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}): WorkflowNode =>
	({ id: `node-${name}`, name, type, typeVersion, position: [0, 0], parameters, ...more }) as WorkflowNode;

export type Run = { items: Array<Record<string, unknown>>; error: ExecutionError | undefined; execution: Execution };

export type RunOptions = {
	items?: object[];
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	settings?: object;
};

/** Runs one Instagram node in the real n8n, as "Execute workflow" does. */
export async function execute(stage: Stage, login: Login, parameters: object, options: RunOptions = {}): Promise<Run> {
	const { items = [{}], onError, settings = {} } = options;
	const workflow = await stage.client.workflows.import({
		name: 'one operation',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Instagram', ACTION, 1, parameters, {
				...settings,
				...(onError ? { onError } : {}),
				credentials: { [login.type]: login.credential },
			}),
		],
		connections: { Start: { main: [[{ node: 'Instagram', type: 'main', index: 0 }]] } },
		pinData: { Start: items.map((json) => ({ json })) },
	});
	const started = await stage.client.executions.run(workflow.id, { trigger: 'Start' });
	if (!('executionId' in started)) throw new Error('n8n did not run the workflow');
	const execution = await stage.client.executions.waitFor(workflow.id);
	const output = execution.data.resultData.runData.Instagram?.at(-1)?.data?.main?.[0] ?? [];
	return { items: output.map(({ json }) => json), error: errorOf(execution), execution };
}

/** A workflow that a plain webhook starts in production mode, with one Instagram node behind it. */
export async function activateBehindWebhook(
	stage: Stage,
	login: Login,
	path: string,
	parameters: object,
): Promise<{ id: string; url: string }> {
	const { id } = await stage.client.workflows.import({
		name: path,
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				2,
				{ path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
				{ webhookId: path },
			),
			// A list without elements is an answer, too.
			node('Instagram', ACTION, 1, parameters, {
				alwaysOutputData: true,
				credentials: { [login.type]: login.credential },
			}),
		],
		connections: { Webhook: { main: [[{ node: 'Instagram', type: 'main', index: 0 }]] } },
	});
	await stage.client.workflows.activate(id);
	return { id, url: `${stage.n8n.url}/webhook/${path}` };
}

/** A trigger with nothing behind it; its webhook ID is the path that Meta calls. */
export async function importTrigger(
	stage: Stage,
	login: Login,
	webhookId: string,
	parameters: object,
): Promise<string> {
	const { id } = await stage.client.workflows.import({
		name: webhookId,
		nodes: [
			node(
				'Trigger',
				TRIGGER,
				2,
				{ authentication: login.type, setup: 'automatic', accounts: [], options: {}, ...parameters },
				{
					webhookId,
					credentials: { [login.type]: login.credential },
				},
			),
			node('End', 'n8n-nodes-base.noOp', 1, {}),
		],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	});
	return id;
}

export function callbackOf(stage: Stage, webhookId: string): string {
	return `${stage.n8n.url}/webhook/${webhookId}/webhook`;
}

/** How many executions a workflow has had, once nothing more is on its way. */
export async function settledExecutions(stage: Stage, workflowId: string, quietMs = 700): Promise<number> {
	await delay(quietMs);
	return (await stage.client.executions.list(workflowId)).length;
}
