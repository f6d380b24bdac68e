import { APP, BAKERY, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('instagram');
});
afterEach(() => sandbox.close());

const get = (path: string, params: Json = {}) => sandbox.instagram('GET', path, token, params);
const post = (path: string, params: Json = {}) => sandbox.instagram('POST', path, token, params);
const welcomePost = async (): Promise<string> => (await get('/me/media')).body.data[0].id;

describe('messaging', () => {
	it('sends, refuses outside the window, and to nobody', async () => {
		await sandbox.write('customer_one', 'hi');
		const id = await sandbox.scopedId('customer_one');
		const message = { recipient: { id }, message: { text: 'hello' } };
		expect((await post('/me/messages', message)).body).toEqual({
			recipient_id: id,
			message_id: expect.stringMatching(/^aWdf/),
		});
		expect((await post(`/${BAKERY.account}/messages`, message)).status).toBe(200);
		const nobody = await post('/me/messages', { ...message, recipient: { id: '5' } });
		expect(refusal(nobody)).toEqual({ status: 400, code: 100, subcode: 2534014 });
		expect(nobody.body.error.type).toBe('IGApiException');
		await sandbox.advance(25 * 3_600);
		expect(refusal(await post('/me/messages', message))).toMatchObject({
			code: 10,
			subcode: 2534022,
		});
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { allowMessages: false });
		expect(refusal(await post('/me/messages', message))).toMatchObject({
			code: 200,
			subcode: 2534041,
		});
	});

	it('has no product templates, and no quick replies for oneself', async () => {
		await sandbox.write('customer_one', 'hi');
		const id = await sandbox.scopedId('customer_one');
		const payload = { template_type: 'product', elements: [{ id: '1' }] };
		const products = { attachment: { type: 'template', payload } };
		const sent = await post('/me/messages', { recipient: { id }, message: products });
		expect(refusal(sent)).toMatchObject({ code: 100, subcode: 2534015 });
		const note = { to: BAKERY.username, text: 'Note' };
		await sandbox.control('POST', `/accounts/${BAKERY.username}/messages`, note);
		const recipient = { id: await sandbox.scopedId(BAKERY.username) };
		const reply = { content_type: 'text', title: 'Yes', payload: 'YES' };
		const message = { text: 'Sure?', quick_replies: [reply] };
		expect(refusal(await post('/me/messages', { recipient, message }))).toMatchObject({
			code: 100,
			subcode: 2534015,
		});
		expect((await post('/me/messages', { recipient, message: { text: 'x' } })).status).toBe(200);
	});

	it('writes to people with a role only before the app is live', async () => {
		await sandbox.write('customer_one', 'hi');
		const id = await sandbox.scopedId('customer_one');
		await sandbox.control('PATCH', `/apps/${APP.id}`, { live: false });
		const send = () => post('/me/messages', { recipient: { id }, message: { text: 'hello' } });
		expect(refusal(await send())).toMatchObject({ code: 200, subcode: 2018028 });
		await sandbox.control('PATCH', '/customers/customer_one', { hasRole: true });
		expect((await send()).status).toBe(200);
	});

	it('lists conversations and reads messages and profiles', async () => {
		const mid = await sandbox.write('customer_one', 'hi');
		const id = await sandbox.scopedId('customer_one');
		const { body } = await get('/me/conversations', {
			platform: 'instagram',
			fields: 'participants,messages{message}',
		});
		expect(body.data[0].messages.data[0]).toMatchObject({ id: mid, message: 'hi' });
		const thread = body.data[0].id;
		expect((await get('/me/conversations', { user_id: id })).body.data[0].id).toBe(thread);
		expect((await get('/me/conversations', { platform: 'messenger' })).body).toEqual({ data: [] });
		expect((await get(`/${thread}/messages`)).body.data[0].id).toBe(mid);
		expect((await get(`/${mid}`, { fields: 'from' })).body.from.id).toBe(id);
		expect((await get(`/${id}`, { fields: 'name,username' })).body).toEqual({
			name: 'Customer One',
			username: 'customer_one',
			id,
		});
		const unknown = await get(`/${thread}`, { fields: 'unread_count' });
		expect(refusal(unknown)).toMatchObject({ code: 100 });
		const strange = await sandbox.token('instagram', { account: FLORIST.username });
		for (const path of [`/${mid}`, `/${thread}`, `/${id}`]) {
			expect((await sandbox.instagram('GET', path, strange)).body.error.code).toBeGreaterThan(99);
		}
	});

	it('refuses a profile without consent', async () => {
		await sandbox.control('POST', '/customers/customer_two/comments', {
			account: BAKERY.username,
			text: 'Nice',
		});
		const media = await welcomePost();
		const { body } = await get(`/${media}/comments`, { fields: 'from' });
		const answer = await get(`/${body.data[0].from.id}`);
		expect(refusal(answer)).toMatchObject({ status: 400, code: 230 });
	});

	it('keeps ice breakers and attachments', async () => {
		const breakers = [{ locale: 'default', call_to_actions: [{ question: 'Open?', payload: 'OPEN' }] }];
		const path = '/me/messenger_profile';
		expect((await post(path, { platform: 'instagram', ice_breakers: breakers })).body).toEqual({
			success: true,
		});
		expect((await get(path, { fields: 'ice_breakers' })).body).toEqual({ data: breakers });
		expect(refusal(await get(path, { platform: 'messenger' }))).toMatchObject({ code: 100 });
		const gone = await sandbox.instagram('DELETE', path, token, { fields: ['ice_breakers'] });
		expect(gone.body).toEqual({ success: true });
		const lost = await post('/me/message_attachments', {
			message: { attachment: { type: 'image', payload: { url: 'http://127.0.0.1:1/x.jpg' } } },
		});
		expect(refusal(lost)).toMatchObject({ code: 100, subcode: 2018008 });
	});
});

describe('subscribed_apps', () => {
	it('is set, shown and taken away, and needs the permission of its fields', async () => {
		const path = '/me/subscribed_apps';
		expect(refusal(await post(path))).toMatchObject({ code: 100 });
		expect((await post(path, { subscribed_fields: 'messages,comments' })).body).toEqual({
			success: true,
		});
		expect((await get(path)).body).toEqual({
			data: [{ id: expect.any(String), subscribed_fields: ['messages', 'comments'] }],
		});
		expect((await sandbox.instagram('DELETE', path, token)).body).toEqual({ success: true });
		expect((await get(path)).body).toEqual({ data: [] });
		const poor = await sandbox.token('instagram', {
			account: FLORIST.username,
			scopes: ['instagram_business_basic'],
		});
		const refused = await sandbox.instagram('POST', path, poor, { subscribed_fields: 'messages' });
		expect(refusal(refused)).toMatchObject({ status: 403, code: 10 });
	});
});
