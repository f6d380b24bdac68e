import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import { ACCOUNT, CUSTOMER, execute, openStage, operation, STAGE_TIMEOUT_MS, type Login } from './support.mts';

jest.setTimeout(180_000);

describe('a node that n8n runs again because it failed', () => {
	let stage: Stage;
	let login: Login;
	const ids: Record<string, string> = {};

	const FLORIST = 'sandbox_florist';
	const items = [
		{ account: ACCOUNT, text: 'one' },
		{ account: FLORIST, text: 'two' },
		{ account: ACCOUNT, text: 'three' },
	];
	const sendAll = async () => {
		const parameters = {
			account: { __rl: true, mode: 'id', value: '={{ $json.account }}' },
			recipientId: '={{ $json.to }}',
			text: '={{ $json.text }}',
		};
		return await execute(stage, login, operation(login, 'message', 'sendText', parameters), {
			items: items.map((item) => ({ ...item, to: ids[item.account] })),
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
		});
	};
	const received = async (account: string) =>
		(await stage.control.inbox(CUSTOMER, account)).filter(({ from }) => from === 'account').map(({ text }) => text);
	/** Meets the florist's message only, after the bakery's first one went out. */
	const fault = async (more: object) => {
		const page = (await stage.control.world()).accounts.find(({ username }) => username === FLORIST)?.pageId;
		await stage.control.call('POST', '/faults', { method: 'POST', path: `^/${page}/messages$`, ...more });
	};

	beforeAll(async () => {
		stage = await openStage();
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		for (const account of [ACCOUNT, FLORIST]) {
			await stage.control.writeMessage(CUSTOMER, account, 'Hello');
			ids[account] = await stage.control.customerId(CUSTOMER, account);
		}
	}, STAGE_TIMEOUT_MS);
	afterEach(async () => await stage.control.call('DELETE', '/faults'));
	afterAll(async () => await stage?.close());

	it('sends what was refused, and nothing twice', async () => {
		await fault({ times: 1, status: 400, error: { code: 551, message: 'not now' } });
		const { error, items: sent } = await sendAll();
		expect(error).toBeUndefined();
		expect(sent).toHaveLength(3);
		expect(await received(ACCOUNT)).toEqual(['one', 'three']);
		expect(await received(FLORIST)).toEqual(['two']);
	});

	it('does not send again what Meta may have taken, and says so', async () => {
		await fault({ times: 1, reset: 'after' });
		const { error } = await sendAll();
		expect(error?.message).toBe('No answer came from Meta');
		expect(error?.description).toContain('The message may or may not have been sent');
		expect(error?.description).toMatch(/[12] of 3 items were carried out/);
		expect(await received(FLORIST)).toEqual(['two', 'two']);
		expect((await received(ACCOUNT)).filter((text) => text === 'one')).toHaveLength(2);
	});
});
