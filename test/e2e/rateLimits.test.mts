import { OAUTH_CREDENTIAL, type Stage } from '../../sandbox/demo/stage.mts';
import {
	ACCOUNT,
	CUSTOMER,
	execute,
	openStage,
	operation,
	STAGE_TIMEOUT_MS,
	type Login,
	type RunOptions,
} from './support.mts';

jest.setTimeout(180_000);

const FLORIST = 'sandbox_florist';
const PEOPLE = [CUSTOMER, 'customer_two', 'customer_three'];

describe('too many calls, on a real n8n', () => {
	let stage: Stage;
	let login: Login;
	let since = 0;

	const control = async (method: string, path: string, body?: object) => await stage.control.call(method, path, body);
	/** What the account wrote to each person since the test began. */
	const received = async (account: string) =>
		await Promise.all(
			PEOPLE.map(async (person) =>
				(await stage.control.inbox(person, account)).filter(({ from }) => from === 'account').map(({ text }) => text),
			),
		);
	const sends = async () =>
		(await stage.control.requests(since))
			.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
			.map(({ status }) => status);
	const sendAll = async (account: string, texts: string[], options: object, more: RunOptions = {}) => {
		const ids = await Promise.all(PEOPLE.map(async (person) => await stage.control.customerId(person, account)));
		const items = texts.flatMap((text) => ids.map((to) => ({ to, text })));
		const parameters = {
			account: { __rl: true, mode: 'id', value: account },
			recipientId: '={{ $json.to }}',
			text: '={{ $json.text }}',
			options,
		};
		return await execute(stage, login, operation(login, 'message', 'sendText', parameters), { items, ...more });
	};

	beforeAll(async () => {
		stage = await openStage();
		login = { type: OAUTH_CREDENTIAL, credential: await stage.connect() };
		for (const account of [ACCOUNT, FLORIST])
			for (const person of PEOPLE) await stage.control.writeMessage(person, account, 'Hello');
	}, STAGE_TIMEOUT_MS);
	beforeEach(async () => {
		since = (await stage.control.requests()).at(-1)?.seq ?? 0;
	});
	afterEach(async () => {
		await control('DELETE', '/faults');
		await control('DELETE', '/throttle');
	});
	afterAll(async () => await stage?.close());

	it('are waited out by the node: everything arrives, once and in order', async () => {
		await control('POST', '/faults', {
			method: 'POST',
			path: '/messages$',
			skip: 2,
			status: 400,
			error: { code: 613, error_subcode: 2534040 },
		});
		const { error, items } = await sendAll(ACCOUNT, ['one', 'two'], {});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(6);
		expect(await received(ACCOUNT)).toEqual(PEOPLE.map(() => ['one', 'two']));
		expect((await sends()).sort()).toEqual([200, 200, 200, 200, 200, 200, 400]);
	});

	it("are finished by n8n's Retry On Fail where the node may not wait", async () => {
		await control('POST', '/faults', {
			method: 'POST',
			path: '/messages$',
			skip: 2,
			status: 400,
			error: { code: 613, error_subcode: 2534040 },
		});
		const { error } = await sendAll(
			ACCOUNT,
			['three', 'four'],
			{ rateLimitWait: 0 },
			{ settings: { retryOnFail: true, maxTries: 4, waitBetweenTries: 3000 } },
		);
		expect(error).toBeUndefined();
		expect(await received(ACCOUNT)).toEqual(PEOPLE.map(() => ['one', 'two', 'three', 'four']));
	});

	it('beyond the wait are told with the minutes, and Meta is not called on', async () => {
		await control('POST', '/throttle', { code: 80006, account: FLORIST, minutes: 7 });
		const first = await sendAll(FLORIST, ['five'], {}, { onError: 'continueRegularOutput' });
		expect(first.items).toHaveLength(3);
		for (const { error, details } of first.items) {
			expect(error).toBe('The account reached its messaging limit');
			expect(details).toMatch(/Meta asks to wait 7 minutes\. Meta did not carry the call out/);
		}
		const calls = (await sends()).length;
		const second = await sendAll(FLORIST, ['six'], {});
		expect(second.error?.message).toBe('The account reached its messaging limit');
		expect(await sends()).toHaveLength(calls);
		expect(await received(FLORIST)).toEqual(PEOPLE.map(() => []));
	});
});
