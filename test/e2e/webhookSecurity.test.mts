import { createHmac } from 'node:crypto';
import { fetch } from 'undici';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { outputOf } from '../../sandbox/n8n/drive.mts';
import {
	ACCOUNT,
	callbackOf,
	CUSTOMER,
	importTrigger,
	settledExecutions,
	openStage,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

const HOOK = '11111111-2222-4333-8444-555555555555';

describe('the trigger on a real n8n', () => {
	let stage: Stage;
	let login: Login;
	let workflowId: string;
	let callback: string;
	let secret: string;
	/** A delivery as the sandbox sent it, byte for byte. */
	let genuine: string;

	const sign = (body: string, key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
	const post = async (body: string, headers: Record<string, string>) =>
		(await fetch(callback, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }))
			.status;
	const another = (mid: string) => genuine.replace(/"mid":"[^"]+"/, `"mid":"${mid}"`);

	beforeAll(async () => {
		stage = await openStage({ sandbox: { retryDelaysMs: [0, 200, 500] } });
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		workflowId = await importTrigger(stage, login, HOOK, { events: ['message', 'postback', 'comment'] });
		callback = callbackOf(stage, HOOK);
		secret = (await stage.control.world()).apps[0].secret;
		await stage.client.workflows.activate(workflowId);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Grüße "quoted" 👋');
		await stage.client.executions.waitFor(workflowId);
		genuine = (await stage.control.deliveries())[0].body;
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('starts on a genuine delivery with a typed item', async () => {
		expect(genuine).toContain('\\u00fc');
		const [execution] = await stage.client.executions.list(workflowId);
		const [item] = outputOf(await stage.client.executions.get(execution.id), 'Trigger');
		expect(item).toMatchObject({
			event: 'message',
			conversationWith: await stage.control.customerId(CUSTOMER, ACCOUNT),
			isEcho: false,
			message: { text: 'Grüße "quoted" 👋', attachments: [], isDeleted: false },
		});
	});

	it('refuses what is not signed by Meta, without an execution', async () => {
		const body = another('forged');
		const before = await settledExecutions(stage, workflowId);
		const reserialised = JSON.stringify(JSON.parse(body));
		expect(reserialised).not.toBe(body);
		expect(await post(body, {})).toBe(401);
		expect(await post(body, { 'x-hub-signature-256': 'sha256=abc' })).toBe(401);
		expect(await post(body, { 'x-hub-signature-256': sign(body, 'another secret') })).toBe(401);
		expect(await post(body, { 'x-hub-signature-256': sign(body, '') })).toBe(401);
		expect(await post(reserialised, { 'x-hub-signature-256': sign(body, secret) })).toBe(401);
		expect(await post(`${body.slice(0, -20)}]}]}`, { 'x-hub-signature-256': sign(body, secret) })).not.toBe(200);
		expect(await post(body.slice(0, -1), { 'x-hub-signature-256': sign(body, secret) })).not.toBe(200);
		expect(
			await post(body, { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` }),
		).toBe(401);
		expect(await settledExecutions(stage, workflowId)).toBe(before);
		// The same bytes with the right signature do start one: the refusals above were about the signature.
		expect(await post(body, { 'x-hub-signature-256': sign(body, secret) })).toBe(200);
		expect(await settledExecutions(stage, workflowId)).toBe(before + 1);
	});

	it('answers 400 to a signed body that is no delivery', async () => {
		const before = await settledExecutions(stage, workflowId);
		const body = '{"object":"page","entry":[]}';
		expect(await post(body, { 'x-hub-signature-256': sign(body, secret) })).toBe(400);
		expect(
			await post('entry=1', {
				'content-type': 'application/x-www-form-urlencoded',
				'x-hub-signature-256': sign('entry=1', secret),
			}),
		).toBe(400);
		expect(await settledExecutions(stage, workflowId)).toBe(before);
	});

	it('takes a repeated delivery once, also when both come at the same time', async () => {
		const body = another('twice');
		const headers = { 'x-hub-signature-256': sign(body, secret) };
		const before = await settledExecutions(stage, workflowId);
		expect(await Promise.all([post(body, headers), post(body, headers), post(body, headers)])).toEqual([200, 200, 200]);
		expect(await post(body, headers)).toBe(200);
		expect(await settledExecutions(stage, workflowId)).toBe(before + 1);
	});

	it('ignores echoes, own comments and accounts of others without an execution', async () => {
		const before = await settledExecutions(stage, workflowId);
		await stage.control.call('POST', `/accounts/${ACCOUNT}/messages`, { to: CUSTOMER, text: 'by hand' });
		await stage.control.call('POST', `/accounts/${ACCOUNT}/comments`, { text: 'own comment' });
		const foreign = another('foreign').replace(/"id":"\d+","time"/, '"id":"17841499999999999","time"');
		expect(foreign).toContain('17841499999999999');
		expect(await post(foreign, { 'x-hub-signature-256': sign(foreign, secret) })).toBe(200);
		expect(await settledExecutions(stage, workflowId)).toBe(before);
	});

	it('reads taps and comments', async () => {
		const latestId = await stage.client.executions.latestId(workflowId);
		await stage.control.call('POST', `/customers/${CUSTOMER}/postbacks`, {
			account: ACCOUNT,
			title: 'Opening hours',
			payload: 'HOURS',
		});
		const tap = await stage.client.executions.waitFor(workflowId, { after: latestId });
		expect(outputOf(tap, 'Trigger')[0]).toMatchObject({
			event: 'postback',
			postback: { title: 'Opening hours', payload: 'HOURS' },
		});
		const { id } = await stage.control.call<{ id: string }>('POST', `/customers/${CUSTOMER}/comments`, {
			account: ACCOUNT,
			text: 'Lovely 🍞',
		});
		const comment = await stage.client.executions.waitFor(workflowId, { after: tap.id });
		expect(outputOf(comment, 'Trigger')[0]).toMatchObject({
			event: 'comment',
			eventId: id,
			comment: { id, text: 'Lovely 🍞', username: CUSTOMER },
		});
	});

	it('answers the challenge only with the right verify token', async () => {
		const verifyToken = createHmac('sha256', secret).update('webhook verify token').digest('hex');
		const ask = async (token: string) => {
			const query = new URLSearchParams({
				'hub.mode': 'subscribe',
				'hub.challenge': '12345',
				'hub.verify_token': token,
			});
			const answer = await fetch(`${callback}?${query.toString()}`);
			return { status: answer.status, text: await answer.text() };
		};
		expect(await ask(verifyToken)).toEqual({ status: 200, text: '12345' });
		expect((await ask('wrong')).status).toBe(403);
	});

	it('does not take the callback of another system, nor remove it', async () => {
		const second = await importTrigger(stage, login, '66666666-7777-4888-8999-000000000000', { events: ['message'] });
		const failure = await stage.client.workflows.activate(second).catch((error: Error) => error.message);
		expect(failure).toContain('already sends its Instagram events somewhere else');
		expect(failure).toContain(callback);
		expect(failure).toContain('Deactivate the workflow');
		await stage.client.workflows.deactivate(second);
		const before = await settledExecutions(stage, workflowId);
		const after = await stage.client.executions.latestId(workflowId);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'still here?');
		await stage.client.executions.waitFor(workflowId, { after });
		expect(await settledExecutions(stage, workflowId)).toBe(before + 1);
	});

	it('gives its own callback back when it is deactivated', async () => {
		await stage.client.workflows.deactivate(workflowId);
		const deliveries = (await stage.control.deliveries()).length;
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'anybody there?');
		expect(await settledExecutions(stage, workflowId)).toBeGreaterThan(0);
		expect(await stage.control.deliveries()).toHaveLength(deliveries);
	});
});
