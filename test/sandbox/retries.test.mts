import { APP, BAKERY, settle, start, startEndpoint, subscribe } from './support.mts';
import type { Json, Started } from './support.mts';
import { META_RETRY_DELAYS_MS } from '../../sandbox/world/options.mts';

const HOUR = 3_600;
let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let status: number;
beforeEach(async () => {
	status = 500;
	sandbox = await start({ retryDelaysMs: META_RETRY_DELAYS_MS });
	endpoint = await startEndpoint(() => status);
	await subscribe(sandbox, endpoint.url, 'messages,comments');
});
afterEach(async () => {
	await sandbox.close();
	await endpoint.close();
});

const comment = () =>
	sandbox.control('POST', '/customers/customer_one/comments', {
		account: BAKERY.username,
		text: 'Nice',
	});
const deliveries = async (): Promise<Json[]> => (await sandbox.control('GET', '/deliveries')).body.deliveries;
const alerts = async (): Promise<Json[]> => (await sandbox.control('GET', '/alerts')).body.alerts;
const secondsOf = ({ at, attempts }: Json): number[] =>
	attempts.map((one: Json) => Math.round((Date.parse(one.at) - Date.parse(at)) / 1000));

describe('retries', () => {
	it('follow the clock: at once, then ever further apart, for 36 hours', async () => {
		await comment();
		await sandbox.advance(40 * HOUR);
		const [delivery] = await deliveries();
		expect(delivery.state).toBe('failed');
		const plan = META_RETRY_DELAYS_MS.reduce((times, wait) => [...times, times[times.length - 1] + wait / 1000], [0]);
		const seconds = secondsOf(delivery);
		expect(seconds).toHaveLength(plan.length);
		seconds.forEach((second, index) => expect(Math.abs(second - plan[index])).toBeLessThan(5));
		expect(seconds.at(-1)).toBeLessThan(36 * HOUR);
		expect(endpoint.received).toHaveLength(plan.length);
		expect(new Set(endpoint.received.map(({ body }) => body)).size).toBe(1);
	});

	it('bring an event that could not be delivered once the app is back', async () => {
		await comment();
		await sandbox.advance(HOUR / 4);
		status = 200;
		const before = endpoint.received.length;
		expect((await deliveries())[0].state).toBe('pending');
		await sandbox.advance(HOUR);
		expect(endpoint.received).toHaveLength(before + 1);
		expect((await deliveries())[0].state).toBe('delivered');
		await sandbox.advance(36 * HOUR);
		expect(endpoint.received).toHaveLength(before + 1);
	});

	it('happen by themselves too', async () => {
		await comment();
		await endpoint.until(2);
		status = 200;
		await endpoint.until(3);
		await settle(20);
		expect((await deliveries())[0].state).toBe('delivered');
	});

	it('do not follow redirects, and take nothing but 200', async () => {
		status = 204;
		await comment();
		await endpoint.until(2);
		expect((await deliveries())[0].attempts[0].status).toBe(204);
	});
});

describe('an app whose callback fails', () => {
	it('is warned after 15 minutes, and loses the messages of the account after an hour', async () => {
		await sandbox.write('customer_one', 'Hello');
		await sandbox.advance(14 * 60);
		expect(await alerts()).toEqual([]);
		await sandbox.advance(2 * 60);
		expect(await alerts()).toMatchObject([
			{ kind: 'failing', appId: APP.id, login: 'facebook', accountId: BAKERY.account },
		]);
		await sandbox.write('customer_one', 'Anybody?');
		await sandbox.advance(HOUR);
		expect((await alerts()).map(({ kind }) => kind)).toEqual(['failing', 'disabled']);
		expect((await deliveries()).map(({ state }) => state)).toEqual(['dropped', 'dropped']);
		const page = await sandbox.token('page');
		const path = `/${BAKERY.page}/subscribed_apps`;
		expect((await sandbox.graph('GET', path, page)).body).toEqual({ data: [] });
		const before = endpoint.received.length;
		status = 200;
		await sandbox.write('customer_one', 'Nobody hears this');
		await sandbox.advance(HOUR);
		expect(endpoint.received).toHaveLength(before);
		await subscribe(sandbox, endpoint.url, 'messages');
		await sandbox.write('customer_one', 'Back again');
		expect((await endpoint.until(before + 1)).at(-1)?.body).toContain('Back again');
	});

	it('is forgiven when one delivery gets through in time', async () => {
		await sandbox.write('customer_one', 'Hello');
		await sandbox.advance(20 * 60);
		status = 200;
		await sandbox.advance(30 * 60);
		status = 500;
		await sandbox.write('customer_one', 'Again');
		await sandbox.advance(50 * 60);
		expect((await alerts()).map(({ kind }) => kind)).toEqual(['failing', 'failing']);
		const page = await sandbox.token('page');
		const { body } = await sandbox.graph('GET', `/${BAKERY.page}/subscribed_apps`, page);
		expect(body.data).toHaveLength(1);
	});

	it('keeps the subscription over comments, and over messages when told so', async () => {
		await comment();
		await sandbox.advance(40 * HOUR);
		expect(await alerts()).toEqual([]);
		await sandbox.close();
		sandbox = await start({ retryDelaysMs: META_RETRY_DELAYS_MS, disableMessagingAfterMs: 0 });
		await subscribe(sandbox, endpoint.url, 'messages');
		await sandbox.write('customer_one', 'Hello');
		await sandbox.advance(40 * HOUR);
		expect((await alerts()).map(({ kind }) => kind)).toEqual(['failing']);
		expect((await deliveries())[0].state).toBe('failed');
	});
});
