import { createHmac } from 'node:crypto';
import { APP, BAKERY, eventsOf, loginOf, start, startEndpoint, subscribe } from './support.mts';
import type { Json, Received, Started } from './support.mts';

let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeEach(async () => {
	sandbox = await start();
	endpoint = await startEndpoint();
	await subscribe(sandbox, endpoint.url, 'messages,comments');
});
afterEach(async () => {
	await sandbox.close();
	await endpoint.close();
});

const chaos = (body: Json) => sandbox.control('POST', '/deliveries/chaos', body);
const counts = async (): Promise<Json> => (await sandbox.control('GET', '/deliveries/chaos')).body.counts;
const batch = (on: boolean) => sandbox.control('POST', '/deliveries/batch', { on });
const isTrue = (one: Received) => loginOf(one) === 'facebook';
const sizes = (received: Received[]) => received.map((one) => eventsOf([one]).length);

describe('chaos', () => {
	it('sends 1,000 events in mixed batches with 50 duplicates and 50 forgeries', async () => {
		await chaos({ duplicates: 0.05, forged: 0.05, shuffle: true, batchSizes: [1, 7, 50] });
		await batch(true);
		const texts = Array.from({ length: 1000 }, (_, index) => `event ${index}`);
		for (const text of texts) await sandbox.write(`customer_${texts.indexOf(text) % 9}`, text);
		await batch(false);
		await sandbox.advance(0);
		expect(await counts()).toEqual({ events: 1000, duplicates: 50, forged: 50 });
		const real = endpoint.received.filter(isTrue);
		const messages = eventsOf(real).map(({ message }) => message);
		expect(messages).toHaveLength(1050);
		expect(new Set(messages.map(({ mid }) => mid)).size).toBe(1000);
		expect(messages.map(({ text }) => text).slice(0, 1000)).not.toEqual(texts);
		expect(new Set(sizes(real).filter((size) => size < 50))).toContain(7);
		const forged = endpoint.received.filter((one) => !isTrue(one));
		expect(forged).toHaveLength(50);
		const mids = new Set(messages.map(({ mid }) => mid));
		for (const { message } of eventsOf(forged)) expect(mids.has(message.mid)).toBe(false);
	});

	it('forges in three ways, each of which fails the check', async () => {
		await chaos({ forged: 1 });
		for (const text of ['one', 'two', 'three']) await sandbox.write('customer_one', text);
		const forged = (await endpoint.until(6)).filter((one) => !isTrue(one));
		expect(forged).toHaveLength(3);
		expect(forged.filter(({ headers }) => !headers['x-hub-signature-256'])).toHaveLength(1);
		const tampered = forged.filter(({ body, headers }) =>
			[`${body} `].some(
				(original) =>
					headers['x-hub-signature-256'] ===
					`sha256=${createHmac('sha256', APP.secret).update(original).digest('hex')}`,
			),
		);
		expect(tampered).toHaveLength(1);
		const { body } = await sandbox.control('GET', '/deliveries');
		const kinds = body.deliveries.map((one: Json) => one.forged).filter(Boolean);
		expect(kinds.sort()).toEqual(['tampered', 'unsigned', 'wrongSecret']);
	});

	it('tries a forgery once, refused or not', async () => {
		await endpoint.close();
		endpoint = await startEndpoint(() => 401);
		await subscribe(sandbox, endpoint.url, 'messages');
		await chaos({ forged: 1 });
		await sandbox.write('customer_one', 'one');
		await sandbox.advance(60);
		const { body } = await sandbox.control('GET', '/deliveries');
		const [forged] = body.deliveries.filter((one: Json) => one.forged);
		expect(forged).toMatchObject({ state: 'failed', attempts: [{ status: 401 }] });
	});

	it('delays deliveries, duplicates single ones, and ends when asked', async () => {
		await chaos({ duplicates: 1, maxDelayMs: 600_000 });
		await sandbox.write('customer_one', 'one');
		expect(endpoint.received).toHaveLength(0);
		await sandbox.advance(600);
		expect(eventsOf(endpoint.received).map(({ message }) => message.text)).toEqual(['one', 'one']);
		await chaos({});
		await sandbox.write('customer_one', 'two');
		await endpoint.until(3);
		expect(await counts()).toEqual({ events: 1, duplicates: 0, forged: 0 });
	});

	it('invents comments under other ids', async () => {
		await chaos({ forged: 1 });
		await sandbox.control('POST', '/customers/customer_one/comments', {
			account: BAKERY.username,
			text: 'Nice',
		});
		const received = await endpoint.until(2);
		const [real] = eventsOf(received.filter(isTrue));
		const [forged] = eventsOf(received.filter((one) => !isTrue(one)));
		expect(forged.value.media).toEqual(real.value.media);
		expect(forged.value.from).toEqual(real.value.from);
		expect(forged.value.id).not.toBe(real.value.id);
	});

	it('holds at most 1,000 events in a delivery', async () => {
		await batch(true);
		for (let index = 0; index < 1001; index += 1) await sandbox.write('customer_one', `${index}`);
		await batch(false);
		expect(sizes(await endpoint.until(2)).sort()).toEqual([1, 1000]);
	});

	it.each([{ duplicates: 2 }, { forged: -1 }, { batchSizes: [0] }, { maxDelayMs: -5 }])('refuses %j', async (body) => {
		expect((await chaos(body)).status).toBe(400);
	});
});

describe('samples of the dashboard', () => {
	const FIELDS = [
		'comments',
		'live_comments',
		'mentions',
		'message_echoes',
		'message_edit',
		'message_reactions',
		'messages',
		'messaging_handover',
		'messaging_optins',
		'messaging_policy_enforcement',
		'messaging_postbacks',
		'messaging_referral',
		'messaging_seen',
		'response_feedback',
		'standby',
		'story_insights',
		'share_to_story',
	];

	it.each(FIELDS)('%s comes as a change of account 0', async (field) => {
		const { body } = await sandbox.control('POST', '/deliveries/test', { field });
		expect(body.deliveries).toHaveLength(1);
		const [received] = await endpoint.until(1);
		expect(isTrue(received)).toBe(true);
		const { entry } = JSON.parse(received.body);
		expect(entry).toMatchObject([{ id: '0', changes: [{ field }] }]);
		const [{ value }] = entry[0].changes;
		if (value.sender) expect(value.timestamp).toMatch(/^\d{10}$/);
	});

	it('exist for known fields only', async () => {
		expect((await sandbox.control('POST', '/deliveries/test', { field: 'colours' })).status).toBe(400);
	});
});
