import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import type { WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { startFiles } from '../sandbox/files.mts';
import { jpeg } from '../sandbox/support.mts';
import { isLong } from '../support/long.mts';
import { revive } from './storm/revive.mts';
import { ACCOUNT, ACTION, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(300_000);

const CUSTOMERS = ['customer_one', 'customer_two', 'customer_three'];
/** After how many messages and posts n8n is killed. */
const KILLS = isLong
	? [
			[0, 0],
			[1, 1],
			[7, 2],
			[19, 3],
		]
	: [[7, 2]];

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

	/** Starts a workflow; the calls of a kind behind the first ones are held back until n8n is killed. */
	async function begin(workflow: { url: string }, items: object[], path: RegExp, calls: number): Promise<void> {
		const { control } = stage;
		const held = { method: 'POST', path: path.source, skip: calls, times: 99, delayMs: 60_000, reset: 'before' };
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
	}

	async function killAndStart(): Promise<void> {
		await stage.n8n.kill();
		await stage.control.call('DELETE', '/faults');
		await revive(stage.n8n);
		await stage.client.session.logIn();
	}

	/** Retries the execution that crashed, and returns its items. */
	async function retried({ id }: { id: string }): Promise<Array<Record<string, unknown>>> {
		const { executions } = stage.client;
		const crashed = await executions.waitFor(id, { states: ['crashed'], timeoutMs: 60_000 });
		const again = await executions.retry(crashed.id);
		const { data, mode, status } = await executions.get(again.id);
		expect([mode, status, data.resultData.error]).toEqual(['retry', 'success', undefined]);
		return (data.resultData.runData.Instagram?.at(-1)?.data?.main?.[0] ?? []).map(({ json }) => json);
	}

	it.each(KILLS)('sends 20 messages and publishes four posts once each, killed after %i and %i', async (sent, live) => {
		const people = await Promise.all(
			CUSTOMERS.map(async (customer) => await stage.control.customerId(customer, ACCOUNT)),
		);
		const texts = Array.from({ length: 20 }, (_, i) => ({ to: people[i % 3], text: `${sent}: message ${i}` }));
		const posts = Array.from({ length: 4 }, (_, i) => ({ caption: `${live}: post ${i}` }));
		const sending = await activate(
			operation(login, 'message', 'sendText', { recipientId: '={{ $json.to }}', text: '={{ $json.text }}' }),
			false,
		);
		const image = { source: 'url', imageUrl: `${files.url}/bread.jpg`, caption: '={{ $json.caption }}' };
		const publishing = await activate(operation(login, 'post', 'publishImage', image), true);
		await begin(sending, texts, /\/messages$/, sent);
		await begin(publishing, posts, /\/media_publish$/, live);
		await killAndStart();

		const messages = await retried(sending);
		const inboxes = await Promise.all(CUSTOMERS.map(async (customer) => await stage.control.inbox(customer, ACCOUNT)));
		const received = inboxes
			.flat()
			.filter(({ from, text }) => from === 'account' && String(text).startsWith(`${sent}: `));
		expect(received.map(({ text }) => text).sort()).toEqual(texts.map(({ text }) => text).sort());
		expect(messages.filter(({ wasSentBefore }) => wasSentBefore)).toHaveLength(sent);

		const published = await retried(publishing);
		const captions = (await stage.control.feed(ACCOUNT)).map(({ caption }) => String(caption));
		expect(captions.filter((caption) => caption.startsWith(`${live}: `)).sort()).toEqual(
			posts.map(({ caption }) => caption),
		);
		expect(published.filter(({ wasPublishedBefore }) => wasPublishedBefore)).toHaveLength(live);
	});
});
