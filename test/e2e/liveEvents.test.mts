import { readFileSync } from 'node:fs';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { outputOf } from '../../sandbox/n8n/drive.mts';
import {
	ACCOUNT,
	callbackOf,
	CUSTOMER,
	importTrigger,
	openStage,
	settledExecutions,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

const HOOK = '77777777-2222-4333-8444-555555555555';

describe('listening for a test event, on a real n8n', () => {
	let stage: Stage;
	let login: Login;
	let workflowId: string;
	let app: { id: string; secret: string };

	const callback = async () => {
		const token = (await stage.control.call<{ token: string }>('POST', '/tokens', { kind: 'app' })).token;
		const answer = await fetch(`${stage.sandbox.graphUrl}/v25.0/${app.id}/subscriptions`, {
			headers: { authorization: `Bearer ${token}` },
		});
		const { data } = (await answer.json()) as {
			data: Array<{ callback_url: string; fields: Array<{ name: string }> }>;
		};
		return { url: data[0]?.callback_url, fields: data[0]?.fields.map(({ name }) => name).sort() };
	};
	const runs = async (mode: string) =>
		(await stage.client.executions.list(workflowId)).filter((execution) => execution.mode === mode);
	/** Texts of the messages that executions started with; one that is still running has no output yet. */
	const textsOf = async (mode: string) => {
		const done = (await runs(mode)).filter(({ status }) => status === 'success');
		const all = await Promise.all(
			done.map(async ({ id }) => outputOf(await stage.client.executions.get(id), 'Trigger')),
		);
		return all.flat().map(({ message }) => (message as { text: string }).text);
	};
	const hears = async (mode: string, text: string) =>
		await stage.control.until(
			`"${text}" in mode ${mode}`,
			async () => (await textsOf(mode)).includes(text) || undefined,
		);
	const writeTo = async (text: string) => await stage.control.writeMessage(CUSTOMER, ACCOUNT, text);

	beforeAll(async () => {
		stage = await openStage({ sandbox: { retryDelaysMs: [0, 500, 1000, 2000, 4000, 8000, 16_000] } });
		[app] = (await stage.control.world()).apps;
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		workflowId = await importTrigger(stage, login, HOOK, { events: ['message'], options: { copyLiveEvents: true } });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('works before the workflow is active, with an address that is gone afterwards', async () => {
		await stage.client.executions.listen(workflowId, 'Trigger');
		expect((await callback()).url).toBe(callbackOf(stage, HOOK).replace('/webhook/', '/webhook-test/'));
		await writeTo('tried out');
		await hears('manual', 'tried out');
		await stage.control.until('the address to be gone', async () =>
			(await callback()).url === undefined ? true : undefined,
		);
	});

	it('takes nothing from the active workflow: it gets every event, the editor a copy', async () => {
		await stage.client.workflows.activate(workflowId);
		const before = await callback();
		expect(before).toEqual({ url: callbackOf(stage, HOOK), fields: ['messages'] });
		await stage.client.executions.listen(workflowId, 'Trigger');
		expect(await callback()).toEqual(before);
		await writeTo('for both');
		await hears('webhook', 'for both');
		await hears('manual', 'for both');
		// n8n ends the test a moment after its execution has begun.
		const testUrl = callbackOf(stage, HOOK).replace('/webhook/', '/webhook-test/');
		await stage.control.until('the editor to hear no more', async () => {
			const { status } = await fetch(testUrl, { method: 'POST', body: 'unsigned' });
			return status === 404 || undefined;
		});
		await writeTo('for the workflow alone');
		await hears('webhook', 'for the workflow alone');
		expect(await callback()).toEqual(before);
		expect([(await runs('webhook')).length, (await runs('manual')).length]).toEqual([2, 2]);
	});

	it('leaves nothing to put right when n8n is killed meanwhile', async () => {
		const before = await callback();
		await stage.client.executions.listen(workflowId, 'Trigger');
		const count = await settledExecutions(stage, workflowId);
		await stage.n8n.kill();
		expect(await callback()).toEqual(before);
		await writeTo('while n8n was down');
		await stage.n8n.restart();
		await stage.client.session.logIn();
		await hears('webhook', 'while n8n was down');
		await writeTo('and after');
		await hears('webhook', 'and after');
		expect(await settledExecutions(stage, workflowId)).toBe(count + 2);
	});

	it('is refused without the option, and says how to test', async () => {
		const other = await importTrigger(stage, login, '88888888-2222-4333-8444-555555555555', { events: ['message'] });
		await expect(stage.client.executions.listen(other, 'Trigger')).rejects.toThrow('somewhere else');
		const plain = await importTrigger(stage, login, HOOK, { events: ['message'] });
		await expect(stage.client.executions.listen(plain, 'Trigger')).rejects.toThrow(
			/is active and gets the events.*Copy Live Events to Test/,
		);
		expect((await callback()).url).toBe(callbackOf(stage, HOOK));
		await writeTo('still here');
		await hears('webhook', 'still here');
	});

	it('keeps secrets out of the log', () => {
		const log = readFileSync(stage.n8n.logFile, 'utf8');
		expect(log).not.toContain(app.secret);
		expect(log).not.toMatch(/EAA[\w-]{12,}/);
	});
});
