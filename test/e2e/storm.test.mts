import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { startFront, type Front } from '../../sandbox/n8n/front.mts';
import { readDatabase } from '../../sandbox/n8n/sqlite.mts';
import { createLives } from './storm/lives.mts';
import { missing, readOutcomes, retryWhatIsMissing, settle, type ListExecutions, type Outcome } from './storm/outcome.mts';
import { planStorm, type StormPlan } from './storm/plan.mts';
import { revive } from './storm/revive.mts';
import { createSender, RETRY_DELAYS_MS, type Sent } from './storm/send.mts';
import { importStormWorkflow } from './storm/workflow.mts';
import { openStage, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(300_000);

const HOOK = '33333333-4444-4555-8666-777777777777';
const EVERY_MS = 60;

describe('a storm of 1,000 events over an n8n that crashes, and is restarted once more', () => {
	const lives = createLives();
	let front: Front;
	let stage: Stage;
	let plan: StormPlan;
	let sent: Sent[];
	let forgedAnswers: number[];
	/** Right after the storm, and once what had crashed was run again. */
	let outcomes: Outcome[];
	let repaired: Outcome[];

	beforeAll(async () => {
		front = await startFront(() => (stage ? [stage.n8n.url] : []), ({ body }) => lives.got(String(stage.n8n.pid), body));
		stage = await openStage({ sandbox: { retryDelaysMs: RETRY_DELAYS_MS }, n8nEnv: { WEBHOOK_URL: `${front.url}/` } });
		const { accounts, apps } = await stage.control.world();
		const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		const workflowId = await importStormWorkflow(stage.client, login, HOOK);
		await stage.client.workflows.activate(workflowId);
		plan = planStorm(accounts.map(({ instagramId }) => instagramId), { seed: 2026 });
		const sender = createSender(stage.control, `${front.url}/webhook/${HOOK}/webhook`, apps[0].secret);

		const quarter = Math.ceil(plan.deliveries.length / 4);
		const part = async (index: number) => await sender.send(plan.deliveries.slice(index * quarter, (index + 1) * quarter), EVERY_MS);
		await part(0);
		await stage.n8n.kill();
		await Promise.all([part(1), revive(stage.n8n)]);
		await Promise.all([part(2), revive(stage.n8n)]);
		await part(3);
		sent = await sender.delivered(180_000);
		({ forgedAnswers } = sender);

		const read = readDatabase(stage.n8n.userFolder);
		const list: ListExecutions = async () => read('SELECT CAST(id AS TEXT) AS id, status FROM execution_entity WHERE workflowId = ? ORDER BY execution_entity.id', workflowId);
		await settle(list);
		outcomes = await readOutcomes(stage.client, list);
		await retryWhatIsMissing(stage.client, plan.genuine, outcomes);
		repaired = await readOutcomes(stage.client, list);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await stage?.close();
		await front?.close();
	});

	it('loses no event: each is in an execution that finished, or in one that was cut off and can be run again', () => {
		const started = new Set(outcomes.flatMap((outcome) => outcome.started));
		expect(plan.genuine.filter((id) => !started.has(id))).toEqual([]);
		expect(missing(plan.genuine, repaired)).toEqual([]);
	});

	it('was cut in two by the crash', () => {
		expect(sent.some(({ attempts }) => attempts.length > 1)).toBe(true);
		expect(outcomes.some(({ status }) => status === 'crashed')).toBe(true);
		expect(missing(plan.genuine, outcomes)).not.toEqual([]);
	});

	it('takes each event once per life of the process that it came to, however often it came', () => {
		expect(lives.takenTooOften(outcomes)).toEqual([]);
		expect(lives.repeatedWithinLife()).not.toEqual([]);
	});

	it('starts nothing for what Meta did not sign', () => {
		const genuine = new Set(plan.genuine);
		expect(outcomes.flatMap(({ started }) => started).filter((id) => !genuine.has(id))).toEqual([]);
		expect(forgedAnswers).toContain(401);
		expect(forgedAnswers).not.toContain(200);
	});
});
