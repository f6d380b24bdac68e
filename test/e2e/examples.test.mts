import { createHash } from 'node:crypto';
import { FormData, fetch } from 'undici';
import { hostPicture } from '../../sandbox/demo/picture.mts';
import type { Stage } from '../../sandbox/demo/stage.mts';
import { ACCOUNT, CUSTOMER, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(120_000);

describe('the examples, on a real n8n against the sandbox', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage();
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('answers a direct message from the account that it was sent to', async () => {
		const { id } = await stage.importExample('answer-direct-messages.json', await stage.connect());
		await stage.client.workflows.activate(id);
		for (const account of [ACCOUNT, 'sandbox_florist']) {
			const text = `Hello ${account}, "ça va"? 👋`;
			await stage.control.writeMessage(CUSTOMER, account, text);
			const answer = await stage.control.until('the answer', async () =>
				(await stage.control.inbox(CUSTOMER, account)).find(({ from }) => from === 'account'),
			);
			expect(answer.text).toContain(text);
		}
		// Two messages and the echoes of both answers.
		await stage.control.until('every delivery to be taken', async () => {
			const deliveries = await stage.control.deliveries();
			return deliveries.length >= 4 && deliveries.every(({ state }) => state === 'delivered') ? true : undefined;
		});
		// Its own answers come back as echoes; they must not start the workflow again.
		expect(await settledExecutions(stage, id)).toBe(2);
		expect(await stage.control.inbox(CUSTOMER, ACCOUNT)).toHaveLength(2);
	});

	it('publishes the picture that an operator names in a form', async () => {
		const credential = await stage.connect('With default', { defaultAccount: `@${ACCOUNT}` });
		const workflow = await stage.importExample('publish-a-picture.json', credential);
		await stage.client.workflows.activate(workflow.id);
		const picture = await hostPicture();
		const form = new FormData();
		form.append('field-0', picture.url);
		form.append('field-1', 'Fresh 🥐 #bread');
		const answer = await fetch(`${stage.n8n.url}/form/publish-a-picture`, { method: 'POST', body: form });
		expect(answer.status).toBe(200);
		const post = await stage.control.until('the post', async () =>
			(await stage.control.feed(ACCOUNT)).find(({ caption }) => caption === 'Fresh 🥐 #bread'),
		);
		expect(post.sha256).toBe(createHash('sha256').update(picture.bytes).digest('hex'));
		const execution = await stage.client.executions.waitFor(workflow.id);
		expect(execution.data.resultData.runData['Publish it'][0].data?.main?.[0]?.[0].json).toMatchObject({
			id: post.id,
			permalink: post.permalink,
		});
		await picture.close();
	});
});
