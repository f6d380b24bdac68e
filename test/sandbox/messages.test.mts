import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BAKERY, call, jpeg, refusal, start } from './support.mts';
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

describe('sending', () => {
	it('takes JSON, a form with JSON strings, and a query, under Page, me and account', async () => {
		const url = `${sandbox.sandbox.graphUrl}/v25.0/${BAKERY.page}/messages`;
		const form = {
			recipient: JSON.stringify({ id }),
			message: JSON.stringify({ text: 'form' }),
			access_token: token,
		};
		expect((await call('POST', url, new URLSearchParams(form))).body.recipient_id).toBe(id);
		expect((await call('POST', `${url}?${new URLSearchParams({ ...form, message: '{"text":"query"}' })}`)).status).toBe(
			200,
		);
		for (const path of ['/me', `/${BAKERY.account}`]) {
			const answer = await send({ recipient: { id }, message: { text: path } }, path);
			expect(answer.body).toEqual({ recipient_id: id, message_id: expect.stringMatching(/^aWdf/) });
		}
		expect((await inbox()).map(({ text }) => text)).toEqual(['hello', 'form', 'query', '/me', `/${BAKERY.account}`]);
	});

	it('counts text in bytes: 1000 pass, 1001 do not', async () => {
		expect((await say({ text: 'é'.repeat(500) })).status).toBe(200);
		expect(refusal(await say({ text: `${'é'.repeat(500)}a` }))).toEqual({
			status: 400,
			code: 100,
			subcode: 2534015,
		});
	});

	it.each([
		['no recipient', { message: { text: 'x' } }, 100, undefined],
		['a recipient with two keys', { recipient: { id: '1', comment_id: '2' }, message: { text: 'x' } }, 100, undefined],
		['an unknown recipient', { recipient: { id: '5999999999999999' }, message: { text: 'x' } }, 100, 2534014],
		['an unknown comment', { recipient: { comment_id: '1' }, message: { text: 'x' } }, 100, 2534025],
		['an unknown parameter', { recipient: { id: '1' }, message: { text: 'x' }, colour: 'red' }, 100, undefined],
	])('refuses %s', async (_name, params, code, subcode) => {
		expect(refusal(await send(params))).toEqual({ status: 400, code, subcode });
	});

	it.each([
		['an empty message', {}],
		['an empty text', { text: ' ' }],
		['an unknown key', { text: 'x', colour: 'red' }],
		['text and attachment', { text: 'x', attachment: { type: 'like_heart' } }],
		[
			'14 quick replies',
			{
				text: 'x',
				quick_replies: Array.from({ length: 14 }, () => ({
					content_type: 'text',
					title: 'a',
					payload: 'b',
				})),
			},
		],
		[
			'quick replies without text',
			{
				attachment: { type: 'like_heart' },
				quick_replies: [{ content_type: 'text', title: 'a', payload: 'b' }],
			},
		],
		[
			'11 elements',
			{
				attachment: {
					type: 'template',
					payload: {
						template_type: 'generic',
						elements: Array.from({ length: 11 }, () => ({ title: 'a', subtitle: 'b' })),
					},
				},
			},
		],
		['an unknown template', { attachment: { type: 'template', payload: { template_type: 'receipt' } } }],
		[
			'four buttons',
			{
				attachment: {
					type: 'template',
					payload: {
						template_type: 'button',
						text: 'x',
						buttons: Array.from({ length: 4 }, () => ({
							type: 'postback',
							title: 'a',
							payload: 'b',
						})),
					},
				},
			},
		],
	])('refuses %s with 100/2534015', async (_name, message) => {
		expect(refusal(await say(message))).toEqual({ status: 400, code: 100, subcode: 2534015 });
	});

	it('accepts quick replies, templates and stickers, and cuts titles as the app does', async () => {
		await say({
			text: 'Choose',
			quick_replies: [{ content_type: 'text', title: 'A title that is much too long', payload: 'A' }],
		});
		await say({
			attachment: {
				type: 'template',
				payload: {
					template_type: 'button',
					text: 'Tap',
					buttons: [{ type: 'postback', title: 'Yes', payload: 'YES' }],
				},
			},
		});
		await say({ attachment: { type: 'like_heart' } });
		const messages = await inbox();
		expect(messages[1].quickReplies[0].title).toHaveLength(20);
		expect(messages[2].attachments[0].payload.buttons[0].title).toBe('Yes');
		expect(messages[3].attachments[0].type).toBe('like_heart');
	});

	it('fetches attachments, checks them by their bytes and makes them reusable', async () => {
		const files = createServer((request, response) =>
			response.end(request.url === '/a.jpg' ? jpeg(40, 40) : 'no picture'),
		);
		await new Promise<void>((done) => files.listen(0, '127.0.0.1', done));
		const base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
		const image = (payload: Json) => say({ attachment: { type: 'image', payload } });
		const { body } = await image({ url: `${base}/a.jpg`, is_reusable: true });
		expect(body.attachment_id).toMatch(/^\d+$/);
		expect((await image({ attachment_id: body.attachment_id })).status).toBe(200);
		expect(refusal(await image({ attachment_id: '1' }))).toMatchObject({
			code: 100,
			subcode: 2018074,
		});
		expect(refusal(await image({ url: `${base}/text` }))).toMatchObject({
			code: 100,
			subcode: 2018047,
		});
		expect(refusal(await image({ url: 'http://127.0.0.1:1/' }))).toMatchObject({
			code: 100,
			subcode: 2018008,
		});
		files.close();
	});
});
