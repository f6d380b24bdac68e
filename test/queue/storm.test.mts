import { setTimeout as delay } from 'node:timers/promises';
import type { RunningN8n } from '../../sandbox/n8n/start.mts';
import { createStorm, RETRY_DELAYS_MS, type Attempted, type Storm } from '../e2e/storm/blow.mts';
import { createLives } from '../e2e/storm/lives.mts';
import { countEach, missing, readOutcomes, retryWhatIsMissing, settle, type Outcome } from '../e2e/storm/outcome.mts';
import { revive } from '../e2e/storm/revive.mts';
import { ACTION, operation, STAGE_TIMEOUT_MS, type Login } from '../e2e/support.mts';
import { report } from './report.mts';
import { openQueueStage, type QueueStage } from './stage.mts';

jest.setTimeout(600_000);

const HOOK = '44444444-5555-4666-8777-888888888888';
const EVENTS = 1_000;
const WITHIN_MS = 8_000;
/** Until then there are executions in hand. */
const BEFORE_KILL_MS = 3_000;

/** See docs/scale.md: n8n's default throws away the data of an execution whose worker died. */
const KEEP_DATA_OF_DEAD_WORKERS = { QUEUE_WORKER_STALLED_INTERVAL: '0' };

const removeDuplicates = (login: Login) => ({
	id: 'guard',
	name: 'Guard',
	type: ACTION,
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: operation(login, 'webhook', 'removeDuplicates', { eventId: '={{ $json.eventId }}' }),
	credentials: { [login.type]: login.credential },
});

describe.each([
	{ name: 'as it is', guarded: false, between: () => [] },
	{ name: 'with Remove Duplicates', guarded: true, between: (login: Login) => [removeDuplicates(login)] },
])(
	'a storm of 1,000 events over n8n in queue mode, $name, each of whose processes crashes in turn',
	({ name, guarded, between }) => {
		const lives = createLives();
		let opened: QueueStage;
		/** Called with the address of a webhook process when it is about to get a delivery of Meta. */
		let onRequest: (url: string) => void = () => {};
		let storm: Storm;
		let deliveries: Attempted[];
		/** Right after the storm, and once what had been cut off was run again. */
		let outcomes: Outcome[];
		let repaired: Outcome[];
		let retried: Awaited<ReturnType<typeof retryWhatIsMissing>>;

		async function requestFor({ url }: RunningN8n): Promise<void> {
			await new Promise<void>((resolve) => {
				onRequest = (upstream) => {
					if (upstream === url) resolve();
				};
			});
		}

		beforeAll(async () => {
			opened = await openQueueStage(HOOK, {
				between,
				sandbox: { retryDelaysMs: RETRY_DELAYS_MS },
				n8nEnv: KEEP_DATA_OF_DEAD_WORKERS,
				parts: {
					onPass({ upstream, body }) {
						lives.got(`${upstream} ${opened?.queue.webhooks.find(({ url }) => url === upstream)?.pid}`, body);
						if (!body.includes('forged-')) onRequest(upstream);
					},
				},
			});
			const { stage, queue, list } = opened;
			storm = createStorm(stage.control);
			const victims = [queue.main, ...queue.webhooks, ...queue.workers];
			for (const victim of victims) {
				await storm.blow(EVENTS / victims.length, WITHIN_MS);
				await (queue.webhooks.includes(victim) ? requestFor(victim) : delay(BEFORE_KILL_MS));
				await victim.kill();
				await revive(victim);
			}
			deliveries = await storm.delivered(240_000);
			await settle(list);
			outcomes = await readOutcomes(stage.client, list);
			retried = await retryWhatIsMissing(stage.client, storm.genuine, outcomes);
			repaired = await readOutcomes(stage.client, list);
			report(name, { deliveries, outcomes, repaired, retried, genuine: storm.genuine });
		}, STAGE_TIMEOUT_MS);
		afterAll(async () => await opened?.close(), 60_000);

		it('loses no event: each started an execution', () => {
			expect(new Set(storm.genuine).size).toBe(EVENTS);
			const started = new Set(outcomes.flatMap((outcome) => outcome.started));
			expect(storm.genuine.filter((id) => !started.has(id))).toEqual([]);
		});

		it('brings out what was cut off when it is run again', () => {
			expect(missing(storm.genuine, outcomes)).not.toEqual([]);
			expect(missing(storm.genuine, repaired)).toEqual([]);
		});

		it(
			guarded
				? 'lets each event out once, but for those of executions that were run again'
				: 'lets an event out twice that two webhook processes took',
			() => {
				const twice = [...countEach(repaired.flatMap(({ ended }) => ended))]
					.filter(([, count]) => count > 1)
					.map(([event]) => event);
				const again = new Set(outcomes.filter(({ status }) => status !== 'success').flatMap(({ started }) => started));
				if (guarded) expect(twice.filter((event) => !again.has(event))).toEqual([]);
				else expect(twice).not.toEqual([]);
			},
		);

		it('hurt: deliveries were repeated, executions were cut off', () => {
			expect(deliveries.some(({ attempts }) => attempts.length > 1)).toBe(true);
			expect(retried.crashed).toBeGreaterThan(0);
		});

		it('takes each event once per life of each webhook process that it came to; between two, n8n keeps no memory', () => {
			expect(lives.takenTooOften(outcomes)).toEqual([]);
			expect(lives.repeatedWithinLife()).not.toEqual([]);
		});

		it('starts nothing for what Meta did not sign', async () => {
			expect(await opened.queue.query('SELECT 1 FROM execution_data WHERE data LIKE $1', ['%forged-%'])).toEqual([]);
			const answers = deliveries.filter(({ forged }) => forged).map(({ attempts }) => attempts[0].status);
			expect(answers).toHaveLength(EVENTS / 20);
			expect(answers).toContain(401);
			expect(answers).not.toContain(200);
		});
	},
);
