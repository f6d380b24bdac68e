import { setTimeout as delay } from 'node:timers/promises';
import { fetch } from 'undici';
import { poll } from '../../sandbox/n8n/drive.mts';
import { readOutcomes } from '../e2e/storm/outcome.mts';
import { revive } from '../e2e/storm/revive.mts';
import { ACCOUNT, CUSTOMER, STAGE_TIMEOUT_MS } from '../e2e/support.mts';
import { openQueueStage, type QueueStage } from './stage.mts';

jest.setTimeout(300_000);

const HOOK = '55555555-6666-4777-8888-999999999999';

/** n8n's behaviour with default settings, only sooner: a job counts as stalled after seconds instead of minutes. */
const SOONER = {
	QUEUE_WORKER_LOCK_DURATION: '3000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '1000',
};

describe('what n8n itself does not guarantee', () => {
	let opened: QueueStage;

	beforeAll(async () => {
		opened = await openQueueStage(HOOK, { n8nEnv: SOONER, parts: { webhooks: 1 } });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await opened?.close(), 60_000);

	it('that a delivery which got a 200 was taken: an n8n that starts answers 200 to everything', async () => {
		const [webhook] = opened.queue.webhooks;
		const before = await opened.list();
		const answers = new Set<string>();
		let isStarting = true;
		const knock = async () => {
			while (isStarting) {
				const answer = await fetch(`${webhook.url}/webhook/${HOOK}/webhook`, { method: 'POST', body: '{}' }).catch(
					() => undefined,
				);
				answers.add(answer ? `${answer.status} ${await answer.text()}` : 'nothing');
				await delay(1);
			}
		};
		await webhook.kill();
		const knocking = [knock(), knock(), knock()];
		await revive(webhook);
		isStarting = false;
		await Promise.all(knocking);
		expect([...answers]).toEqual(expect.arrayContaining(['nothing', '200 n8n is starting up. Please wait']));
		expect(await opened.list()).toEqual(before);
	});

	it('that an execution whose worker died keeps its events: n8n replaces its data with an error', async () => {
		const { stage, queue, list } = opened;
		const mid = await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Who will answer me?');
		const probe = async () => ((await list()).some(({ status }) => status === 'running') ? true : undefined);
		await poll(probe, { timeoutMs: 10_000, what: 'the execution to be in hand', everyMs: 20 });
		await Promise.all(queue.workers.map(async (worker) => await worker.kill()));
		const [taken] = await readOutcomes(stage.client, list);
		expect(taken.started).toEqual([mid]);
		expect((await stage.control.deliveries()).map(({ state }) => state)).toEqual(['delivered']);

		await Promise.all(queue.workers.map(revive));
		const failed = async () => ((await list()).some(({ status }) => status === 'error') ? true : undefined);
		await poll(failed, { timeoutMs: 120_000, what: 'n8n to fail the execution' });
		const [lost] = await readOutcomes(stage.client, list);
		expect(lost).toEqual({ id: taken.id, status: 'error', started: [], ended: [] });
	});
});
