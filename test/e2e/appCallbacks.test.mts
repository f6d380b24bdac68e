import { createHmac } from 'node:crypto';
import { fetch } from 'undici';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { outputOf } from '../../sandbox/n8n/drive.mts';
import { callbackOf, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(180_000);

const EXAMPLE = 'answer-deletion-requests.json';

describe('people who leave, on a real n8n', () => {
	let stage: Stage;
	let workflowId: string;
	let address: string;
	let secret: string;

	/** A request as Meta signs it: both parts base64url without padding. */
	const sign = (payload: object, key = secret) => {
		const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
		return `${createHmac('sha256', key).update(body).digest('base64url')}.${body}`;
	};
	const request = (userId: string, more: object = {}) => ({
		algorithm: 'HMAC-SHA256',
		issued_at: 1_795_000_000,
		user_id: userId,
		...more,
	});
	const post = async (below: string, signedRequest: string) => {
		const answer = await fetch(address + below, {
			method: 'POST',
			body: new URLSearchParams({ signed_request: signedRequest }),
		});
		return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
	};
	const nodesThatRan = async () => {
		const execution = await stage.client.executions.waitFor(workflowId);
		return { execution, names: Object.keys(execution.data.resultData.runData) };
	};

	beforeAll(async () => {
		stage = await openStage();
		secret = (await stage.control.world()).apps[0].secret;
		const { id, nodes } = await stage.importExample(EXAMPLE, await stage.connect());
		workflowId = id;
		const hook = nodes.find(({ type }) => type.endsWith('instagramTrigger'))?.webhookId as string;
		address = callbackOf(stage, hook);
		const before = (await stage.control.requests()).length;
		await stage.client.workflows.activate(workflowId);
		// Nothing to subscribe for these events: another workflow may hold the app's callback.
		const calls = (await stage.control.requests()).slice(before).map(({ path }) => path);
		expect(calls.filter((path) => path.includes('subscri'))).toEqual([]);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('a deletion request gets a code and a page, and starts the workflow', async () => {
		const { status, text, type } = await post('/deletion', sign(request('12345678901234567890')));
		expect([status, type]).toEqual([200, expect.stringContaining('application/json')]);
		const answer = JSON.parse(text) as { url: string; confirmation_code: string };
		expect(Object.keys(answer).sort()).toEqual(['confirmation_code', 'url']);
		expect(answer.confirmation_code).toMatch(/^[0-9a-z]+$/);
		expect(answer.url).toBe(`${address}/deletion?code=${answer.confirmation_code}`);
		const { execution, names } = await nodesThatRan();
		expect(names).toContain('Data to delete');
		expect(names).not.toContain('Person who left');
		const [trigger] = names;
		expect(outputOf(execution, trigger)).toEqual([
			{
				event: 'dataDeletion',
				eventId: answer.confirmation_code,
				accountId: null,
				conversationWith: null,
				username: null,
				timestamp: new Date(1_795_000_000_000).toISOString(),
				isEcho: false,
				isTest: false,
				dataDeletion: {
					userId: '12345678901234567890',
					confirmationCode: answer.confirmation_code,
					statusUrl: answer.url,
				},
				raw: request('12345678901234567890'),
			},
		]);
		const page = await fetch(answer.url);
		expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
		expect(await page.text()).toContain(answer.confirmation_code);
		expect((await fetch(`${address}/deletion?code=${answer.confirmation_code.replace(/.$/, 'z')}`)).status).toBe(404);
	});

	it("Meta's repeat gets the same answer and starts nothing", async () => {
		const before = await settledExecutions(stage, workflowId);
		const first = await post('/deletion', sign(request('1')));
		expect(await post('/deletion', sign(request('1')))).toMatchObject({ status: 200, text: first.text });
		expect((await post('/deletion', sign(request('2')))).text).not.toBe(first.text);
		expect(await settledExecutions(stage, workflowId)).toBe(before + 2);
	});

	it('a deauthorization is answered 200 and goes the other way', async () => {
		expect((await post('/deauthorize', sign(request('77')))).status).toBe(200);
		const { execution, names } = await nodesThatRan();
		expect(names).toContain('Person who left');
		expect(outputOf(execution, names[0])[0]).toMatchObject({
			event: 'deauthorize',
			eventId: '77:1795000000',
			deauthorize: { userId: '77' },
		});
	});

	it('what Meta did not sign is refused without an execution', async () => {
		const before = await settledExecutions(stage, workflowId);
		const genuine = sign(request('9'));
		const [mark, body] = genuine.split('.');
		const other = Buffer.from(JSON.stringify(request('10'))).toString('base64url');
		expect((await post('/deletion', sign(request('9'), 'another secret'))).status).toBe(401);
		expect((await post('/deletion', `${mark}.${other}`)).status).toBe(401);
		expect((await post('/deletion', sign(request('9', { algorithm: 'none' })))).status).toBe(400);
		for (const broken of ['', '.', body, `${genuine}.x`, mark])
			expect((await post('/deauthorize', broken)).status).toBe(400);
		const wrongAddress = await post('', genuine);
		expect(wrongAddress).toMatchObject({ status: 400, text: expect.stringContaining('/deletion') });
		expect(
			(
				await fetch(`${address}/deletion`, {
					method: 'POST',
					body: 'x',
					headers: { 'content-type': 'application/octet-stream' },
				})
			).status,
		).toBe(400);
		expect(await settledExecutions(stage, workflowId)).toBe(before);
	});

	it('can be tried out in the editor', async () => {
		await stage.client.executions.listen(workflowId, 'When somebody leaves');
		const test = address.replace('/webhook/', '/webhook-test/');
		const answer = await fetch(`${test}/deletion`, {
			method: 'POST',
			body: new URLSearchParams({ signed_request: sign(request('55')) }),
		});
		expect(answer.status).toBe(200);
		const { execution } = await nodesThatRan();
		expect([execution.mode, outputOf(execution, 'When somebody leaves')[0].dataDeletion]).toMatchObject([
			'manual',
			{ userId: '55' },
		]);
	});
});
