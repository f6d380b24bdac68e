import type { Stage } from '../../sandbox/demo/stage.mts';
import { ACCOUNT, CUSTOMER, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(120_000);

type Seen = {
	from: string;
	text: string | null;
	replyTo: string | null;
	quickReplies: Array<{ title: string; payload: string }>;
};

describe('the examples of the inbox, on a real n8n against the sandbox', () => {
	let stage: Stage;

	const inbox = async (customer: string) =>
		(await stage.control.call<{ messages: Seen[] }>('GET', `/customers/${customer}/inbox?account=${ACCOUNT}`)).messages;
	const answers = async (customer: string) => (await inbox(customer)).filter(({ from }) => from === 'account');
	const answered = async (customer: string, count: number) =>
		await stage.control.until(`answer ${count}`, async () =>
			(await answers(customer)).length >= count ? (await answers(customer)).at(-1) : undefined,
		);

	beforeAll(async () => {
		stage = await openStage();
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('asks with buttons and hands over to a person', async () => {
		const { id } = await stage.importExample('ask-and-hand-over.json', await stage.connect());
		await stage.client.workflows.activate(id);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello?');
		const question = await answered(CUSTOMER, 1);
		expect(question.quickReplies.map(({ payload }) => payload)).toEqual(['HOURS', 'ORDER', 'PERSON']);
		const { mid } = await stage.control.call<{ mid: string }>('POST', `/customers/${CUSTOMER}/messages`, {
			account: ACCOUNT,
			text: 'Talk to a person',
			quickReplyPayload: 'PERSON',
		});
		expect(await answered(CUSTOMER, 2)).toMatchObject({ text: 'A colleague will answer you here.', replyTo: mid });
		const owner = await stage.control.until('the inbox in control', async () => {
			const [thread] = [...stage.sandbox.world.threads.values()];
			return thread.owner?.appId === '1217981644879628' ? thread.owner : undefined;
		});
		expect(owner.expiresAt).toBeGreaterThan(Date.now());
		await stage.client.workflows.deactivate(id);
	});

	it('answers a comment in private when it asks for the price, and no other', async () => {
		const { id } = await stage.importExample('answer-comments-in-private.json', await stage.connect('For comments'));
		await stage.client.workflows.activate(id);
		const comment = async (customer: string, text: string) =>
			await stage.control.call('POST', `/customers/${customer}/comments`, { account: ACCOUNT, text });
		for (const text of ['So pretty!', 'Priceless!']) await comment('customer_two', text);
		await comment('customer_three', 'What PRICE is it?');
		expect((await answered('customer_three', 1)).text).toContain('Hi customer_three! Here is our price list');
		expect(await answers('customer_two')).toEqual([]);
		expect(await settledExecutions(stage, id)).toBe(1);
	});
});
