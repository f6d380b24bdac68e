import { createHmac } from 'node:crypto';
import { APP, APP_TOKEN, BAKERY, IG_APP, start, startEndpoint, subscribe } from './support.mts';
import type { Json, Received, Started } from './support.mts';

let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
beforeEach(async () => {
	sandbox = await start();
	endpoint = await startEndpoint();
});
afterEach(async () => {
	await sandbox.close();
	await endpoint.close();
});

const dashboard = (body: Json = {}) =>
	sandbox.control('POST', `/apps/${APP.id}/dashboardWebhook`, {
		callbackUrl: endpoint.url,
		verifyToken: 'secret-word',
		fields: ['messages', 'comments'],
		...body,
	});
const connect = async () => {
	const token = await sandbox.token('instagram');
	const answer = await sandbox.instagram('POST', '/me/subscribed_apps', token, {
		subscribed_fields: 'messages',
	});
	expect(answer.body).toEqual({ success: true });
	return token;
};
const comment = (text: string) =>
	sandbox.control('POST', '/customers/customer_one/comments', { account: BAKERY.username, text });
const isSigned = ({ body, headers }: Received, secret: string) =>
	headers['x-hub-signature-256'] === `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const settle = (ms = 60) => new Promise((done) => setTimeout(done, ms));
const deliveries = async (): Promise<Json[]> => (await sandbox.control('GET', '/deliveries')).body.deliveries;

describe('the webhook of the App Dashboard', () => {
	it('is challenged, and kept only when the challenge is answered', async () => {
		const wrong = await dashboard({ verifyToken: 'another-word' });
		expect(wrong.status).toBe(400);
		expect(wrong.body.message).toContain('403');
		const world = async () => (await sandbox.control('GET', '/world')).body.apps[0];
		expect((await world()).instagramWebhook).toBeNull();
		expect((await dashboard()).body).toEqual({ ok: true });
		expect(endpoint.state.challenges).toBe(2);
		expect((await world()).instagramWebhook).toEqual({
			active: true,
			callbackUrl: endpoint.url,
			fields: ['messages', 'comments'],
		});
		await dashboard({ fields: ['messages'] });
		expect((await world()).instagramWebhook.fields).toEqual(['messages']);
	});

	it.each([
		['a plain http callback', { callbackUrl: 'http://example.com/hook' }],
		['no verify token', { verifyToken: '' }],
		['an unknown field', { fields: ['everything'] }],
		['no fields', { fields: undefined }],
		['an unknown login', { login: 'threads' }],
		['a field that Instagram Login lacks', { login: 'instagram', fields: ['mentions'] }],
	])('is refused with %s', async (_name, body) => {
		expect((await dashboard(body)).status).toBe(400);
		expect(endpoint.state.challenges).toBe(0);
	});

	it('serves Facebook Login too, where the edge shows it', async () => {
		await dashboard({ login: 'facebook' });
		const { body } = await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN);
		expect(body.data[0]).toMatchObject({ object: 'instagram', callback_url: endpoint.url });
		await sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, await sandbox.token('page'), {
			subscribed_fields: 'feed',
		});
		await sandbox.write('customer_one', 'hi');
		const [received] = await endpoint.until(1);
		expect(isSigned(received, APP.secret)).toBe(true);
	});
});

describe('deliveries of Instagram Login', () => {
	it('come signed with the Instagram app secret, whatever becomes of the Page', async () => {
		await dashboard({ login: 'instagram' });
		await connect();
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { linked: false });
		await sandbox.write('customer_one', 'hi');
		const [received] = await endpoint.until(1);
		expect(isSigned(received, IG_APP.secret)).toBe(true);
		expect(isSigned(received, APP.secret)).toBe(false);
		expect(JSON.parse(received.body).entry[0]).toMatchObject({
			id: BAKERY.account,
			messaging: [{ recipient: { id: BAKERY.account }, message: { text: 'hi' } }],
		});
	});

	it('bring every field of the app, not those of the account, and no others', async () => {
		await dashboard({ login: 'instagram', fields: ['comments'] });
		await connect();
		await sandbox.write('customer_one', 'hi');
		await comment('Nice');
		const [{ body }] = await endpoint.until(1);
		expect(JSON.parse(body).entry[0].changes[0]).toMatchObject({
			field: 'comments',
			value: { id: expect.any(String), text: 'Nice' },
		});
		await settle();
		expect(await deliveries()).toHaveLength(1);
	});

	it('put a change directly into its entry when told to', async () => {
		await sandbox.close();
		sandbox = await start({ instagramChangesShape: 'entry' });
		await dashboard();
		await connect();
		await comment('Nice');
		const [{ body }] = await endpoint.until(1);
		const [entry] = JSON.parse(body).entry;
		expect(entry).toMatchObject({ id: BAKERY.account, field: 'comments', value: { text: 'Nice' } });
		expect(entry.changes).toBeUndefined();
	});

	it('do not follow the subscriptions edge where that is about Facebook Login alone', async () => {
		await sandbox.close();
		sandbox = await start({ instagramCallbackAt: 'dashboard' });
		await connect();
		await subscribe(sandbox, endpoint.url, 'messages');
		await sandbox.graph('DELETE', `/${BAKERY.page}/subscribed_apps`, await sandbox.token('page'));
		await sandbox.write('customer_one', 'hi');
		await settle();
		expect(await deliveries()).toEqual([]);
		await dashboard({ login: 'instagram' });
		await sandbox.graph('DELETE', `/${APP.id}/subscriptions`, APP_TOKEN);
		await sandbox.write('customer_one', 'hello');
		expect(await endpoint.until(1)).toHaveLength(1);
	});

	it('come beside those of Facebook Login when both are connected', async () => {
		await dashboard();
		await connect();
		await subscribe(sandbox, endpoint.url, 'messages');
		await sandbox.write('customer_one', 'hi');
		const received = await endpoint.until(2);
		const secrets = [APP.secret, IG_APP.secret];
		const signers = received.map((one) => secrets.find((secret) => isSigned(one, secret)));
		expect(signers.sort()).toEqual([...secrets].sort());
	});

	it('stop when unsubscribed, when not live, when private, and when the webhook is removed', async () => {
		await dashboard();
		const token = await connect();
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		await sandbox.write('customer_one', 'not live');
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: true });
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { isPrivate: true });
		await comment('private');
		await sandbox.instagram('DELETE', '/me/subscribed_apps', token);
		await sandbox.write('customer_one', 'not subscribed');
		await connect();
		await sandbox.control('DELETE', `/apps/${APP.id}/dashboardWebhook`);
		await sandbox.write('customer_one', 'no webhook');
		await settle();
		expect(await deliveries()).toEqual([]);
	});

	it('batch apart from those of Facebook Login, and can be made by hand', async () => {
		await dashboard();
		await connect();
		await subscribe(sandbox, endpoint.url, 'messages');
		await sandbox.control('POST', '/deliveries/batch', { on: true });
		for (const text of ['one', 'two']) await sandbox.write('customer_one', text);
		await sandbox.control('POST', '/deliveries/batch', { on: false });
		const received = await endpoint.until(2);
		for (const { body } of received) expect(JSON.parse(body).entry[0].messaging).toHaveLength(2);
		await sandbox.control('POST', '/deliveries', { payload: { any: 1 }, login: 'instagram' });
		const [, , byHand] = await endpoint.until(3);
		expect(isSigned(byHand, IG_APP.secret)).toBe(true);
		await sandbox.control('POST', '/deliveries/test', { field: 'messages', login: 'instagram' });
		expect(isSigned((await endpoint.until(4))[3], IG_APP.secret)).toBe(true);
	});
});
