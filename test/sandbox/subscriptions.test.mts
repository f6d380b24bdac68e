import { APP, APP_TOKEN, BAKERY, refusal, start, startEndpoint } from './support.mts';
import type { Json, Started } from './support.mts';

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

describe('subscriptions of the app', () => {
	const post = (params: Json) =>
		sandbox.graph('POST', `/${APP.id}/subscriptions`, APP_TOKEN, {
			object: 'instagram',
			verify_token: 'secret-word',
			callback_url: endpoint.url,
			fields: 'messages',
			...params,
		});

	it('verifies the callback at once, amends fields and replaces the URL', async () => {
		expect((await post({})).body).toEqual({ success: true });
		expect((await post({ fields: 'comments', callback_url: `${endpoint.url}/2` })).body).toEqual({
			success: true,
		});
		expect(endpoint.state.challenges).toBe(2);
		const { body } = await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN);
		expect(body.data).toHaveLength(1);
		expect(body.data[0]).toMatchObject({
			object: 'instagram',
			callback_url: `${endpoint.url}/2`,
			active: true,
		});
		expect(body.data[0].fields.map(({ name }: Json) => name)).toEqual(['messages', 'comments']);
	});

	it('refuses a callback that does not know the verify token, with 2200', async () => {
		expect(refusal(await post({ verify_token: 'other' }))).toEqual({
			status: 400,
			code: 2200,
			subcode: undefined,
		});
		expect((await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN)).body.data).toEqual([]);
	});

	it.each([
		['an unknown field', { fields: 'messages,everything' }],
		['an unknown object', { object: 'weather' }],
		['plain http to another host', { callback_url: 'http://example.com/hook' }],
		['an unknown parameter', { colour: 'red' }],
	])('refuses %s with 100', async (_name, params) => {
		expect(refusal(await post(params))).toMatchObject({ status: 400, code: 100 });
	});

	it('sends nothing to a callback that Meta switched off, until it is subscribed again', async () => {
		const write = (text: string) =>
			sandbox.control('POST', '/customers/customer_one/messages', { account: BAKERY.username, text });
		const isActive = async () =>
			(await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN)).body.data[0].active;
		await post({});
		const page = await sandbox.token('page');
		await sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, page, {
			subscribed_fields: 'messages',
		});
		await sandbox.control('PATCH', `/apps/${APP.id}/dashboardWebhook`, { active: false });
		await write('while it is off');
		expect(await isActive()).toBe(false);
		await post({});
		await write('while it is on');
		const [first] = await endpoint.until(1);
		expect(first.body).toContain('while it is on');
		expect(await isActive()).toBe(true);
		expect((await sandbox.control('GET', '/deliveries')).body.deliveries).toHaveLength(1);
	});

	it('can be told to answer late, though the call took effect', async () => {
		await sandbox.control('POST', '/faults', {
			method: 'POST',
			path: `^/${APP.id}/subscriptions`,
			answerDelayMs: 60_000,
		});
		let isAnswered = false;
		void post({}).then(
			() => (isAnswered = true),
			() => {},
		);
		const read = async () => (await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN)).body.data;
		while (!isAnswered && (await read()).length === 0);
		expect(isAnswered).toBe(false);
	});

	it('deletes one field, then one object', async () => {
		await post({ fields: 'messages,comments' });
		await sandbox.graph('DELETE', `/${APP.id}/subscriptions`, APP_TOKEN, {
			object: 'instagram',
			fields: 'comments',
		});
		const { body } = await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN);
		expect(body.data[0].fields.map(({ name }: Json) => name)).toEqual(['messages']);
		await sandbox.graph('DELETE', `/${APP.id}/subscriptions`, APP_TOKEN, { object: 'instagram' });
		expect((await sandbox.graph('GET', `/${APP.id}/subscriptions`, APP_TOKEN)).body.data).toEqual([]);
	});
});

describe('subscribed_apps of a Page', () => {
	it('replaces the list, knows the Page names of fields only, and needs subscribed_fields', async () => {
		const token = await sandbox.token('page');
		const path = `/${BAKERY.page}/subscribed_apps`;
		const post = (params: Json) => sandbox.graph('POST', path, token, params);
		await post({ subscribed_fields: 'messages,feed' });
		await post({ subscribed_fields: ['message_reactions'] });
		const { body } = await sandbox.graph('GET', path, token);
		expect(body.data).toEqual([expect.objectContaining({ id: APP.id, subscribed_fields: ['message_reactions'] })]);
		expect(refusal(await post({ subscribed_fields: 'messaging_seen' }))).toMatchObject({
			code: 100,
		});
		expect(refusal(await post({}))).toMatchObject({ code: 100 });
		await sandbox.graph('DELETE', path, token);
		expect((await sandbox.graph('GET', path, token)).body.data).toEqual([]);
	});
});
