import type { Stage } from '../../sandbox/demo/stage.mts';
import {
	connectInstagram,
	CUSTOMER,
	ACCOUNT,
	execute,
	importTrigger,
	openStage,
	operation,
	settledExecutions,
	STAGE_TIMEOUT_MS,
	type Login,
} from './support.mts';

jest.setTimeout(180_000);

const EXCHANGE = '/access_token';

describe.each(['flat', 'data'] as const)(
	'an Instagram Login, connected once, with the answer of the %s shape',
	(instagramTokenShape) => {
		let stage: Stage;
		let login: Login;
		let person: string;

		const noChoice = { account: { __rl: true, mode: 'list', value: '' } };
		const send = async (text: string) =>
			await execute(stage, login, {
				...operation(login, 'message', 'sendText', { recipientId: person, text }),
				...noChoice,
			});
		const lastRequest = async () => (await stage.control.requests()).at(-1)?.seq ?? 0;
		const pathsSince = async (since: number) =>
			(await stage.control.requests(since)).map(({ method, path }) => `${method} ${path}`);

		beforeAll(async () => {
			stage = await openStage({ sandbox: { instagramTokenShape } });
			await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Hello');
			person = await stage.control.customerId(CUSTOMER, ACCOUNT);
			login = await connectInstagram(stage);
		}, STAGE_TIMEOUT_MS);
		afterAll(async () => await stage?.close());

		it('exchanges the token at the first use, and answers without a Facebook Page', async () => {
			const since = await lastRequest();
			const { items, error } = await send('first');
			expect(error).toBeUndefined();
			expect(items).toEqual([{ messageId: expect.any(String), recipientId: person }]);
			expect(await pathsSince(since)).toEqual([
				`GET ${EXCHANGE}`,
				'GET /me',
				expect.stringMatching(/^POST \/\d+\/messages$/),
			]);
		});

		it('costs one call from then on, also after a restart and the end of the short token', async () => {
			await stage.n8n.restart();
			await stage.control.advanceClock(3 * 3600);
			const since = await lastRequest();
			expect((await send('after the restart')).error).toBeUndefined();
			expect(await pathsSince(since)).toEqual([expect.stringMatching(/^POST \/\d+\/messages$/)]);
			expect((await stage.control.inbox(CUSTOMER, ACCOUNT)).map(({ text }) => text)).toContain('after the restart');
		});

		it('starts a workflow on messages, signed with the Instagram app secret', async () => {
			const id = await importTrigger(stage, login, `instagram-${instagramTokenShape}`, {
				setup: 'manual',
				events: ['message'],
			});
			await stage.client.credentials.update(login.credential.id, { webhookVerifyToken: 'my own words' });
			await stage.client.workflows.activate(id);
			const [app] = (await stage.control.world()).apps;
			await stage.control.call('POST', `/apps/${app.id}/dashboardWebhook`, {
				callbackUrl: `${stage.n8n.url}/webhook/instagram-${instagramTokenShape}/webhook`,
				verifyToken: 'my own words',
				fields: ['messages'],
				login: 'instagram',
			});
			await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Is anybody there?');
			const execution = await stage.client.executions.waitFor(id);
			const [item] = execution.data.resultData.runData.Trigger?.at(-1)?.data?.main?.[0] ?? [];
			expect(item?.json).toMatchObject({
				event: 'message',
				conversationWith: person,
				message: { text: 'Is anybody there?' },
			});
			expect(await settledExecutions(stage, id)).toBe(1);
		});
	},
);
