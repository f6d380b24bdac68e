import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import type { Execution, WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { startFiles } from '../sandbox/files.mts';
import { jpeg } from '../sandbox/support.mts';
import { isLong } from '../support/long.mts';
import { revive } from './storm/revive.mts';
import { ACCOUNT, ACTION, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(300_000);

const CUSTOMERS = ['customer_one', 'customer_two', 'customer_three'];
/** Calls after which n8n is killed. */
const KILLS = isLong ? { messages: [0, 1, 7, 19], posts: [0, 1, 2, 3] } : { messages: [7], posts: [2] };

describe('an execution that n8n did not survive, retried', () => {
	let stage: Stage;
	let login: Login;
	let files: Awaited<ReturnType<typeof startFiles>>;
	let workflows = 0;

	beforeAll(async () => {
		// What is asked of n8n itself: to be killed.
		stage = await openStage({ n8nEnv: { N8N_DIAGNOSTICS_ENABLED: 'false' } });
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		for (const customer of CUSTOMERS) await stage.control.writeMessage(customer, ACCOUNT, 'Hello');
		files = await startFiles({ '/bread.jpg': jpeg(400, 400) });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await files?.close();
		await stage?.close();
	});

	const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}): WorkflowNode =>
		({ id: name, name, type, typeVersion, position: [0, 0], parameters, ...more }) as WorkflowNode;

	/** A workflow that a webhook starts with a list of items, for each of which the Instagram node does something. */
	async function activate(parameters: object, saveExecutionProgress: boolean): Promise<{ id: string; url: string }> {
		const path = `cut-off-${++workflows}`;
		const hook = { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} };
		const link = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
		const { id } = await stage.client.workflows.import({
			name: path,
			nodes: [
				node('Webhook', 'n8n-nodes-base.webhook', 2, hook, { webhookId: path }),
				node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
				node('Instagram', ACTION, 1, parameters, { credentials: { [login.type]: login.credential } }),
			],
			connections: { Webhook: link('Split'), Split: link('Instagram') },
			settings: { executionOrder: 'v1', saveExecutionProgress },
		});
		await stage.client.workflows.activate(id);
		return { id, url: `${stage.n8n.url}/webhook/${path}` };
	}

	/** Runs a workflow with items, kills n8n when some calls of a kind have been answered, starts it again and retries. */
	async function cutOff(workflow: { id: string; url: string }, items: object[], path: RegExp, calls: number) {
		const { client, control, n8n } = stage;
		const held = { method: 'POST', path: path.source, skip: calls, times: 99, delayMs: 20_000, reset: 'before' };
		await control.call('POST', '/faults', held);
		const since = (await control.requests()).at(-1)?.seq ?? 0;
		const start = await fetch(workflow.url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ items }),
		});
		expect(start.status).toBe(200);
		await control.until('the calls before, and one that is held', async () => {
			const made = (await control.requests(since)).filter((one) => one.method === 'POST' && path.test(one.path));
			const isHeld = made.some(({ status }) => status === null);
			return (isHeld && made.filter(({ status }) => status === 200).length >= calls) || undefined;
		});
		await n8n.kill();
		await control.call('DELETE', '/faults');
		await revive(n8n);
		await client.session.logIn();
		const crashed = await client.executions.waitFor(workflow.id, { states: ['crashed'], timeoutMs: 60_000 });
		const { id } = await client.executions.retry(crashed.id);
		return await client.executions.get(id);
	}
	const rowsOf = ({ data }: Execution) =>
		(data.resultData.runData.Instagram?.at(-1)?.data?.main?.[0] ?? []).map(({ json }) => json);

	it.each(KILLS.messages)('sends 20 messages once each, killed after %i calls', async (calls) => {
		const people = await Promise.all(
			CUSTOMERS.map(async (customer) => await stage.control.customerId(customer, ACCOUNT)),
		);
		const items = Array.from({ length: 20 }, (_, i) => ({ to: people[i % 3], text: `${calls}: message ${i}` }));
		const workflow = await activate(
			operation(login, 'message', 'sendText', { recipientId: '={{ $json.to }}', text: '={{ $json.text }}' }),
			false,
		);
		const retried = await cutOff(workflow, items, /\/messages$/, calls);
		const inboxes = await Promise.all(CUSTOMERS.map(async (customer) => await stage.control.inbox(customer, ACCOUNT)));
		const received = inboxes
			.flat()
			.filter(({ from }) => from === 'account')
			.map(({ text }) => String(text));
		expect([retried.mode, retried.status, retried.data.resultData.error]).toEqual(['retry', 'success', undefined]);
		expect(received.filter((text) => text.startsWith(`${calls}: `)).sort()).toEqual(
			items.map(({ text }) => text).sort(),
		);
		expect(rowsOf(retried).filter(({ wasSentBefore }) => wasSentBefore)).toHaveLength(calls);
	});

	it.each(KILLS.posts)('publishes four posts once each, killed after %i of them', async (calls) => {
		const items = Array.from({ length: 4 }, (_, i) => ({ caption: `${calls}: post ${i}` }));
		const workflow = await activate(
			operation(login, 'post', 'publishImage', {
				source: 'url',
				imageUrl: `${files.url}/bread.jpg`,
				caption: '={{ $json.caption }}',
			}),
			true,
		);
		const retried = await cutOff(workflow, items, /\/media_publish$/, calls);
		const captions = (await stage.control.feed(ACCOUNT)).map(({ caption }) => String(caption));
		expect([retried.mode, retried.status, retried.data.resultData.error]).toEqual(['retry', 'success', undefined]);
		expect(captions.filter((caption) => caption.startsWith(`${calls}: `)).sort()).toEqual(
			items.map(({ caption }) => caption),
		);
		expect(rowsOf(retried).filter(({ wasPublishedBefore }) => wasPublishedBefore)).toHaveLength(calls);
	});
});
