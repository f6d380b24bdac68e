import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { startFront, type Front } from '../../sandbox/n8n/front.mts';
import { readDatabase } from '../../sandbox/n8n/sqlite.mts';
import { createStorm, RETRY_DELAYS_MS, type Attempted, type Storm } from './storm/blow.mts';
import { createLives } from './storm/lives.mts';
import {
	missing,
	readOutcomes,
	retryWhatIsMissing,
	settle,
	type ListExecutions,
	type Outcome,
} from './storm/outcome.mts';
import { revive } from './storm/revive.mts';
import { importStormWorkflow } from './storm/workflow.mts';
import { openStage, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(300_000);

const HOOK = '33333333-4444-4555-8666-777777777777';
const PART = 250;
const WITHIN_MS = 4_000;
describe('a storm of 1,000 events over an n8n that crashes, and is restarted once more', () => {
	const lives = createLives();
	let front: Front;
	let stage: Stage;
	let storm: Storm;
	let deliveries: Attempted[];
	/** Right after the storm, and once what had been cut off was run again. */
	let outcomes: Outcome[];
	let repaired: Outcome[];

	beforeAll(async () => {
		front = await startFront(
			() => (stage ? [stage.n8n.url] : []),
			({ body }) => lives.got(String(stage.n8n.pid), body),
		);
		stage = await openStage({ sandbox: { retryDelaysMs: RETRY_DELAYS_MS }, n8nEnv: { WEBHOOK_URL: `${front.url}/` } });
		const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		const workflowId = await importStormWorkflow(stage.client, login, HOOK);
		await stage.client.workflows.activate(workflowId);

		storm = createStorm(stage.control);
		await storm.blow(2 * PART, WITHIN_MS);
		const read = readDatabase(stage.n8n.userFolder);
		await stage.control.until('executions that Meta counts as delivered, and a crash cuts off', async () => {
			const underWay =
				"SELECT id FROM execution_entity WHERE workflowId = ? AND status = 'running' AND (julianday('now') - julianday(startedAt)) * 86400 > 1";
			return read(underWay, workflowId).length >= 3 || undefined;
		});
		await stage.n8n.kill();
		await revive(stage.n8n);
		await storm.blow(PART, WITHIN_MS);
		await revive(stage.n8n);
		await storm.blow(PART, WITHIN_MS);
		deliveries = await storm.delivered(180_000);

		const list: ListExecutions = async () =>
			read(
				'SELECT CAST(id AS TEXT) AS id, status FROM execution_entity WHERE workflowId = ? ORDER BY execution_entity.id',
				workflowId,
			);
		await settle(list);
		outcomes = await readOutcomes(stage.client, list);
		await retryWhatIsMissing(stage.client, storm.genuine, outcomes);
		repaired = await readOutcomes(stage.client, list);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await stage?.close();
		await front?.close();
	});

	it('loses no event: each is in an execution that finished, or in one that was cut off and can be run again', () => {
		expect(new Set(storm.genuine).size).toBe(4 * PART);
		const started = new Set(outcomes.flatMap((outcome) => outcome.started));
		expect(storm.genuine.filter((id) => !started.has(id))).toEqual([]);
		expect(missing(storm.genuine, repaired)).toEqual([]);
	});

	it('was cut in two by the crash', () => {
		expect(deliveries.some(({ attempts }) => attempts.length > 1)).toBe(true);
		expect(outcomes.some(({ status }) => status === 'crashed')).toBe(true);
		expect(missing(storm.genuine, outcomes)).not.toEqual([]);
	});

	it('takes each event once per life of the process that it came to, however often it came', () => {
		expect(lives.takenTooOften(outcomes)).toEqual([]);
		expect(lives.repeatedWithinLife()).not.toEqual([]);
	});

	it('starts nothing for what Meta did not sign', () => {
		const genuine = new Set(storm.genuine);
		expect(outcomes.flatMap(({ started }) => started).filter((id) => !genuine.has(id))).toEqual([]);
		const answers = deliveries.filter(({ forged }) => forged).map(({ attempts }) => attempts[0].status);
		expect(answers).toHaveLength((4 * PART) / 20);
		expect(answers).toContain(401);
		expect(answers).not.toContain(200);
	});
});
