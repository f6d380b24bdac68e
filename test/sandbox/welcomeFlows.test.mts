import { BAKERY, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let page: string;
let account: string;
beforeEach(async () => {
	sandbox = await start();
	page = await sandbox.token('page');
	account = await sandbox.token('instagram');
});
afterEach(() => sandbox.close());

const steps = [
	{
		message: {
			text: 'Welcome! What can we do for you?',
			quick_replies: [{ content_type: 'text', title: 'Hours', payload: 'HOURS' }],
		},
	},
];
const FLOW = { eligible_platforms: ['instagram'], name: 'Greeting', welcome_message_flow: steps };

describe.each(['facebook', 'instagram'])('welcome message flows with %s login', (login) => {
	const flows = (method: string, params: Json = {}, path = '/me/welcome_message_flows') =>
		login === 'facebook' ? sandbox.graph(method, path, page, params) : sandbox.instagram(method, path, account, params);

	it('are made, listed, changed and deleted', async () => {
		const { flow_id: id } = (await flows('POST', FLOW)).body;
		expect(id).toMatch(/^\d+$/);
		const [flow] = (await flows('GET')).body.data;
		expect(flow).toEqual({
			id,
			name: 'Greeting',
			welcome_message_flow: JSON.stringify(steps),
			eligible_platforms: ['instagram'],
			last_update_time: expect.stringMatching(/\+0000$/),
			is_used_in_ad: false,
		});
		expect((await flows('POST', { flow_id: id, name: 'Hello' })).body).toEqual({ success: true });
		const { body } = await flows('GET', { flow_id: id, fields: 'name,welcome_message' });
		expect(body.data).toEqual([{ id, name: 'Hello', welcome_message: JSON.stringify(steps) }]);
		expect((await flows('DELETE', { flow_id: id })).body).toEqual({ success: true });
		expect((await flows('GET')).body).toEqual({ data: [] });
	});

	it('come page by page', async () => {
		for (const name of ['One', 'Two', 'Three']) await flows('POST', { ...FLOW, name });
		const first = (await flows('GET', { limit: 2 })).body;
		expect(first.data).toHaveLength(2);
		const next = await (await fetch(first.paging.next)).json();
		expect((next as Json).data).toMatchObject([{ name: 'Three' }]);
	});

	it('in an ad can neither be changed nor deleted', async () => {
		const { flow_id: flowId } = (await flows('POST', FLOW)).body;
		await sandbox.control('POST', `/accounts/${BAKERY.username}/flowAds`, { flowId });
		for (const [method, params] of [
			['POST', { flow_id: flowId, name: 'New' }],
			['DELETE', { flow_id: flowId }],
		] as const)
			expect(refusal(await flows(method, params))).toMatchObject({ status: 400, code: 100 });
		expect((await flows('GET')).body.data[0].is_used_in_ad).toBe(true);
	});

	it.each([
		['no name', { name: undefined }],
		['no steps', { welcome_message_flow: [] }],
		['a step without message', { welcome_message_flow: [{ text: 'Hi' }] }],
		['an empty text', { welcome_message_flow: [{ message: { text: '' } }] }],
		['a long text', { welcome_message_flow: [{ message: { text: 'ä'.repeat(501) } }] }],
		['another platform', { eligible_platforms: ['whatsapp'] }],
		['Messenger alone', { eligible_platforms: ['messenger'] }],
		['an unknown id', { flow_id: '1' }],
	])('are refused with %s', async (_name, change) => {
		expect(refusal(await flows('POST', { ...FLOW, ...change }))).toMatchObject({ code: 100 });
	});
});

describe('the account of Facebook Login', () => {
	it('lists flows and does no more', async () => {
		await sandbox.graph('POST', '/me/welcome_message_flows', page, FLOW);
		const path = `/${BAKERY.account}/welcome_message_flows`;
		expect((await sandbox.graph('GET', path, page)).body.data).toHaveLength(1);
		expect(refusal(await sandbox.graph('POST', path, page, FLOW))).toMatchObject({ code: 100 });
	});
});
