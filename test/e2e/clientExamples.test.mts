import type { Stage } from '../../sandbox/demo/stage.mts';
import { errorOf } from '../../sandbox/n8n/drive.mts';
import { ACCOUNT, CUSTOMER, openStage, settledExecutions, STAGE_TIMEOUT_MS } from './support.mts';

jest.setTimeout(180_000);

describe('the examples for agencies and teams, on a real n8n against the sandbox', () => {
	let stage: Stage;

	const answers = async (account: string) =>
		(await stage.control.inbox(CUSTOMER, account)).filter(({ from }) => from === 'account').map(({ text }) => text);
	const executions = async (id: string, count: number) =>
		await stage.control.until(`execution ${count}`, async () => {
			const done = (await stage.client.executions.list(id)).filter(
				({ status }) => status === 'success' || status === 'error',
			);
			return done.length >= count ? done : undefined;
		});

	beforeAll(async () => {
		stage = await openStage({ followSandboxClock: true });
	}, STAGE_TIMEOUT_MS);
	afterAll(async () => await stage?.close());

	it('serves each client by its own settings, and shows an account that is not in the list', async () => {
		const before = new Set((await stage.control.world()).accounts.map(({ username }) => username));
		await stage.control.call('POST', '/pages', { count: 1, linked: true });
		const third = (await stage.control.world()).accounts.find(({ username }) => !before.has(username))!.username;
		const { id } = await stage.importExample('one-app-many-clients.json', await stage.connect('Agency'));
		await stage.client.workflows.activate(id);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'Are you open?');
		await executions(id, 1);
		await stage.control.writeMessage(CUSTOMER, 'sandbox_florist', 'Are you open?');
		await executions(id, 2);
		await stage.control.writeMessage(CUSTOMER, third, 'Are you open?');
		const all = await executions(id, 3);
		expect(await answers(ACCOUNT)).toEqual([expect.stringContaining('Hello from the bakery!')]);
		expect([await answers('sandbox_florist'), await answers(third)]).toEqual([[], []]);
		const failed = all.filter(({ status }) => status === 'error');
		expect(failed).toHaveLength(1);
		expect(errorOf(await stage.client.executions.get(failed[0].id))?.message).toMatch(
			/^The account \d+ is not in the list of clients/,
		);
		await stage.client.workflows.deactivate(id);
	});

	it('stays quiet for twelve hours after a person answered from the inbox, and not because of its own echoes', async () => {
		const { id } = await stage.importExample('stay-quiet-while-people-answer.json', await stage.connect('Team'));
		await stage.client.workflows.activate(id);
		const begun = (await answers(ACCOUNT)).length;
		const own = async () => (await answers(ACCOUNT)).slice(begun);
		const thanks = 'Thanks for your message! We have it and will look at it soon.';
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'one');
		// The message, and the echo of the answer to it.
		await executions(id, 2);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'two');
		await executions(id, 4);
		expect(await own()).toEqual([thanks, thanks]);

		await stage.control.call('POST', `/accounts/${ACCOUNT}/messages`, {
			to: CUSTOMER,
			text: 'A person here: how can I help?',
		});
		await executions(id, 5);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'three');
		await executions(id, 6);
		expect((await own()).slice(2)).toEqual(['A person here: how can I help?']);
		// Another conversation is not affected.
		await stage.control.writeMessage('customer_two', ACCOUNT, 'I am new here');
		await executions(id, 8);
		expect((await stage.control.inbox('customer_two', ACCOUNT)).map(({ text }) => text)).toEqual([
			'I am new here',
			thanks,
		]);

		await stage.control.advanceClock(12 * 3600 + 60);
		await stage.control.writeMessage(CUSTOMER, ACCOUNT, 'four');
		await executions(id, 10);
		expect((await own()).slice(3)).toEqual([thanks]);
		expect(await settledExecutions(stage, id)).toBe(10);
		expect((await executions(id, 10)).filter(({ status }) => status === 'error')).toEqual([]);
	});
});
