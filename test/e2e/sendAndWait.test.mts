import { fetch } from 'undici';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { outputOf, type Execution, type WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { ACCOUNT, ACTION, CUSTOMER, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

type Button = { type: string; title: string; url: string };
type Seen = {
	from: string;
	text: string | null;
	replyTo: string | null;
	quickReplies: Array<{ payload: string }>;
	attachments: Array<{ payload: { text: string; buttons: Button[] } }>;
};

describe('Send and Wait for Response, on a real n8n against the sandbox', () => {
	let stage: Stage;
	let login: Login;
	let person: string;
	let count = 0;

	beforeAll(async () => {
		stage = await openStage();
		login = { type: 'instagramFacebookLoginOAuth2Api', credential: await stage.connect() };
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Do you bake cakes?');
		person = await stage.control.customerId(CUSTOMER, ACCOUNT);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	const answers = async (customer = CUSTOMER) =>
		(
			await stage.control.call<{ messages: Seen[] }>('GET', `/customers/${customer}/inbox?account=${ACCOUNT}`)
		).messages.filter(({ from }) => from === 'account');
	const node = (name: string, type: string, typeVersion: number, parameters: object, more: object = {}): WorkflowNode =>
		({ id: `node-${name}`, name, type, typeVersion, position: [0, 0], parameters, ...more }) as WorkflowNode;

	/** Starts an active workflow that asks, and waits until it waits. */
	async function ask(
		more: object,
		after: WorkflowNode = node('After', 'n8n-nodes-base.noOp', 1, {}),
		back: object = {},
	) {
		const path = `ask-${++count}`;
		const before = (await answers()).length;
		const parameters = operation(login, 'message', 'sendAndWait', {
			recipientId: { __rl: true, mode: 'id', value: person },
			message: 'Friday?',
			responseType: 'approval',
			options: {},
			...more,
		});
		const { id } = await stage.client.workflows.import({
			name: path,
			nodes: [
				node('Start', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', options: {} }, { webhookId: path }),
				node('Ask', ACTION, 1, parameters, { credentials: { [login.type]: login.credential } }),
				after,
			],
			connections: {
				Start: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] },
				Ask: { main: [[{ node: after.name, type: 'main', index: 0 }]] },
				...back,
			},
		});
		await stage.client.workflows.activate(id);
		const started = await fetch(`${stage.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"order":"A-17"}',
		});
		expect(started.status).toBe(200);
		const waiting = await stage.client.executions.waitFor(id, { states: ['waiting', 'error'] });
		expect(waiting.status).toBe('waiting');
		const message = await stage.control.until('the question', async () =>
			(await answers()).length > before ? (await answers()).at(-1) : undefined,
		);
		return { id, executionId: waiting.id, message, buttons: message.attachments[0]?.payload.buttons ?? [] };
	}

	const open = async (url: string, agent = 'Mozilla/5.0 Instagram 300.0') => {
		const answer = await fetch(url, { headers: { 'user-agent': agent } });
		return {
			status: answer.status,
			page: await answer.text(),
			policy: answer.headers.get('content-security-policy') ?? '',
		};
	};
	const tap = async (url: string, fields: Record<string, string> = {}) => {
		const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
		return { status: answer.status, page: await answer.text() };
	};
	const stateOf = async (executionId: string) => (await stage.client.executions.get(executionId)).status;
	const ended = async (id: string): Promise<Execution> => await stage.client.executions.waitFor(id);

	it('goes on with yes or no after a tap on the page, not when the link is opened', async () => {
		const { id, executionId, message, buttons } = await ask({
			approvalOptions: { values: { approvalType: 'double', approveLabel: 'Yes, please', disapproveLabel: 'No' } },
		});
		expect(message.attachments[0].payload.text).toBe('Friday?');
		expect(buttons.map(({ type, title }) => [type, title])).toEqual([
			['web_url', 'No'],
			['web_url', 'Yes, please'],
		]);
		for (const agent of [
			'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
			'meta-externalagent/1.1',
			'Mozilla/5.0 Instagram 300.0',
			'',
		]) {
			for (const { url } of buttons) expect((await open(url, agent)).status).toBe(200);
		}
		const { page, policy } = await open(buttons[0].url);
		expect(page).toContain('<button type="submit">No</button>');
		expect(page).toContain('Friday?');
		expect(policy).toContain("default-src 'none'");
		expect(await stateOf(executionId)).toBe('waiting');

		const forged = buttons[0].url.replace('approved=false', 'approved=true');
		expect(forged).not.toBe(buttons[0].url);
		const unsigned = new URL(buttons[1].url);
		unsigned.searchParams.delete('signature');
		for (const url of [forged, unsigned.toString(), buttons[1].url.replace(/signature=./, 'signature=0x')])
			expect((await tap(url)).status).toBe(401);
		expect(await stateOf(executionId)).toBe('waiting');

		expect(await tap(buttons[0].url)).toMatchObject({ status: 200, page: expect.stringContaining('Got it, thanks') });
		expect(outputOf(await ended(id), 'After')).toEqual([
			{ data: { approved: false, respondedAt: expect.any(String) } },
		]);
		expect((await tap(buttons[1].url)).page).toContain('No action required');
		expect(await stage.client.executions.list(id)).toHaveLength(1);
	});

	it('goes on with the text that the person wrote, and asks again when there is none', async () => {
		const { id, executionId, message } = await ask({
			message: 'What shall <b>be</b> on the cake?',
			responseType: 'freeText',
			options: {
				linksAs: 'text',
				messageButtonLabel: 'Write here',
				responseFormTitle: 'Your cake',
				responseFormButtonLabel: 'Send it',
			},
		});
		const [, text, url] = /^(.*)\n\nWrite here: (http\S+)$/s.exec(message.text ?? '') ?? [];
		expect(text).toBe('What shall <b>be</b> on the cake?');
		const { page } = await open(url);
		for (const part of [
			'<h1>Your cake</h1>',
			'What shall &lt;b&gt;be&lt;/b&gt; on the cake?',
			'name="response"',
			'Send it</button>',
		])
			expect(page).toContain(part);
		expect((await tap(url, { response: '  ' })).status).toBe(400);
		expect(await stateOf(executionId)).toBe('waiting');
		expect((await tap(url, { response: 'Grüße, "Mia" 🎂\nand a star' })).status).toBe(200);
		expect(outputOf(await ended(id), 'After')).toEqual([
			{ data: { text: expect.stringMatching(/^Grüße, "Mia" 🎂\r?\nand a star$/), respondedAt: expect.any(String) } },
		]);
	});

	it('takes no answer to an earlier round of a loop for an answer to the present one', async () => {
		const again = {
			conditions: {
				options: { version: 2, typeValidation: 'loose' },
				conditions: [
					{ id: 'c', leftValue: '={{ $runIndex }}', rightValue: 1, operator: { type: 'number', operation: 'lt' } },
				],
				combinator: 'and',
			},
		};
		const first = await ask({}, node('Again', 'n8n-nodes-base.if', 2.2, again), {
			Again: { main: [[{ node: 'Ask', type: 'main', index: 0 }], []] },
		});
		await tap(first.buttons[0].url);
		const second = await stage.control.until('the second question', async () => {
			const url = (await answers()).at(-1)?.attachments[0]?.payload.buttons[0].url;
			return url !== first.buttons[0].url && (await stateOf(first.executionId)) === 'waiting' ? url : undefined;
		});
		expect(await tap(first.buttons[0].url)).toMatchObject({
			status: 410,
			page: expect.stringContaining('no longer open'),
		});
		expect(await stateOf(first.executionId)).toBe('waiting');
		expect((await tap(second!)).status).toBe(200);
		expect(outputOf(await ended(first.id), 'Again', 1)).toMatchObject([{ data: { approved: true } }]);
	});

	it('goes on with an answer in the chat, as the example does it with a data table', async () => {
		const { id } = await stage.importExample('ask-in-the-chat.json', login.credential);
		await stage.client.workflows.activate(id);
		const answered = async (customer: string, at: number) =>
			await stage.control.until(`answer ${at} to ${customer}`, async () =>
				(await answers(customer)).length >= at ? (await answers(customer)).at(-1) : undefined,
			);
		const waiting = async (many: number) =>
			await stage.control.until(`${many} waiting`, async () =>
				(await stage.client.executions.list(id)).filter(({ status }) => status === 'waiting').length === many
					? true
					: undefined,
			);
		const write = async (customer: string, text: string, quickReplyPayload?: string) =>
			(
				await stage.control.call<{ mid: string }>('POST', `/customers/${customer}/messages`, {
					account: ACCOUNT,
					text,
					quickReplyPayload,
				})
			).mid;
		await write('customer_two', 'I want a cake');
		await write('customer_three', 'Me too');
		for (const customer of ['customer_two', 'customer_three'])
			expect((await answered(customer, 1)).quickReplies.map(({ payload }) => payload)).toEqual(['DELIVER', 'PICK_UP']);
		await waiting(2);
		await stage.n8n.restart();
		const mid = await write('customer_three', 'I pick it up', 'PICK_UP');
		expect(await answered('customer_three', 2)).toMatchObject({ text: 'See you at the shop!', replyTo: mid });
		await write('customer_two', 'On Saturday, please');
		expect((await answered('customer_two', 2)).text).toBe('Thanks, we noted: On Saturday, please');
		await waiting(0);
		// With the question answered, the next message is a new conversation.
		await write('customer_two', 'One more cake');
		expect((await answered('customer_two', 3)).quickReplies).toHaveLength(2);
		await stage.client.workflows.deactivate(id);
	});

	it('waits over a restart of n8n, and goes on with what came in when the time is up', async () => {
		const patient = await ask({});
		const limited = await ask({
			options: {
				limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 0.1, resumeUnit: 'minutes' } },
			},
		});
		await stage.n8n.restart();
		expect(outputOf(await ended(limited.id), 'After')).toMatchObject([{ body: { order: 'A-17' } }]);
		expect((await tap(limited.buttons[0].url)).page).toContain('No action required');
		expect(await stateOf(patient.executionId)).toBe('waiting');
		expect((await tap(patient.buttons[0].url)).status).toBe(200);
		expect(outputOf(await ended(patient.id), 'After')).toMatchObject([{ data: { approved: true } }]);
	});
});
