import { createHmac } from 'node:crypto';
import { APP, BAKERY, FLORIST, start, startEndpoint, subscribe } from './support.mts';
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

const ALL = 'messages,messaging_postbacks,message_reactions,messaging_seen,message_edit,comments';
const events = (received: Received[]): Json[] =>
	received.flatMap(({ body }) => JSON.parse(body).entry).flatMap((entry: Json) => entry.messaging ?? entry.changes);
const act = (name: string, body: Json) =>
	sandbox.control('POST', `/customers/customer_one/${name}`, { account: BAKERY.username, ...body });
const deliveries = async (): Promise<Json[]> => (await sandbox.control('GET', '/deliveries')).body.deliveries;
const settle = (ms = 60) => new Promise((done) => setTimeout(done, ms));

describe('deliveries', () => {
	it('signs exactly the escaped bytes it sends', async () => {
		await subscribe(sandbox, endpoint.url, ALL);
		await act('messages', { text: 'Grüße 😀 </b>' });
		const [{ body, headers }] = await endpoint.until(1);
		expect(body).toContain('Gr\\u00fc\\u00dfe \\ud83d\\ude00 <\\/b>');
		expect(body).toMatch(/^[\x20-\x7e]+$/);
		const sign = (algorithm: string) => `${algorithm}=${createHmac(algorithm, APP.secret).update(body).digest('hex')}`;
		expect(headers['x-hub-signature-256']).toBe(sign('sha256'));
		expect(headers['x-hub-signature']).toBe(sign('sha1'));
		expect(headers['user-agent']).toBe('facebookexternalua');
		const payload = JSON.parse(body);
		expect(payload.object).toBe('instagram');
		expect(payload.entry[0].id).toBe(BAKERY.account);
		expect(payload.entry[0].messaging[0].message.text).toBe('Grüße 😀 </b>');
	});

	it('sends each kind of event in its shape', async () => {
		await subscribe(sandbox, endpoint.url, ALL);
		const { body } = await act('messages', { text: 'one', attachments: [{ type: 'image' }] });
		await act('postbacks', { title: 'Hours', payload: 'HOURS' });
		await act('reactions', { mid: body.mid, reaction: 'love' });
		await act('reactions', { mid: body.mid });
		await act('seen', { mid: body.mid });
		await act('edits', { mid: body.mid, text: 'two' });
		await act('deletions', { mid: body.mid });
		await act('comments', { text: 'Nice' });
		const all = events(await endpoint.until(8));
		const find = (key: string) => all.filter((event) => key in event);
		expect(find('message').some(({ message }) => message.attachments?.[0].type === 'image')).toBe(true);
		expect(find('message').some(({ message }) => message.is_deleted)).toBe(true);
		expect(find('postback')[0].postback).toMatchObject({ title: 'Hours', payload: 'HOURS' });
		expect(
			find('reaction')
				.map(({ reaction }) => reaction.action)
				.sort(),
		).toEqual(['react', 'unreact']);
		expect(find('read')[0].read).toEqual({ mid: body.mid });
		expect(find('message_edit')[0].message_edit).toEqual({
			mid: body.mid,
			text: 'two',
			num_edit: 1,
		});
		expect(find('field')[0]).toMatchObject({
			field: 'comments',
			value: { text: 'Nice', from: { username: 'customer_one' } },
		});
		const image = find('message').find(({ message }) => message.attachments)?.message.attachments[0].payload.url;
		expect((await fetch(image)).headers.get('content-type')).toBe('image/jpeg');
		await sandbox.advance(8 * 86_400);
		expect((await fetch(image)).status).toBe(403);
	});

	it('is silent without the field, without the Page, or when the app is not live', async () => {
		await subscribe(sandbox, endpoint.url, 'comments');
		await act('messages', { text: 'no field' });
		await sandbox.graph('DELETE', `/${BAKERY.page}/subscribed_apps`, await sandbox.token('page'));
		await act('comments', { text: 'no Page' });
		await subscribe(sandbox, endpoint.url, ALL);
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		await act('messages', { text: 'not live' });
		await settle();
		expect(await deliveries()).toEqual([]);
	});

	it('echoes what the business sends, by API and by hand', async () => {
		await subscribe(sandbox, endpoint.url, ALL);
		await sandbox.write('customer_one', 'hello');
		const id = await sandbox.scopedId('customer_one');
		const sent = await sandbox.graph('POST', `/${BAKERY.page}/messages`, await sandbox.token('page'), {
			recipient: { id },
			message: { text: 'by API' },
		});
		await sandbox.control('POST', `/accounts/${BAKERY.username}/messages`, {
			to: 'customer_one',
			text: 'by hand',
		});
		const echoes = events(await endpoint.until(3)).filter(({ message }) => message.is_echo);
		expect(echoes.map(({ message }) => message.text).sort()).toEqual(['by API', 'by hand']);
		expect(echoes[0]).toMatchObject({ sender: { id: BAKERY.account }, recipient: { id } });
		expect(echoes.map(({ message }) => message.mid)).toContain(sent.body.message_id);
	});

	it('retries until it gets 200, with identical bytes, and records each attempt', async () => {
		await endpoint.close();
		endpoint = await startEndpoint((count) => (count < 3 ? 503 : 200));
		await subscribe(sandbox, endpoint.url, ALL);
		await act('messages', { text: 'again' });
		const received = await endpoint.until(3);
		await settle(20);
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		const [delivery] = await deliveries();
		expect(delivery).toMatchObject({
			state: 'delivered',
			fields: ['messages'],
			body: received[0].body,
		});
		expect(delivery.attempts.map(({ status }: Json) => status)).toEqual([503, 503, 200]);
		await sandbox.control('POST', `/deliveries/${delivery.id}/redeliver`);
		expect((await endpoint.until(4))[3].body).toBe(received[0].body);
	});

	it('gives up when the plan is used up', async () => {
		await endpoint.close();
		endpoint = await startEndpoint(() => 500);
		await subscribe(sandbox, endpoint.url, ALL);
		await act('messages', { text: 'lost' });
		await endpoint.until(4);
		await settle();
		expect((await deliveries())[0].state).toBe('failed');
	});

	it('batches events of several accounts into one delivery', async () => {
		await subscribe(sandbox, endpoint.url, ALL);
		await subscribe(sandbox, endpoint.url, ALL, FLORIST);
		await sandbox.control('POST', '/deliveries/batch', { on: true });
		await act('messages', { text: 'one' });
		await act('messages', { text: 'two' });
		await act('comments', { text: 'three' });
		await sandbox.write('customer_two', 'four', FLORIST.username);
		await settle(20);
		expect(endpoint.received).toHaveLength(0);
		await sandbox.control('POST', '/deliveries/batch', { on: false });
		const [{ body }] = await endpoint.until(1);
		const { entry } = JSON.parse(body);
		expect(entry).toHaveLength(3);
		expect(entry[0].messaging.map(({ message }: Json) => message.text)).toEqual(['one', 'two']);
	});

	it('sends dashboard samples and bodies of your choice, signed', async () => {
		await subscribe(sandbox, endpoint.url, 'messages');
		await sandbox.control('POST', '/deliveries/test', { field: 'messages' });
		await sandbox.control('POST', '/deliveries', {
			payload: { object: 'instagram', entry: [{ id: BAKERY.account, time: 1, standby: [] }] },
		});
		const bodies = (await endpoint.until(2)).map(({ body }) => JSON.parse(body).entry[0]);
		const sample = bodies.find(({ id }) => id === '0');
		expect(sample.changes[0]).toMatchObject({
			field: 'messages',
			value: { timestamp: expect.stringMatching(/^\d{10}$/) },
		});
		expect(bodies.find(({ id }) => id === BAKERY.account).standby).toEqual([]);
	});
});
