import { createHash } from 'node:crypto';
import { fetch } from 'undici';
import { hostPicture } from '../../sandbox/demo/picture.mts';
import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { errorOf } from '../../sandbox/n8n/drive.mts';
import { ACCOUNT, CUSTOMER, importTrigger, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(120_000);

const HOOK = '99999999-2222-4333-8444-555555555555';

type Item = {
	json: Record<string, unknown>;
	binary?: Record<string, { id?: string; mimeType: string; fileName: string; fileExtension: string }>;
};

describe('what options add to the items, on a real n8n against the sandbox', () => {
	let stage: Stage;
	let workflowId: string;

	/** The items of the newest execution, once there are `count` of them. */
	const newest = async (count: number): Promise<Item[]> => {
		const id = await stage.control.until(`execution ${count}`, async () => {
			const done = (await stage.client.executions.list(workflowId)).filter(({ status }) => status === 'success');
			return done.length >= count ? done[0].id : undefined;
		});
		const execution = await stage.client.executions.get(id);
		expect(errorOf(execution)).toBeUndefined();
		return (execution.data.resultData.runData.Trigger?.at(-1)?.data?.main?.[0] ?? []) as Item[];
	};

	beforeAll(async () => {
		stage = await openStage();
		const login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		const options = { downloadAttachments: true, addSenderProfile: true, addMessagingWindow: true };
		workflowId = await importTrigger(stage, login, HOOK, { events: ['message', 'comment'], options });
		await stage.client.workflows.activate(workflowId);
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('are the file that the person sent, their profile and the end of the window', async () => {
		const picture = await hostPicture();
		await stage.control.call('POST', `/customers/${CUSTOMER}/messages`, {
			account: ACCOUNT,
			attachments: [{ type: 'image', url: picture.url }, { type: 'audio' }],
		});
		const [{ json, binary }] = await newest(1);
		expect(json.downloads).toEqual([
			{ attachment: 0, type: 'image', binary: 'attachment_0', problem: null },
			{ attachment: 1, type: 'audio', binary: 'attachment_1', problem: null },
		]);
		expect(binary!.attachment_0).toMatchObject({
			mimeType: 'image/jpeg',
			fileName: expect.stringMatching(/^attachment_0\.jpe?g$/),
		});
		// n8n's own storage has the bytes, under an ID that the item carries, and hands them to nobody who is not logged in.
		const { id } = binary!.attachment_0;
		const stored = `/rest/binary-data?id=${encodeURIComponent(id!)}&action=download`;
		const bytes = await (await stage.client.session.raw('GET', stored)).arrayBuffer();
		expect(createHash('sha256').update(new Uint8Array(bytes)).digest('hex')).toBe(
			createHash('sha256').update(picture.bytes).digest('hex'),
		);
		expect((await fetch(`${stage.n8n.url}${stored}`)).status).toBe(401);
		await picture.close();
		expect(json.senderProfile).toMatchObject({
			username: CUSTOMER,
			id: await stage.control.customerId(CUSTOMER, ACCOUNT),
		});
		expect(json.messagingWindow).toMatchObject({
			closesAt: new Date(Date.parse(String(json.timestamp)) + 24 * 3600 * 1000).toISOString(),
		});
	});

	it('cost one profile call per person, and none that commenters did not allow is missed in silence', async () => {
		const calls = async () =>
			(await stage.control.requests()).filter(({ query }) => String(query.fields).includes('follower_count')).length;
		expect(await calls()).toBe(1);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'again');
		expect((await newest(2))[0].json.senderProfile).toMatchObject({ username: CUSTOMER });
		expect(await calls()).toBe(1);
		await stage.control.call('POST', '/customers/customer_three/comments', { account: ACCOUNT, text: 'Nice' });
		expect((await newest(3))[0].json).toMatchObject({
			event: 'comment',
			senderProfile: null,
			senderProfileProblem: expect.stringContaining('has not agreed'),
			messagingWindow: null,
		});
	});

	it('do not hold up or lose a message whose extras come too late', async () => {
		await stage.control.call('POST', '/faults', { method: 'GET', path: '^/\\d+$', times: 1, delayMs: 6_000 });
		await stage.control.writeMessage('customer_two', ACCOUNT, 'while Meta is slow');
		const [{ json }] = await newest(4);
		expect(json).toMatchObject({
			message: { text: 'while Meta is slow' },
			senderProfile: null,
			senderProfileProblem: expect.stringContaining('in time'),
		});
		const delivery = (await stage.control.deliveries()).find(({ body }) => body.includes('while Meta is slow'))!;
		expect([delivery.state, delivery.attempts.map(({ status }) => status)]).toEqual(['delivered', [200]]);
		expect(await settledExecutions(stage, workflowId)).toBe(4);
	});
});
