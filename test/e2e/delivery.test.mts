import { fetch } from 'undici';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { errorOf, outputOf } from '../../sandbox/n8n/drive.mts';
import { ACCOUNT, callbackOf, CUSTOMER, importTrigger, openStage, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

const HOOK = '22222222-3333-4444-8555-666666666666';
const VERIFY_TOKEN = 'chosen by the operator';

describe('deliveries, on a real n8n', () => {
	let stage: Stage;
	let login: Login;
	let app: { id: string; secret: string };

	/** What the App Dashboard does when a person saves the webhook there. */
	const saveInDashboard = async (fields: string, verifyToken: string) => {
		const answer = await fetch(`${stage.sandbox.graphUrl}/v25.0/${app.id}/subscriptions`, {
			method: 'POST',
			headers: { authorization: `Bearer ${app.id}|${app.secret}`, 'content-type': 'application/json' },
			body: JSON.stringify({
				object: 'instagram',
				callback_url: callbackOf(stage, HOOK),
				fields,
				verify_token: verifyToken,
				include_values: true,
			}),
		});
		return (await answer.json()) as { success?: boolean; error?: { code: number } };
	};
	const textsOf = async (workflowId: string): Promise<unknown[]> => {
		// One that is still running has no output yet.
		const executions = (await stage.client.executions.list(workflowId)).filter(({ status }) => status === 'success');
		const full = await Promise.all(executions.map(async ({ id }) => await stage.client.executions.get(id)));
		return full.flatMap((execution) =>
			outputOf(execution, 'Trigger').map((item) => (item.message as { text: string }).text),
		);
	};

	beforeAll(async () => {
		stage = await openStage({ sandbox: { retryDelaysMs: [0, 1000, 2000, 4000, 8000, 16_000] } });
		[app] = (await stage.control.world()).apps;
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect('Manual', { webhookVerifyToken: VERIFY_TOKEN }) };
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('reach a trigger that is set up by hand, and arrive although n8n crashed meanwhile', async () => {
		const workflowId = await importTrigger(stage, login, HOOK, { setup: 'manual', events: ['message'] });
		await stage.client.workflows.activate(workflowId);
		const touched = (await stage.control.requests()).filter(({ path }) => path.endsWith('/subscriptions'));
		expect(touched).toEqual([]);
		expect((await saveInDashboard('messages', 'mistyped')).error?.code).toBe(2200);
		expect(await saveInDashboard('messages', VERIFY_TOKEN)).toEqual({ success: true });

		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'set up by hand');
		await stage.client.executions.waitFor(workflowId);
		await stage.n8n.kill();
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'while n8n is down');
		await stage.n8n.restart();
		await stage.control.until(
			'the message that was sent while n8n was down',
			async () => ((await textsOf(workflowId)).includes('while n8n is down') ? true : undefined),
			40_000,
		);
		expect((await textsOf(workflowId)).sort()).toEqual(['set up by hand', 'while n8n is down']);

		await stage.client.workflows.deactivate(workflowId);
		const answer = await fetch(`${stage.sandbox.graphUrl}/v25.0/${app.id}/subscriptions`, {
			headers: { authorization: `Bearer ${app.id}|${app.secret}` },
		});
		expect(((await answer.json()) as { data: Array<{ callback_url: string }> }).data[0].callback_url).toBe(
			callbackOf(stage, HOOK),
		);
	});

	it('batched by Meta, become the items of one execution', async () => {
		const workflowId = await importTrigger(stage, login, HOOK, { setup: 'manual', events: ['message', 'comment'] });
		await stage.client.workflows.activate(workflowId);
		await saveInDashboard('comments', VERIFY_TOKEN);
		await stage.control.call('POST', '/deliveries/batch', { on: true });
		for (const text of ['one', 'two', 'three']) await stage.control.writeMessage(CUSTOMER, ACCOUNT, text);
		await stage.control.call('POST', `/customers/${CUSTOMER}/comments`, { account: ACCOUNT, text: 'four' });
		await stage.control.writeMessage(CUSTOMER, 'sandbox_florist', 'five');
		await stage.control.call('POST', '/deliveries/batch', { on: false, flush: true });
		const execution = await stage.client.executions.waitFor(workflowId);
		expect(errorOf(execution)).toBeUndefined();
		const words = outputOf(execution, 'Trigger').map(
			({ message, comment }) => ((message ?? comment) as { text: string }).text,
		);
		expect(words.sort()).toEqual(['five', 'four', 'one', 'three', 'two']);
		expect(await stage.client.executions.list(workflowId)).toHaveLength(1);
	});
});
