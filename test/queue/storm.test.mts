import { setTimeout as delay } from 'node:timers/promises';
import type { RunningN8n } from '../../sandbox/n8n/start.mts';
import { createLives } from '../e2e/storm/lives.mts';
import { countEach, missing, readOutcomes, retryWhatIsMissing, settle, type Outcome } from '../e2e/storm/outcome.mts';
import { planStorm, type StormPlan } from '../e2e/storm/plan.mts';
import { revive } from '../e2e/storm/revive.mts';
import { createSender, RETRY_DELAYS_MS, type Sent } from '../e2e/storm/send.mts';
import { STAGE_TIMEOUT_MS } from '../e2e/support.mts';
import { openQueueStage, type QueueStage } from './stage.mts';

jest.setTimeout(600_000);

const HOOK = '44444444-5555-4666-8777-888888888888';
const BURST = 8;
const EVERY_MS = 400;
/** Until then a worker has executions in hand. */
const BEFORE_KILL_MS = 1_500;

/** See docs/scale.md: n8n's default throws away the data of an execution whose worker died. */
const KEEP_DATA_OF_DEAD_WORKERS = { QUEUE_WORKER_STALLED_INTERVAL: '0' };

describe('a storm of 1,000 events over n8n in queue mode, each of whose processes crashes in turn', () => {
	const lives = createLives();
	let opened: QueueStage;
	/** Called with the address of a webhook process when it is about to get a request. */
	let onRequest: (url: string) => void = () => {};
	let plan: StormPlan;
	let sent: Sent[];
	let forgedAnswers: number[];
	/** Right after the storm, and once what had been cut off was run again. */
	let outcomes: Outcome[];
	let repaired: Outcome[];
	let retried: Awaited<ReturnType<typeof retryWhatIsMissing>>;

	beforeAll(async () => {
		opened = await openQueueStage(HOOK, { sandbox: { retryDelaysMs: RETRY_DELAYS_MS }, n8nEnv: KEEP_DATA_OF_DEAD_WORKERS }, {
			onPass({ upstream, body }) {
				lives.got(`${upstream} ${opened?.queue.webhooks.find(({ url }) => url === upstream)?.pid}`, body);
				onRequest(upstream);
			},
		});
		const { stage, queue, list } = opened;
		const { accounts, apps } = await stage.control.world();
		plan = planStorm(accounts.map(({ instagramId }) => instagramId), { seed: 1789 });
		const sender = createSender(stage.control, opened.callback, apps[0].secret);

		const victims = [queue.main, ...queue.webhooks, ...queue.workers];
		const size = Math.ceil(plan.deliveries.length / (victims.length + 1));
		const part = async (index: number) => {
			const deliveries = plan.deliveries.slice(index * size, (index + 1) * size);
			await sender.send(deliveries.slice(0, BURST), 0);
			await sender.send(deliveries.slice(BURST), EVERY_MS);
		};
		const crash = async (n8n: RunningN8n) => {
			await (queue.webhooks.includes(n8n) ? requestFor(n8n) : delay(BEFORE_KILL_MS));
			await n8n.kill();
			await revive(n8n);
		};
		for (const [index, victim] of victims.entries()) await Promise.all([crash(victim), part(index)]);
		await part(victims.length);
		sent = await sender.delivered(240_000);
		({ forgedAnswers } = sender);

		await settle(list);
		outcomes = await readOutcomes(stage.client, list);
		retried = await retryWhatIsMissing(stage.client, plan.genuine, outcomes);
		repaired = await readOutcomes(stage.client, list);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		report();
		await opened?.close();
	}, 60_000);

	/** Resolves when a webhook process has a request in hand. */
	async function requestFor({ url }: RunningN8n): Promise<void> {
		await new Promise<void>((resolve) => {
			onRequest = (upstream) => {
				if (upstream === url) resolve();
			};
		});
	}

	/** The figures that docs/scale.md quotes. */
	function report(): void {
		if (!repaired) return;
		const states = Object.fromEntries(countEach(outcomes.map(({ status }) => status)));
		const more = (all: string[]) => [...countEach(all).values()].filter((count) => count > 1).length;
		const figures = {
			deliveries: sent.length,
			attempts: sent.flatMap(({ attempts }) => attempts).length,
			executions: states,
			'events taken more than once': more(outcomes.flatMap(({ started }) => started)),
			'events that had not come out before the retries': missing(plan.genuine, outcomes).length,
			'executions run again': retried,
			'events that came out more than once': more(repaired.flatMap(({ ended }) => ended)),
			'events that came to one process twice': lives.repeatedWithinLife().length,
		};
		process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
	}

	it('loses no event: each is in an execution that finished, or in one that was cut off and can be run again', () => {
		const started = new Set(outcomes.flatMap((outcome) => outcome.started));
		expect(plan.genuine.filter((id) => !started.has(id))).toEqual([]);
		expect(missing(plan.genuine, repaired)).toEqual([]);
	});

	it('hurt: deliveries were repeated, executions were cut off', () => {
		expect(sent.some(({ attempts }) => attempts.length > 1)).toBe(true);
		expect(outcomes.some(({ status }) => status === 'crashed')).toBe(true);
		expect(retried.crashed).toBeGreaterThan(0);
	});

	it('takes each event once per life of each webhook process that it came to; between two, n8n keeps no memory', () => {
		expect(lives.takenTooOften(outcomes)).toEqual([]);
		expect(lives.repeatedWithinLife()).not.toEqual([]);
	});

	it('starts nothing for what Meta did not sign', async () => {
		expect(await opened.queue.query('SELECT 1 FROM execution_data WHERE data LIKE $1', ['%forged-%'])).toEqual([]);
		expect(forgedAnswers).toContain(401);
		expect(forgedAnswers).not.toContain(200);
	});
});
