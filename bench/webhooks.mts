import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { OAUTH_CREDENTIAL, setStage, type Stage } from '../sandbox/demo/stage.mts';
import type { WorkflowNode } from '../sandbox/n8n/drive.mts';
import { readDatabase } from '../sandbox/n8n/sqlite.mts';
import { show, spread, table, type Spread } from './figures.mts';
import { core, kinds, type Kind, type Target } from './kinds.mts';
import { loadFor } from './load.mts';
import type { Bench, BenchOptions } from './main.mts';

const CONNECTIONS = 8;
const HOOK = '77777777-8888-4999-8aaa-bbbbbbbbbbbb';

/** n8n as it comes, and with the one setting that matters most here. */
const settings: Array<{ name: string; env: Record<string, string> }> = [
	{ name: 'default', env: {} },
	{ name: 'lazy acquire', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
];

/** An n8n with both workflows active, and the means to measure it. */
interface Side {
	name: string;
	measure(kind: Kind, seconds: number): Promise<number>;
	close(): Promise<void>;
}

async function activate(stage: Stage, trigger: Partial<WorkflowNode>): Promise<void> {
	const place = { id: trigger.webhookId, name: 'Start', position: [0, 0] };
	const end = { id: 'end', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} };
	const { id } = await stage.client.workflows.import({
		name: String(trigger.type),
		nodes: [{ ...place, ...trigger }, end] as WorkflowNode[],
		connections: { Start: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	});
	await stage.client.workflows.activate(id);
}

async function openSide({ name, env }: (typeof settings)[number]): Promise<Side> {
	const stage = await setStage({ n8nEnv: { N8N_DISABLE_UI: 'true', ...env }, report: (line) => console.error(`${name}: ${line}`) });
	const credential = await stage.connect();
	await activate(stage, { type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: 'core', parameters: { path: 'core', httpMethod: 'POST', options: {} } });
	await activate(stage, {
		type: stage.n8n.packageType('instagramTrigger'),
		typeVersion: 2,
		webhookId: HOOK,
		parameters: { authentication: OAUTH_CREDENTIAL, setup: 'automatic', accounts: [], events: ['message'], options: {} },
		credentials: { [OAUTH_CREDENTIAL]: credential },
	});
	const { accounts, apps } = await stage.control.world();
	const target: Target = { trigger: `/webhook/${HOOK}/webhook`, core: '/webhook/core', secret: apps[0].secret, account: accounts[0].instagramId };
	const read = readDatabase(stage.n8n.userFolder);
	const drained = async () => {
		while (read("SELECT 1 FROM execution_entity WHERE status IN ('new', 'running') LIMIT 1").length > 0) await delay(5);
	};
	return {
		name,
		measure: async (kind, seconds) =>
			await loadFor({ url: stage.n8n.url, connections: CONNECTIONS, seconds, status: kind.status, next: () => kind.next(target), drained }),
		close: stage.close,
	};
}

/** Rates of every kind on every side, one for each round. */
type Rates = Map<string, number[]>;
const cell = (side: Side, kind: Kind) => `${side.name}: ${kind.name}`;

/** Each round starts somewhere else, so that no kind always follows the same one. */
const rotated = <T,>(items: T[], by: number): T[] => items.map((_, index) => items[(index + by) % items.length]);

async function measureAll(sides: Side[], { rounds, seconds }: BenchOptions): Promise<Rates> {
	const rates: Rates = new Map();
	for (let round = 0; round <= rounds; round++) {
		console.error(round === 0 ? 'warming up' : `round ${round} of ${rounds}`);
		for (const kind of rotated(kinds, round)) {
			for (const side of rotated(sides, round)) {
				const rate = await side.measure(kind, seconds);
				if (round > 0) rates.set(cell(side, kind), [...(rates.get(cell(side, kind)) ?? []), rate]);
			}
		}
	}
	return rates;
}

const ratios = (a: number[], b: number[]): Spread => spread(a.map((value, round) => value / b[round]));

export const bench: Bench = {
	about: "requests per second of the trigger, as a share of n8n's own Webhook node",
	async run(options) {
		const sides: Side[] = [];
		try {
			for (const setting of settings) sides.push(await openSide(setting));
			const rates = await measureAll(sides, options);
			const of = (side: Side, kind: Kind) => rates.get(cell(side, kind)) ?? [];
			const rows = kinds.map((kind) => ({
				kind: kind.name,
				perSecond: sides.map((side) => spread(of(side, kind))),
				ofCore: sides.map((side) => ratios(of(side, kind), of(side, core))),
				lazyToDefault: ratios(of(sides[1], kind), of(sides[0], kind)),
			}));
			const heading = ['request', ...sides.map(({ name }) => `× Webhook node, ${name}`), 'lazy acquire ÷ default', ...sides.map(({ name }) => `per second, ${name}`)];
			const cells = rows.map(({ kind, perSecond, ofCore, lazyToDefault }) => [kind, ...[...ofCore, lazyToDefault, ...perSecond].map(show)]);
			console.log(`Median (smallest to largest) of ${options.rounds} interleaved rounds of ${options.seconds} s, ${CONNECTIONS} connections, ${cpus().length} processors, SQLite, Node ${process.versions.node}\n`);
			console.log(`${table([heading, ...cells])}\n`);
			console.log(JSON.stringify({ bench: 'webhooks', ...options, connections: CONNECTIONS, processors: cpus().length, sides: sides.map(({ name }) => name), rows }));
		} finally {
			await Promise.all(sides.map(async (side) => await side.close()));
		}
	},
};
