import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createN8nClock, type N8nClock } from '../../sandbox/n8n/clock.mts';
import { N8nClient, outputOf } from '../../sandbox/n8n/drive.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { startN8n, type RunningN8n } from '../../sandbox/n8n/start.mts';
import { writeTinyPackage } from './tinyPackage.mts';
import { workflow } from './workflows.mts';

const INSTALL_AND_BOOT_MS = 20 * 60_000; // only the very first time on a machine
const DAY_MS = 24 * 3600 * 1000;
const TOLERANCE_MS = 60_000;

jest.setTimeout(120_000);

let root: string;
let clock: N8nClock;
let n8n: RunningN8n;
let client: N8nClient;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'n8n-clock test-'));
	const userFolder = join(root, 'user');
	await mkdir(userFolder);
	clock = await createN8nClock(userFolder);
	const packageDir = await writeTinyPackage(join(root, 'package'));
	const env = { ...clock.env, N8N_DISABLE_UI: 'true' };
	n8n = await startN8n({ n8nDir: await installN8n(), packageDir, userFolder, env });
	client = await N8nClient.open(n8n.url);
}, INSTALL_AND_BOOT_MS);

afterAll(async () => {
	await n8n?.stop();
	await rm(root, { recursive: true, force: true });
}, 60_000);

/** Days between now and a moment that n8n named; about zero means that n8n lives in real time. */
const daysAhead = (time: unknown) => {
	const ahead = (Date.parse(String(time)) - Date.now()) / DAY_MS;
	// `+ 0` turns a negative zero into zero.
	return Math.abs(ahead - Math.round(ahead)) * DAY_MS < TOLERANCE_MS ? Math.round(ahead) + 0 : ahead;
};

const jump = async (days: number) => {
	await clock.set(Date.now() + days * DAY_MS);
	await clock.untilSeen(client.session, Date.now() + days * DAY_MS);
};

/** Runs one node by hand; the execution, and the days that it says to be ahead. */
const run = async (node: object) => {
	const { id } = await client.workflows.import(workflow({ type: 'n8n-nodes-base.manualTrigger' }, node));
	await client.executions.run(id, { trigger: 'Start' });
	const execution = await client.executions.waitFor(id);
	const [item] = outputOf(execution, 'Next');
	return {
		id,
		execution,
		days: Object.fromEntries(Object.entries(item ?? {}).map(([key, time]) => [key, daysAhead(time)])),
	};
};

const expressions = {
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: [
				{ id: 'a', name: 'now', value: '={{ $now.toISO() }}', type: 'string' },
				{ id: 'b', name: 'own', value: '={{ new Date().toISOString() }}', type: 'string' },
			],
		},
		options: {},
	},
};
const code = {
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: 'return [{ json: { now: $now.toISO(), own: new Date().toISOString() } }];' },
};

describe("n8n's clock", () => {
	it('is the real one at first', async () => {
		const { execution } = await run({ type: 'n8n-nodes-base.noOp' });
		expect(daysAhead(execution.startedAt)).toBe(0);
	});

	it('moves while n8n runs, beyond the life of a session, and takes nothing away', async () => {
		const before = await run({ type: 'n8n-nodes-base.noOp' });
		await jump(40);
		const after = await run({ type: 'n8n-nodes-base.noOp' });
		expect(daysAhead(after.execution.startedAt)).toBe(40);
		expect((await client.executions.get(before.execution.id)).status).toBe('success');
		expect(await client.executions.list(before.id)).toHaveLength(1);
	});

	it('goes on at its usual pace, and leaves timers alone', async () => {
		const startedAt = Date.now();
		const wait = { type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters: { amount: 1 } };
		const { execution } = await run(wait);
		const took = Date.parse(execution.stoppedAt ?? '') - Date.parse(execution.startedAt);
		expect(took).toBeGreaterThanOrEqual(1_000);
		expect(took).toBeLessThanOrEqual(Date.now() - startedAt);
	});

	it('holds in expressions and in the task runner', async () => {
		const inExpressions = (await run(expressions)).days;
		const inCode = (await run(code)).days;
		expect({ inExpressions, inCode }).toEqual({ inExpressions: { now: 40, own: 40 }, inCode: { now: 40, own: 40 } });
	});

	it('survives a restart', async () => {
		await n8n.restart();
		await jump(400);
		await n8n.restart();
		await client.session.logIn();
		expect(daysAhead((await run({ type: 'n8n-nodes-base.noOp' })).execution.startedAt)).toBe(400);
	});

	it('tells when n8n does not follow', async () => {
		const other = await createN8nClock(root);
		await other.set(Date.now() + 500 * DAY_MS);
		await expect(other.untilSeen(client.session, Date.now() + 500 * DAY_MS)).rejects.toThrow(
			/^Waited 5 s for n8n's clock to show 20/,
		);
	});
});
