import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetch } from 'undici';
import { N8nClient, type CredentialRef, type WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { startN8n, type RunningN8n } from '../../sandbox/n8n/start.mts';
import { startProvider, type Provider } from './provider.mts';

export const OAUTH2 = 'canaryOAuth2Api';
export const TOKEN = 'canaryApi';
const PACKAGE = 'n8n-nodes-canary';

/** A flow of a webhook and the probe. */
type Flow = {
	id: string;
	/** Starts an execution; the answer is what the last node put out, if it put out something. */
	start(): Promise<Record<string, unknown>>;
};

type FlowOptions = {
	credential?: { type: string; ref: CredentialRef };
	settings?: Partial<WorkflowNode>;
	/** What the workflow answers: the last node's output, or at once. */
	mode?: 'lastNode' | 'onReceived';
};

/** One n8n with the probe package, and the service that the probe talks to. */
export type CanaryStage = {
	n8n: RunningN8n;
	client: N8nClient;
	provider: Provider;
	/** Requests that the service got during `act`. */
	during(act: () => Promise<unknown>): Promise<Provider['seen']>;
	/** A credential of the probe; the OAuth2 one is connected through the pop-up. */
	credential(type: string): Promise<{ type: string; ref: CredentialRef }>;
	/** A flow with one of the probe's programs. */
	flow(program: string, input?: object, options?: FlowOptions): Promise<Flow>;
	/** Runs one of the probe's programs once. */
	run(program: string, input?: object, options?: FlowOptions): Promise<Record<string, unknown>>;
	close(): Promise<void>;
};

/** @param env overrides of n8n's environment */
export async function openCanaryStage(env: Record<string, string> = {}): Promise<CanaryStage> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-canary-'));
	const provider = await startProvider();
	const packageDir = fileURLToPath(new URL('package', import.meta.url));
	const n8n = await startN8n({ n8nDir: await installN8n(), packageDir, userFolder, env });
	const client = await N8nClient.open(n8n.url);
	let flows = 0;

	const flow = async (
		program: string,
		input: object = {},
		{ credential, settings, mode = 'lastNode' }: FlowOptions = {},
	): Promise<Flow> => {
		const path = `flow-${++flows}`;
		const parameters = {
			authentication: credential?.type ?? 'none',
			program,
			input: JSON.stringify(input),
			operation: program === 'wait' ? 'sendAndWait' : '',
		};
		const { id } = await client.workflows.import({
			name: path,
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					position: [0, 0],
					webhookId: path,
					parameters: { path, httpMethod: 'POST', responseMode: mode, options: {} },
				},
				{
					id: 'canary',
					name: 'Canary',
					type: `${PACKAGE}.canary`,
					typeVersion: 1,
					position: [200, 0],
					webhookId: `${path}-canary`,
					parameters,
					...settings,
					...(credential ? { credentials: { [credential.type]: credential.ref } } : {}),
				},
			],
			connections: { Start: { main: [[{ node: 'Canary', type: 'main', index: 0 }]] } },
		});
		await client.workflows.activate(id);
		return {
			id,
			async start() {
				const answer = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST' });
				return JSON.parse((await answer.text()) || '{}') as Record<string, unknown>;
			},
		};
	};

	return {
		n8n,
		client,
		provider,
		flow,
		async during(act) {
			const before = provider.seen.length;
			await act();
			return provider.seen.slice(before);
		},
		async credential(type) {
			const data =
				type === OAUTH2 ? { baseUrl: provider.url, clientId: 'id', clientSecret: 'secret' } : { baseUrl: provider.url };
			const ref = await client.credentials.create(type, type, data);
			if (type === OAUTH2) {
				await client.credentials.connectOAuth2(ref.id, async (address) => {
					const asked = new URL(address).searchParams;
					return `${asked.get('redirect_uri')}?code=abc&state=${encodeURIComponent(asked.get('state') ?? '')}`;
				});
			}
			return { type, ref };
		},
		run: async (program, input, options) => await (await flow(program, input, options)).start(),
		async close() {
			await n8n.stop();
			provider.stop();
			await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
		},
	};
}
