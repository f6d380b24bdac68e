import { BAKERY, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('page', { page: BAKERY.username });
});
afterEach(() => sandbox.close());

const list = (params: Json = {}) =>
	sandbox.graph('GET', `/${BAKERY.page}/conversations`, token, {
		platform: 'instagram',
		...params,
	});

describe('conversations', () => {
	it('lists the newest first, filtered by person, cursor paged', async () => {
		for (const customer of ['customer_one', 'customer_two', 'customer_three']) {
			await sandbox.write(customer, 'hi');
			await sandbox.advance(60);
		}
		const names = ({ body }: Json) => body.data.map((one: Json) => one.participants.data[1].username);
		expect(names(await list({ fields: 'participants' }))).toEqual(['customer_three', 'customer_two', 'customer_one']);
		const first = await list({ fields: 'participants', limit: 2 });
		const second = await list({
			fields: 'participants',
			limit: 2,
			after: first.body.paging.cursors.after,
		});
		expect(names(second)).toEqual(['customer_one']);
		const id = await sandbox.scopedId('customer_two');
		expect(names(await list({ fields: 'participants', user_id: id }))).toEqual(['customer_two']);
		expect((await list({ user_id: '5000000000000000' })).body.data).toEqual([]);
		expect(refusal(await list({ fields: 'id,mood' }))).toMatchObject({ code: 100 });
		expect((await sandbox.graph('GET', `/${BAKERY.page}/conversations`, token)).body.data).toEqual([]);
	});

	it('reads messages newest first, by edge and by expansion, details of the newest 20 only', async () => {
		const mids: string[] = [];
		for (let number = 1; number <= 23; number += 1) mids.push(await sandbox.write('customer_one', `text ${number}`));
		const [{ id, messages }] = (await list({ fields: 'id,messages.limit(2){id,message,from}' })).body.data;
		expect(messages.data.map(({ message }: Json) => message)).toEqual(['text 23', 'text 22']);
		expect(messages.data[0].from.username).toBe('customer_one');
		const edge = await sandbox.graph('GET', `/${id}/messages`, token, {
			fields: 'id,created_time,message,to',
			limit: 50,
		});
		expect(edge.body.data).toHaveLength(23);
		expect(edge.body.data[19]).toMatchObject({
			message: 'text 4',
			to: { data: [{ id: BAKERY.account }] },
		});
		expect(edge.body.data[20]).toEqual({
			id: mids[2],
			created_time: expect.stringMatching(/\+0000$/),
		});
		expect((await sandbox.graph('GET', `/${mids[3]}`, token, { fields: 'message' })).body).toEqual({
			id: mids[3],
			message: 'text 4',
		});
		expect(refusal(await sandbox.graph('GET', `/${mids[2]}`, token))).toMatchObject({
			code: 9000001,
		});
		const plain = await sandbox.graph('GET', `/${id}`, token, { fields: 'messages' });
		expect(Object.keys(plain.body.messages.data[0]).sort()).toEqual(['created_time', 'id']);
	});

	it('shows attachments with a CDN URL', async () => {
		const { body } = await sandbox.control('POST', '/customers/customer_one/messages', {
			account: BAKERY.username,
			attachments: [{ type: 'image' }],
		});
		const message = await sandbox.graph('GET', `/${body.mid}`, token, { fields: 'attachments' });
		const [attachment] = message.body.attachments.data;
		expect(attachment).toMatchObject({
			mime_type: 'image/jpeg',
			image_data: { width: 320, height: 320 },
		});
		expect((await fetch(attachment.image_data.url)).status).toBe(200);
	});

	it('enforces the rate when told to', async () => {
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, {
			conversationCallsPerSecond: 2,
		});
		const answers = await Promise.all([list(), list(), list()]);
		expect(answers.map((answer) => refusal(answer).code)).toContain(613);
	});
});

describe('profiles', () => {
	it('need the consent of the person: 230 after a comment and a private reply, open after a message', async () => {
		const { body: comment } = await sandbox.control('POST', '/customers/customer_one/comments', {
			account: BAKERY.username,
			text: 'hi',
		});
		const id = await sandbox.scopedId('customer_one');
		const profile = () =>
			sandbox.graph('GET', `/${id}`, token, {
				fields: 'name,username,profile_pic,is_user_follow_business',
			});
		expect(refusal(await profile())).toMatchObject({ status: 400, code: 230 });
		const message = { text: 'In private' };
		await sandbox.graph('POST', '/me/messages', token, {
			recipient: { comment_id: comment.id },
			message,
		});
		expect(refusal(await profile())).toMatchObject({ code: 230 });
		await sandbox.write('customer_one', 'hello');
		expect((await profile()).body).toMatchObject({
			id,
			username: 'customer_one',
			is_user_follow_business: false,
		});
		expect(refusal(await sandbox.graph('GET', `/${id}`, await sandbox.token('longUser')))).toMatchObject({ code: 190 });
	});
});
