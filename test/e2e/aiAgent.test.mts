import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetch } from 'undici';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { outputOf, type CredentialRef, type WorkflowJson, type WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { agentWorkflow, by, FACEBOOK, node, say } from './agent.mts';
import { startModel, textsOf, type Model } from './modelStub.mts';
import { ACCOUNT, ACTION, CUSTOMER, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(180_000);

const INBOX_APP = '1217981644879628';
const KEY = 'sk-of-the-model';

type Button = { title: string; url: string };
type Seen = {
	mid: string;
	from: string;
	text: string | null;
	quickReplies: Array<{ title: string; payload: string }>;
	attachments: Array<{ payload: { text: string; buttons: Button[] } }>;
};

describe('an agent, on a real n8n against the sandbox and a model on loopback', () => {
	let stage: Stage;
	let model: Model;
	let instagram: CredentialRef;
	let openAi: CredentialRef;

	beforeAll(async () => {
		model = await startModel(say);
		stage = await openStage();
		instagram = await stage.connect();
		openAi = await stage.client.credentials.create('openAiApi', 'Model', { apiKey: KEY, url: model.url });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => {
		await model?.close();
		await stage?.close();
	});

	const answers = async (customer: string) =>
		(
			await stage.control.call<{ messages: Seen[] }>('GET', `/customers/${customer}/inbox?account=${ACCOUNT}`)
		).messages.filter(({ from }) => from === 'account');
	const answered = async (customer: string, count: number) =>
		await stage.control.until(
			`answer ${count} to ${customer}`,
			async () => ((await answers(customer)).length >= count ? (await answers(customer)).at(-1) : undefined),
			40_000,
		);
	const ask = async (customer: string, text: string, count: number) => {
		await stage.control.writeMessage(customer, ACCOUNT, text);
		return await answered(customer, count);
	};

	describe('the example', () => {
		let workflowId: string;
		// n8n does not describe the tool copies of nodes to its API, so each node is given its credential here.
		const readExample = async () => {
			const workflow = JSON.parse(
				await readFile(join(__dirname, '../../examples/answer-with-an-ai-agent.json'), 'utf8'),
			) as WorkflowJson;
			for (const node of workflow.nodes) {
				if (node.type.endsWith('.lmChatOpenAi')) node.credentials = { openAiApi: openAi };
				if (node.type.startsWith(ACTION)) node.credentials = { [FACEBOOK]: instagram };
				const [rule] =
					(node.parameters.conditions as { conditions: Array<{ rightValue?: unknown }> } | undefined)?.conditions ?? [];
				// Five answers an hour and then one notice, in place of 20.
				if (rule?.rightValue === 20 || rule?.rightValue === 21) rule.rightValue -= 15;
			}
			return workflow;
		};
		beforeAll(async () => {
			({ id: workflowId } = await stage.client.workflows.import(await readExample()));
			await stage.client.workflows.activate(workflowId);
		}, 120_000);
		afterAll(async () => {
			if (workflowId) await stage.client.workflows.deactivate(workflowId);
		}, 60_000);

		it('answers, and tells the model about its tools in words that a model understands', async () => {
			expect((await ask(CUSTOMER, 'What does a cake cost?', 1)).text).toBe('Answer to: What does a cake cost?');
			const [request] = model.requests;
			expect([...model.keys]).toEqual([`Bearer ${KEY}`]);
			expect(textsOf(request, 'system')[0]).toContain('You answer direct messages to a bakery');
			const tools = Object.fromEntries((request.tools ?? []).map(({ function: tool }) => [tool.name, tool]));
			expect(Object.keys(tools).sort()).toEqual(['Ask_with_buttons', 'Hand_over_to_a_person', 'Look_up_the_customer']);
			expect(tools.Look_up_the_customer.description).toMatch(/profile/i);
			expect(tools.Look_up_the_customer.parameters.properties).toEqual({});
			expect(tools.Ask_with_buttons).toMatchObject({
				description: 'Sends the customer a question with up to 13 buttons to choose from.',
				parameters: {
					type: 'object',
					properties: {
						question: { type: 'string', description: 'The question, one or two short sentences' },
						buttons: { description: expect.stringContaining('at most 20 characters') },
					},
				},
			});
			expect(tools.Ask_with_buttons.parameters.required?.sort()).toEqual(['buttons', 'question']);
			expect(tools.Hand_over_to_a_person.parameters.properties).toMatchObject({
				message: { type: 'string', description: 'Tells the customer that a person will answer' },
			});
		});

		it('remembers each conversation, and no other', async () => {
			expect((await ask('customer_two', 'Do you know who I am?', 1)).text).toBe('You are customer_two.');
			expect((await ask(CUSTOMER, 'Do you know who I am?', 2)).text).toBe(`You are ${CUSTOMER}.`);
			const last = model.requests.at(-1)!;
			expect(textsOf(last, 'user')).toEqual(['What does a cake cost?', 'Do you know who I am?']);
			expect(textsOf(last, 'assistant')).toContain('Answer to: What does a cake cost?');
			const others = model.requests.filter(
				(request) =>
					textsOf(request, 'user').at(-1) === 'Do you know who I am?' && textsOf(request, 'user').length === 1,
			);
			expect(others).toHaveLength(2);
		});

		it('asks with buttons, once, and gets the tap as the next message', async () => {
			const question = await ask(CUSTOMER, 'Which sizes are there?', 3);
			expect(question).toMatchObject({
				text: 'Which size?',
				quickReplies: [
					{ title: 'Small', payload: 'Small' },
					{ title: 'Large', payload: 'Large' },
				],
			});
			await stage.control.call('POST', `/customers/${CUSTOMER}/messages`, {
				account: ACCOUNT,
				text: 'Large',
				quickReplyPayload: 'Large',
			});
			expect((await answered(CUSTOMER, 4)).text).toBe('Answer to: Large');
			expect(await answers(CUSTOMER)).toHaveLength(4);
		});

		it('hands over to a person on request, and stays silent from then on', async () => {
			expect((await ask(CUSTOMER, 'I want to talk to a human', 5)).text).toBe('Anna takes over.');
			const person = await stage.control.customerId(CUSTOMER, ACCOUNT);
			const thread = [...stage.sandbox.world.threads.values()].find((candidate) =>
				JSON.stringify(candidate).includes(person),
			);
			expect(thread?.owner?.appId).toBe(INBOX_APP);
			await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello Anna');
			await settledExecutions(stage, workflowId, 2_000);
			expect(model.requests.filter((request) => textsOf(request, 'user').at(-1) === 'Hello Anna')).toEqual([]);
			expect(await answers(CUSTOMER)).toHaveLength(5);
		});

		it('gives each customer so many answers an hour, one notice, then nothing', async () => {
			for (let count = 1; count <= 5; count++)
				expect((await ask('customer_three', `Question ${count}`, count)).text).toBe(`Answer to: Question ${count}`);
			expect((await ask('customer_three', 'Question 6', 6)).text).toContain('a lot of messages');
			await stage.control.writeMessage('customer_three', ACCOUNT, 'Question 7');
			await settledExecutions(stage, workflowId, 2_000);
			expect(await answers('customer_three')).toHaveLength(6);
			expect(model.requests.filter((request) => /Question [67]/.test(textsOf(request, 'user').at(-1) ?? ''))).toEqual(
				[],
			);
		});

		it('lets a person answer when the model fails, and never answers itself', async () => {
			expect((await ask('customer_two', 'Now break', 2)).text).toContain('A colleague will answer');
			const runs = await stage.client.executions.list(workflowId);
			const messages = await stage.control.deliveries();
			// One execution per message of a customer and one that it starts; echoes of the answers start none.
			const written = messages.filter(
				({ body, state }) =>
					state === 'delivered' &&
					/"messaging"/.test(body) &&
					/"message"/.test(body) &&
					!/"is_echo":\s*true/.test(body),
			);
			expect(runs).toHaveLength(2 * written.length);
			expect(messages.some(({ body }) => /"is_echo":\s*true/.test(body))).toBe(true);
		});
	});

	describe('a tool', () => {
		/** A customer who has written, and an agent that wants to know who it is; `approval` stands between agent and tool. */
		const startAgent = async (path: string, approval?: (person: string) => WorkflowNode): Promise<string> => {
			await stage.control.writeMessage('customer_three', ACCOUNT, 'Ask me when you need me');
			const person = await stage.control.customerId('customer_three', ACCOUNT);
			const workflow = agentWorkflow(path, person, { instagram, openAi }, approval?.(person));
			const { id } = await stage.client.workflows.import(workflow);
			await stage.client.workflows.activate(id);
			await fetch(`${stage.n8n.url}/webhook/${path}`, { method: 'POST' });
			return id;
		};

		it('is called by the agent, and its output reaches the model', async () => {
			const id = await startAgent('tool');
			expect(outputOf(await stage.client.executions.waitFor(id), 'AI Agent')).toMatchObject([
				{ output: 'You are customer_three.' },
			]);
		});

		it.each([
			['approves', 1, 'You are customer_three.'],
			['declines', 0, 'You are nobody.'],
		] as const)('that a person has to approve is asked in Instagram, and %s', async (verb, button, output) => {
			const before = (await answers('customer_three')).length;
			const approval = {
				approvalOptions: { values: { approvalType: 'double' } },
				message: '=May I run {{ $tool.name }}?',
				options: {},
			};
			const id = await startAgent(`tool-${verb}`, (person) =>
				node(
					'Ask the owner',
					`${ACTION}HitlTool`,
					1,
					{ ...by(person), resource: 'message', operation: 'sendAndWait', responseType: 'approval', ...approval },
					{ credentials: { [FACEBOOK]: instagram } },
				),
			);
			const { attachments } = await answered('customer_three', before + 1);
			expect(attachments[0].payload.text).toBe('May I run Look_up_the_customer?');
			await stage.client.executions.waitFor(id, { states: ['waiting'] });
			const tap = await fetch(attachments[0].payload.buttons[button].url, { method: 'POST' });
			expect(tap.status).toBe(200);
			expect(outputOf(await stage.client.executions.waitFor(id), 'AI Agent')).toMatchObject([{ output }]);
		});
	});
});
