import { BAKERY, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

const OWNER = '122100000000000001';
const PORTFOLIO = '880000000000001';

let sandbox: Started;
let page: string;
beforeEach(async () => {
	sandbox = await start();
	page = await sandbox.token('page');
	await sandbox.write('customer_one', 'Hi');
});
afterEach(() => sandbox.close());

const setTasks = (tasks: string[] | boolean, id = BAKERY.page) =>
	sandbox.control('POST', `/users/${OWNER}`, { pages: { [id]: tasks } });
const send = async () =>
	sandbox.graph('POST', `/${BAKERY.page}/messages`, page, {
		recipient: { id: await sandbox.scopedId('customer_one') },
		message: { text: 'Hello' },
	});
const media = async (): Promise<string> =>
	(await sandbox.graph('GET', `/${BAKERY.account}/media`, page)).body.data[0].id;

describe('tasks on a Page', () => {
	const insights = { metric: 'reach', period: 'day' };
	const calls: Record<string, (id: string) => Promise<unknown>> = {
		MESSAGING: () => send(),
		ANALYZE: () => sandbox.graph('GET', `/${BAKERY.account}/insights`, page, insights),
		MODERATE: (id) => sandbox.graph('GET', `/${id}/comments`, page),
		CREATE_CONTENT: () => sandbox.graph('POST', `/${BAKERY.account}/media`, page, {}),
	};

	it.each(Object.keys(calls))('%s is needed for what it is about, and enough', async (task) => {
		const id = await media();
		await setTasks([task]);
		for (const [other, act] of Object.entries(calls)) {
			const { status, body } = (await act(id)) as { status: number; body: Json };
			// Without an image the publishing call is refused, too, but for another reason.
			if (other === task) expect(body.error?.code ?? 0).not.toBe(200);
			else expect([status, body.error.code]).toEqual([403, 200]);
		}
		expect((await sandbox.graph('GET', `/${BAKERY.account}`, page)).status).toBe(200);
	});

	it('MANAGE covers all of them', async () => {
		await setTasks(['MANAGE']);
		expect((await send()).status).toBe(200);
	});

	it('MODERATE is needed to subscribe an app, MESSAGING for its messages', async () => {
		const subscribe = (fields: string) =>
			sandbox.graph('POST', `/${BAKERY.page}/subscribed_apps`, page, { subscribed_fields: fields });
		await setTasks(['MESSAGING']);
		expect(refusal(await subscribe('feed'))).toMatchObject({ status: 403, code: 200 });
		await setTasks(['MODERATE']);
		expect((await subscribe('feed')).body).toEqual({ success: true });
		expect(refusal(await subscribe('messages'))).toMatchObject({ status: 403, code: 200 });
	});

	it('count for fields inside of others', async () => {
		const id = await media();
		await setTasks(['MESSAGING']);
		const read = await sandbox.graph('GET', `/${id}`, page, { fields: 'comments{text}' });
		expect(refusal(read)).toMatchObject({ status: 403, code: 200 });
	});

	it('are listed, under other names with the New Pages Experience', async () => {
		await setTasks(['MESSAGING', 'MANAGE']);
		const user = await sandbox.token('longUser');
		const tasks = async () => {
			const { body } = await sandbox.graph('GET', '/me/accounts', user);
			return body.data.find(({ id }: Json) => id === BAKERY.page).tasks;
		};
		expect(await tasks()).toEqual(['MESSAGING', 'MANAGE']);
		await sandbox.control('PATCH', `/pages/${BAKERY.page}`, { newExperience: true });
		expect(await tasks()).toEqual(['PROFILE_PLUS_MESSAGING', 'PROFILE_PLUS_FULL_CONTROL']);
	});

	it('none of them is no role: the token dies, and portfolios show the Page without one', async () => {
		await sandbox.control('PATCH', `/pages/${BAKERY.page}`, { inPortfolio: true });
		await sandbox.control('PATCH', `/pages/${FLORIST.page}`, { inPortfolio: true });
		await setTasks([]);
		expect(refusal(await send())).toMatchObject({ code: 190, subcode: 492 });
		const user = await sandbox.token('longUser');
		const { body } = await sandbox.graph('GET', `/${PORTFOLIO}/owned_pages`, user, {
			fields: 'id,name,access_token,tasks,instagram_business_account',
		});
		const [bakery, florist] = body.data;
		expect(bakery).toEqual({ id: BAKERY.page, name: 'Sandbox Bakery', tasks: [] });
		expect(florist).toMatchObject({
			id: FLORIST.page,
			access_token: expect.stringMatching(/^EAA/),
			instagram_business_account: { id: FLORIST.account },
		});
		await setTasks(true);
		expect((await send()).status).toBe(200);
	});

	it('are known by name only', async () => {
		expect((await setTasks(['EVERYTHING'])).status).toBe(400);
	});
});

describe('portfolios', () => {
	it('page through Pages and portfolios with cursors and addresses', async () => {
		const { body: made } = await sandbox.control('POST', '/pages', { count: 30 });
		await sandbox.control('POST', '/businesses', { ownedPages: made.ids });
		const { body: client } = await sandbox.control('POST', '/businesses', {
			clientPages: [BAKERY.page, FLORIST.page],
		});
		const user = await sandbox.token('longUser');
		const walk = async (path: string, limit: number) => {
			const found: string[] = [];
			let next: string | undefined = `${sandbox.sandbox.graphUrl}/v25.0${path}?limit=${limit}&access_token=${user}`;
			let pages = 0;
			while (next) {
				const list = (await (await fetch(next)).json()) as Json;
				found.push(...list.data.map(({ id }: Json) => id));
				next = list.paging?.next;
				pages += 1;
			}
			return { found, pages };
		};
		const businesses = await walk('/me/businesses', 1);
		expect(businesses.found).toHaveLength(3);
		expect(businesses.pages).toBe(3);
		const owned = await walk(`/${businesses.found[1]}/owned_pages`, 25);
		expect(owned).toEqual({ found: made.ids, pages: 2 });
		const clients = await walk(`/${client.id}/client_pages`, 1);
		expect(clients).toEqual({ found: [BAKERY.page, FLORIST.page], pages: 2 });
	});
});
