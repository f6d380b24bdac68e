import '../../support/quickTime.mts';
import { BAKERY, FLORIST, type Json } from '../../sandbox/support.mts';
import { openInbox, type Inbox } from '../../support/stages/inbox.mts';

jest.setTimeout(60_000);

let inbox: Inbox;
beforeEach(async () => {
	inbox = await openInbox();
});
afterEach(async () => await inbox.close());

const texts = async () =>
	(await inbox.seen()).filter(({ from }) => from === 'account').map(({ text }) => text as string);
const sends = async (): Promise<Json[]> =>
	((await inbox.control('GET', '/requests')).body.requests as Json[]).filter(
		({ method, path }) => method === 'POST' && String(path).endsWith('/messages'),
	);
const send = async (count: number, options = {}, more = {}) => {
	const items = Array.from({ length: count }, (_, index) => ({ text: `message ${index + 1}` }));
	return await inbox.run(
		'message',
		'sendText',
		{ recipientId: inbox.person, text: '={{ $json.text }}', options },
		{ items, ...more },
	);
};
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `message ${index + 1}`);
const sum = (gaps: number[]) => gaps.reduce((total, gap) => total + gap, 0);
const gapsOf = (requests: Json[]) =>
	requests.slice(1).map(({ at }, i) => Date.parse(at as string) - Date.parse(requests[i].at as string));

describe('a budget that nears its end', () => {
	it('sets the messages of a run apart, so that all of them go out', async () => {
		await inbox.control('POST', '/usage', { account: BAKERY.username, percent: 92 });
		const { all, error } = await send(5);
		expect(error).toBeUndefined();
		expect(all).toHaveLength(5);
		expect(await texts()).toEqual(numbered(5));
		// Three distances of 2.2 seconds, behind the first call, which has to connect.
		expect(sum(gapsOf(await sends()).slice(1))).toBeGreaterThan(5000);
	});

	it('slows a run down the more the nearer it comes, and it is not met', async () => {
		// A hundred calls an hour: the header tells 80 percent after 80 of them.
		await inbox.control('POST', '/usage', { account: BAKERY.username, callsPerHour: 100 });
		const { error } = await send(95);
		expect(error).toBeUndefined();
		const requests = await sends();
		expect(requests).toHaveLength(95);
		expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
		const gaps = gapsOf(requests);
		// What holds up a single call anywhere else must not count here.
		const usual = gaps.slice(0, 79).sort((a, b) => a - b)[39];
		expect(sum(gaps.slice(88))).toBeGreaterThan(6 * usual);
	});
});

describe('too many calls', () => {
	const fault = async (code: number, more = {}) =>
		await inbox.control('POST', '/faults', {
			path: '/messages$',
			method: 'POST',
			status: 400,
			error: { code },
			...more,
		});

	it.each([4, 32, 613, 80002, 80006])('(%i) are waited out: everything arrives once, in its order', async (code) => {
		await fault(code);
		const { error } = await send(5);
		expect(error).toBeUndefined();
		expect(await texts()).toEqual(numbered(5));
		const requests = await sends();
		expect(requests.map(({ status }) => status)).toEqual([400, 200, 200, 200, 200, 200]);
	});

	it('hold up the others of the account, side by side with it, and no other account', async () => {
		const people = ['customer_one', 'customer_two', 'customer_three'];
		for (const customer of people.slice(1)) await inbox.write(customer, 'Hello');
		const items = await Promise.all(people.map(async (customer) => ({ to: await inbox.scopedId(customer) })));
		await fault(80006);
		const first = await inbox.run('message', 'sendText', {
			recipientId: inbox.person,
			text: 'first',
			options: { rateLimitWait: 0 },
		});
		expect(first.error?.message).toBe('The account reached its messaging limit');
		const { error } = await inbox.run('message', 'sendText', { recipientId: '={{ $json.to }}', text: 'Hi' }, { items });
		expect(error).toBeUndefined();
		const requests = await sends();
		expect(requests.map(({ status }) => status)).toEqual([400, 200, 200, 200]);
		// Nobody called while Meta had asked for quiet.
		expect(gapsOf(requests)[0]).toBeGreaterThan(4000);
	});

	it('beyond what the item may wait are told with the minutes, after one call; nothing is sent', async () => {
		await inbox.control('POST', '/throttle', { code: 80006, account: BAKERY.username, minutes: 7 });
		const { all } = await send(6, {}, { continueOnFail: true });
		expect(all.map(({ error }) => error)).toEqual(Array(6).fill('The account reached its messaging limit'));
		for (const { details } of all)
			expect(details).toMatch(/Meta asks to wait 7 minutes\. Meta did not carry the call out/);
		expect(await sends()).toHaveLength(1);
		expect(await texts()).toEqual([]);
	});

	it('leave the rest to a retry of n8n, which sends nothing twice', async () => {
		await fault(613);
		const { error } = await send(
			3,
			{ rateLimitWait: 0 },
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 5000 } },
		);
		expect(error).toBeUndefined();
		expect(await texts()).toEqual(numbered(3));
	});

	it('end with the execution that waits', async () => {
		await fault(80006, { times: 99 });
		let cancel = () => {};
		const running = send(3, { rateLimitWait: 600 }, { onStart: (end: () => void) => (cancel = end) });
		while ((await sends()).length === 0) await new Promise((done) => setTimeout(done, 50));
		cancel();
		await running;
		expect(await sends()).toHaveLength(1);
	});

	it('do not hold up another account', async () => {
		await inbox.control('POST', '/throttle', { code: 80006, account: FLORIST.username, minutes: 7 });
		const { error } = await send(2);
		expect(error).toBeUndefined();
		expect(await texts()).toEqual(numbered(2));
	});
});
