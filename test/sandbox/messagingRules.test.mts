import { APP, BAKERY, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
let id: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('page', { page: BAKERY.username });
	await sandbox.write('customer_one', 'hello');
	id = await sandbox.scopedId('customer_one');
});
afterEach(() => sandbox.close());

const send = (params: Json, path = `/${BAKERY.page}`) => sandbox.graph('POST', `${path}/messages`, token, params);
const say = (message: Json, more: Json = {}) => send({ recipient: { id }, message, ...more });
const inbox = async (): Promise<Json[]> =>
	(await sandbox.control('GET', `/customers/customer_one/inbox?account=${BAKERY.username}`)).body.messages;

describe('who may be written to', () => {
	it('closes the window after 24 hours, and for a human agent after 7 days', async () => {
		const agent = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
		await sandbox.advance(86_390);
		expect((await say({ text: 'in time' })).status).toBe(200);
		await sandbox.advance(20);
		expect(refusal(await say({ text: 'late' }))).toEqual({
			status: 400,
			code: 10,
			subcode: 2534022,
		});
		expect((await say({ text: 'agent' }, agent)).status).toBe(200);
		await sandbox.control('PATCH', `/apps/${APP.id}`, { humanAgent: false });
		expect(refusal(await say({ text: 'agent' }, agent))).toMatchObject({ code: 3 });
		await sandbox.control('PATCH', `/apps/${APP.id}`, { humanAgent: true });
		await sandbox.advance(6 * 86_400);
		expect(refusal(await say({ text: 'agent' }, agent))).toMatchObject({
			code: 10,
			subcode: 2534022,
		});
		await sandbox.control('POST', '/customers/customer_one/postbacks', {
			account: BAKERY.username,
			title: 'Go',
			payload: 'GO',
		});
		expect((await say({ text: 'open again' })).status).toBe(200);
	});

	it('refuses retired tags', async () => {
		expect(refusal(await say({ text: 'x' }, { messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' }))).toMatchObject({
			code: 100,
		});
	});

	it('does not know scoped ids of another account, nor people who blocked the business', async () => {
		await sandbox.write('customer_two', 'hi', FLORIST.username);
		const foreign = await sandbox.scopedId('customer_two', FLORIST.username);
		expect(refusal(await send({ recipient: { id: foreign }, message: { text: 'x' } }))).toMatchObject({
			code: 100,
			subcode: 2534014,
		});
		await sandbox.control('POST', '/customers/customer_one/blocks', { account: BAKERY.username });
		expect(refusal(await say({ text: 'x' }))).toMatchObject({ code: 100, subcode: 2534014 });
	});

	it('obeys the owner: access to messages off, account unlinked', async () => {
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { allowMessages: false });
		expect(refusal(await say({ text: 'x' }))).toMatchObject({ code: 200, subcode: 2534041 });
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, { linked: false });
		expect(refusal(await say({ text: 'x' }))).toMatchObject({ code: 100, subcode: 2534013 });
	});

	it('gives one private reply per comment within 7 days, which opens no window', async () => {
		const comment = async () =>
			(
				await sandbox.control('POST', '/customers/customer_two/comments', {
					account: BAKERY.username,
					text: 'Price?',
				})
			).body.id;
		const reply = (commentId: string) =>
			send({ recipient: { comment_id: commentId }, message: { text: 'In private' } });
		const first = await comment();
		const { body } = await reply(first);
		expect(body.message_id).toBeTruthy();
		expect(refusal(await reply(first))).toMatchObject({ code: 100, subcode: 2534025 });
		const next = await send({ recipient: { id: body.recipient_id }, message: { text: 'more' } });
		expect(refusal(next)).toMatchObject({ code: 10, subcode: 2534022 });
		const old = await comment();
		await sandbox.advance(7 * 86_400 + 1);
		expect(refusal(await reply(old))).toMatchObject({ code: 100, subcode: 2534025 });
	});
});

describe('sender actions', () => {
	it('takes typing, seen, reactions; answers with the recipient only', async () => {
		const mid = (await inbox())[0].mid;
		for (const action of ['typing_on', 'TYPING_OFF', 'mark_seen']) {
			expect((await send({ recipient: { id }, sender_action: action })).body).toEqual({
				recipient_id: id,
			});
		}
		const react = (action: string, payload: Json) => send({ recipient: { id }, sender_action: action, payload });
		expect((await react('react', { message_id: mid, reaction: 'love' })).body).toEqual({
			recipient_id: id,
		});
		expect((await inbox())[0].reactions).toHaveLength(1);
		await react('unreact', { message_id: mid });
		expect((await inbox())[0].reactions).toHaveLength(0);
		expect(refusal(await react('react', { message_id: 'aWdfnone', reaction: 'love' }))).toMatchObject({ code: 100 });
		expect(refusal(await send({ recipient: { id }, sender_action: 'dance' }))).toMatchObject({
			code: 100,
		});
	});
});
