import { APP, BAKERY, IG_APP, eventsOf, loginOf, start, startEndpoint, subscribeBoth } from './support.mts';
import type { Json, Started } from './support.mts';

const INBOX = '1217981644879628';
const FIELDS = ['messages', 'messaging_postbacks', 'messaging_handover', 'standby'];

let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let page: string;
beforeEach(async () => {
	sandbox = await start();
	endpoint = await startEndpoint();
	await subscribeBoth(sandbox, endpoint.url, FIELDS);
	// One login is enough here; the other says the same.
	await sandbox.control('DELETE', `/apps/${APP.id}/dashboardWebhook?login=instagram`);
	page = await sandbox.token('page');
});
afterEach(async () => {
	await sandbox.close();
	await endpoint.close();
});

const act = async (name: string, body: Json = {}) =>
	sandbox.control('POST', `/customers/customer_one/${name}`, { account: BAKERY.username, ...body });
const inbox = async (action: string, body: Json = {}) =>
	sandbox.control('POST', `/accounts/${BAKERY.username}/threadControl`, {
		customer: 'customer_one',
		action,
		...body,
	});
const last = async (count: number): Promise<Json> => eventsOf(await endpoint.until(count))[count - 1];
const edge = async (name: string, body: Json = {}) => {
	const recipient = { id: await sandbox.scopedId('customer_one') };
	return sandbox.graph('POST', `/${BAKERY.page}/${name}`, page, { recipient, ...body });
};

describe('control of a conversation', () => {
	it('taken, passed and asked for is told to the app', async () => {
		await act('messages', { text: 'Hi' });
		const sender = { id: await sandbox.scopedId('customer_one') };
		await edge('take_thread_control');
		await inbox('take', { metadata: 'a person answers' });
		expect(await last(2)).toEqual({
			sender,
			recipient: { id: BAKERY.account },
			timestamp: expect.any(Number),
			take_thread_control: {
				previous_owner_app_id: APP.id,
				new_owner_app_id: INBOX,
				metadata: 'a person answers',
			},
		});
		await inbox('pass', { metadata: 'done' });
		expect((await last(3)).pass_thread_control).toEqual({
			previous_owner_app_id: INBOX,
			new_owner_app_id: APP.id,
			metadata: 'done',
		});
		await inbox('request');
		expect((await last(4)).request_thread_control).toEqual({ requested_owner_app_id: INBOX });
	});

	it('roles of apps are told without a sender', async () => {
		await sandbox.control('POST', `/accounts/${BAKERY.username}/appRoles`, {});
		expect(await last(1)).toEqual({
			recipient: { id: BAKERY.account },
			timestamp: expect.any(Number),
			app_roles: { [APP.id]: ['primary_receiver'] },
		});
	});

	it('elsewhere puts the app on standby, where buttons have no payload', async () => {
		await act('messages', { text: 'Hi' });
		await inbox('take');
		await act('messages', { text: 'Is anybody there?' });
		await act('postbacks', { title: 'Hours', payload: 'HOURS' });
		const entries = (await endpoint.until(3)).map(({ body }) => JSON.parse(body).entry[0]);
		expect(entries.filter(({ messaging }: Json) => messaging)).toHaveLength(1);
		const standby = entries.flatMap((entry: Json) => entry.standby ?? []);
		const texts = standby.flatMap(({ message }: Json) => (message ? [message.text] : []));
		expect(texts).toEqual(['Is anybody there?']);
		const { postback } = standby.find((event: Json) => event.postback);
		expect(postback).toEqual({ mid: expect.any(String), title: 'Hours' });
		expect((await edge('messages', { message: { text: 'x' } })).body.error).toMatchObject({
			code: 100,
			error_subcode: 2534037,
		});
		await inbox('release');
		await act('messages', { text: 'Hello?' });
		expect((await last(4)).message.text).toBe('Hello?');
	});

	it('lasts a day from the last word of the customer', async () => {
		await act('messages', { text: 'Hi' });
		await inbox('take');
		await sandbox.advance(86_000);
		await act('messages', { text: 'Still there?' });
		await sandbox.advance(86_000);
		await act('messages', { text: 'And now?' });
		await sandbox.advance(86_401);
		await act('messages', { text: 'Days later' });
		const entries = (await endpoint.until(4)).map(({ body }) => JSON.parse(body).entry[0]);
		expect(entries.filter((entry: Json) => entry.standby)).toHaveLength(2);
		expect(entries.at(-1)?.messaging[0].message.text).toBe('Days later');
	});

	it('passes between two apps, and only the new owner is told', async () => {
		const other = (await sandbox.control('POST', '/apps', { name: 'Second' })).body;
		const second = await startEndpoint();
		await sandbox.control('POST', `/apps/${other.id}/dashboardWebhook`, {
			callbackUrl: second.url,
			verifyToken: 'secret-word',
			fields: FIELDS,
			login: 'facebook',
		});
		const otherPage = await sandbox.token('page', { app: other.id });
		await sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, otherPage, {
			subscribed_fields: 'messages',
		});
		await act('messages', { text: 'Hi' });
		await second.until(1);
		await edge('pass_thread_control', { target_app_id: other.id });
		const [, passed] = eventsOf(await second.until(2));
		expect(passed.pass_thread_control).toEqual({
			previous_owner_app_id: APP.id,
			new_owner_app_id: other.id,
		});
		await act('messages', { text: 'To whom?' });
		const toSecond = JSON.parse((await second.until(3))[2].body).entry[0];
		const toFirst = JSON.parse((await endpoint.until(2))[1].body).entry[0];
		expect(toSecond.messaging[0].message.text).toBe('To whom?');
		expect(toFirst.standby[0].message.text).toBe('To whom?');
		expect(loginOf(second.received[0])).toBe('nobody');
		expect([APP.id, IG_APP.id]).not.toContain(other.id);
		await second.close();
	});
});
