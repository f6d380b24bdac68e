import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { OAUTH_CREDENTIAL, setStage, type Stage } from '../../sandbox/demo/stage.mts';
import type { WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { readDatabase } from '../../sandbox/n8n/sqlite.mts';
import type { Kind, Target } from './kinds.mts';
import { load, type LoadOptions } from './load.mts';
import { replaceTrigger } from './replaceTrigger.mts';

const CONNECTIONS = 8;
const HOOK = '77777777-8888-4999-8aaa-bbbbbbbbbbbb';
const WHATSAPP_HOOK = '88888888-9999-4aaa-8bbb-cccccccccccc';
const WHATSAPP_CREDENTIAL = 'whatsAppTriggerApi';

/** n8n as it comes, and with the one setting that matters most here. */
export const SETTINGS: Array<{ name: string; env: Record<string, string> }> = [
	{ name: 'default', env: {} },
	{ name: 'tuned', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
];

/** An n8n with all workflows active, and the means to measure it. */
export type Side = {
	name: string;
	/** Address of Node's inspector in n8n. */
	inspector: string;
	/** Sends what `next` makes as long as `goesOn` says so, and waits until n8n has done all of it. */
	fire(next: Kind['next'], goesOn: LoadOptions['goesOn']): Promise<{ answered: number; seconds: number }>;
	/** @returns requests per second */
	measure(kind: Kind, seconds: number): Promise<number>;
	close(): Promise<void>;
};

type Trigger = Pick<WorkflowNode, 'type' | 'typeVersion' | 'parameters'> & Partial<WorkflowNode>;

/** Activates a workflow of a trigger, an empty node behind it, and others that are not reached. @returns its ID */
async function activate(stage: Stage, trigger: Trigger, others: Array<Partial<WorkflowNode>> = []): Promise<string> {
	const start = { id: 'start', name: 'Start', position: [0, 0], ...trigger };
	const end = {
		id: 'end',
		name: 'End',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [200, 0],
		parameters: {},
	};
	const { id } = await stage.client.workflows.import({
		name: trigger.type,
		nodes: [
			start,
			end,
			...others.map((other) => ({ id: 'other', name: 'Other', position: [200, 200], ...other })),
		] as WorkflowNode[],
		connections: { Start: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	});
	await stage.client.workflows.activate(id);
	return id;
}

const webhookNode = (path: string): Trigger => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { path, httpMethod: 'POST', options: {} },
});

/** n8n's WhatsApp Trigger subscribes at Meta's own host when it is activated; here it takes the place of a Webhook node that is active. */
async function activateWhatsApp(stage: Stage, secret: string): Promise<string> {
	const path = `${WHATSAPP_HOOK}/webhook`;
	const id = await activate(stage, webhookNode(path));
	const credential = await stage.client.credentials.create(WHATSAPP_CREDENTIAL, 'WhatsApp', {
		clientId: '1',
		clientSecret: secret,
	});
	replaceTrigger(stage.n8n.userFolder, id, {
		type: 'n8n-nodes-base.whatsAppTrigger',
		typeVersion: 1,
		webhookId: WHATSAPP_HOOK,
		parameters: { updates: ['messages'], options: {} },
		credentials: { [WHATSAPP_CREDENTIAL]: credential },
	});
	return `/webhook/${path}`;
}

/** Starts n8n with these settings and activates what is measured. */
export async function openSide({ name, env }: (typeof SETTINGS)[number]): Promise<Side> {
	const n8nEnv = { N8N_DISABLE_UI: 'true', NODE_OPTIONS: '--inspect=127.0.0.1:0', ...env };
	const stage = await setStage({ n8nEnv, report: (line) => console.error(`${name}: ${line}`) });
	const credential = await stage.connect();
	const { accounts, apps } = await stage.control.world();
	const { secret } = apps[0];
	await activate(stage, webhookNode('core'));
	const unreached = {
		type: stage.n8n.packageType('instagram'),
		typeVersion: 1,
		parameters: { authentication: OAUTH_CREDENTIAL, resource: 'account', operation: 'getMany' },
		credentials: { [OAUTH_CREDENTIAL]: credential },
	};
	await activate(stage, webhookNode('core-with-credential'), [unreached]);
	const whatsApp = await activateWhatsApp(stage, secret);
	await activate(stage, {
		type: stage.n8n.packageType('instagramTrigger'),
		typeVersion: 2,
		webhookId: HOOK,
		parameters: {
			authentication: OAUTH_CREDENTIAL,
			setup: 'automatic',
			accounts: [],
			events: ['message'],
			options: {},
		},
		credentials: { [OAUTH_CREDENTIAL]: credential },
	});
	const target: Target = {
		trigger: `/webhook/${HOOK}/webhook`,
		webhook: '/webhook/core',
		withCredential: '/webhook/core-with-credential',
		whatsApp,
		secret,
		account: accounts[0].instagramId,
	};
	const read = readDatabase(stage.n8n.userFolder);
	const drained = async () => {
		while (read("SELECT 1 FROM execution_entity WHERE status IN ('new', 'running') LIMIT 1").length > 0) await delay(5);
	};
	const fire: Side['fire'] = async (next, goesOn) =>
		await load({ url: stage.n8n.url, connections: CONNECTIONS, next: () => next(target), goesOn, drained });
	const lastExecution = () =>
		read<{ last: number | null }>('SELECT MAX(id) AS last FROM execution_entity')[0].last ?? 0;
	return {
		name,
		fire,
		inspector: /Debugger listening on (ws:\S+)/.exec(await readFile(stage.n8n.logFile, 'utf8'))?.[1] ?? '',
		async measure(kind, seconds) {
			const before = lastExecution();
			const { answered, seconds: elapsed } = await fire(kind.next, (_sent, ms) => ms < seconds * 1000);
			const started = lastExecution() - before;
			const expected = kind.isExecuted ? answered : 0;
			if (started !== expected)
				throw new Error(`${kind.name}: ${answered} requests started ${started} executions instead of ${expected}`);
			return answered / elapsed;
		},
		close: stage.close,
	};
}
