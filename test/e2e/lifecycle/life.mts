import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stage } from '../../../sandbox/demo/stage.mts';
import { outputOf, type WorkflowNode } from '../../../sandbox/n8n/drive.mts';
import { ACCOUNT, CUSTOMER, execute, importTrigger, openStage, operation, type Login } from '../support.mts';
import { tableOf, type Row } from './matrix.mts';
import { metaOf, type State } from './meta.mts';

/** What a row is about: which app, and through which login it hears. */
type About = {
	id: string;
	isInstagramLogin?: boolean;
};

export type Expected = State & { writes: string[] };

/** n8n beside the sandbox, with the means to act on both and to note what became of it. */
export async function openLife() {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-life-cycle-'));
	const impatient = join(folder, 'impatient');
	const preload = fileURLToPath(new URL('impatient.cjs', import.meta.url));
	const stage: Stage = await openStage({
		sandbox: {
			retryDelaysMs: [0, 500, 1000, 2000, 4000, 8000, 16_000, 32_000],
			// The callback of Instagram Login is entered by hand here, beside one of Facebook Login that stays.
			instagramCallbackAt: 'dashboard',
		},
		n8nEnv: {
			// n8n takes up what a crash cut off once a lease has run out, by default two minutes; it ends a publication after two thirds of it.
			N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '60',
			N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
			N8N_WORKFLOW_PUBLICATION_CONCURRENCY: '12',
			IMPATIENT: impatient,
			NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
		},
	});
	const { client, control } = stage;
	const meta = metaOf(stage);
	const rows: Row[] = [];

	const note = async (name: string, app: About, since: number, expected: Expected) => {
		const seen = { writes: await meta.writesSince(since, app), ...(await meta.stateOf(app, app.isInstagramLogin)) };
		rows.push({ row: name, ...seen });
		expect(seen).toEqual(expected);
	};
	const textsOf = async (workflowId: string, mode: string) => {
		const done = (await client.executions.list(workflowId)).filter(
			(one) => one.status === 'success' && one.mode === mode,
		);
		const all = await Promise.all(done.map(async ({ id }) => outputOf(await client.executions.get(id), 'Trigger')));
		return all.flat().map(({ message }) => (message as { text: string }).text);
	};

	/** A test address is gone once its test is over. */
	const untilTestEnded = async (webhookId: string) =>
		await control.until('the test to end', async () =>
			(await fetch(`${stage.n8n.url}/webhook-test/${webhookId}/webhook`)).status === 404 ? true : undefined,
		);

	return {
		stage,
		meta,
		/** Holds what was written at Meta since then, and what Meta has now, against what it should be. */
		note,
		/** Does something, and notes it. */
		async row(name: string, app: About, act: () => Promise<unknown>, expected: Expected) {
			const since = await meta.lastSeq();
			await act();
			await note(name, app, since, expected);
		},
		trigger: async (login: Login, webhookId: string, parameters: object = {}) =>
			await importTrigger(stage, login, webhookId, { events: ['message'], ...parameters }),
		activate: async (id: string) => await client.workflows.activate(id),
		deactivate: async (id: string) => await client.workflows.deactivate(id),
		/** Changes the trigger of a workflow and publishes the new version. */
		async publish(id: string, change: (trigger: WorkflowNode) => void) {
			await client.workflows.update(id, ({ nodes }) => change(nodes[0]));
			await client.workflows.activate(id);
		},
		/** Why an activation fails, as n8n's editor shows it. */
		refusalOf: async (id: string) =>
			await client.workflows.activate(id).then(
				() => 'activated',
				(error: Error) => error.message,
			),
		write: async (text: string, account = ACCOUNT) => await control.writeMessage(CUSTOMER, account, text),
		textsOf,
		hears: async (workflowId: string, text: string, mode = 'webhook') =>
			await control.until(
				`"${text}" in workflow ${workflowId}`,
				async () => (await textsOf(workflowId, mode)).includes(text) || undefined,
				60_000,
			),
		fault: async (method: string, path: string, more: object) =>
			await control.call('POST', '/faults', { method, path, ...more }),
		/** Runs an operation of the resource Webhook; its first item. */
		async webhook(login: Login, name: string, more: object = {}) {
			const { items, error } = await execute(
				stage,
				login,
				operation(login, 'webhook', name, { accounts: 'all', ...more }),
			);
			if (error) throw new Error(`${error.message}: ${error.description ?? ''}`);
			return items[0] as { ok: boolean; problems: Array<{ problem: string }> };
		},
		listen: async (id: string) => await client.executions.listen(id, 'Trigger'),
		stopListening: async (id: string) => await client.executions.stopListening(id),
		/** Lets the time be over that n8n waits for a test event. */
		async timeOut(webhookId: string) {
			await writeFile(impatient, '');
			await untilTestEnded(webhookId);
			await rm(impatient);
		},
		untilTestEnded,
		/** Waits until n8n has done, or given up, what it began about a workflow; after a crash that takes a lease. */
		untilPublished: async (id: string) =>
			await control.until(
				'the publication to end',
				async () => ((await client.workflows.publicationStatus(id)).status === 'in_progress' ? undefined : true),
				90_000,
			),
		untilCallback: async (app: About, callback: string) =>
			await control.until(`the callback ${callback}`, async () =>
				(await meta.stateOf(app)).callback === callback ? true : undefined,
			),
		async close() {
			process.stdout.write(`\n${tableOf(rows)}\n`);
			await stage.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

export type Life = Awaited<ReturnType<typeof openLife>>;
