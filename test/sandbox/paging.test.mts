import { call, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeAll(async () => {
	sandbox = await start();
	await sandbox.control('POST', '/pages', { count: 57 });
});
afterAll(() => sandbox.close());

const collect = async (first: string): Promise<Json[][]> => {
	const pages: Json[][] = [];
	for (let next: string | undefined = first; next; ) {
		const { body }: { body: Json } = await call('GET', next);
		pages.push(body.data);
		next = body.paging?.next;
	}
	return pages;
};

describe('cursor paging of /me/accounts', () => {
	it('walks through all Pages by absolute next URLs, 25 at a time', async () => {
		const token = await sandbox.token('longUser');
		const pages = await collect(`${sandbox.sandbox.graphUrl}/v25.0/me/accounts?access_token=${token}`);
		expect(pages.map((page) => page.length)).toEqual([25, 25, 10]);
		expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(60);
		expect(Object.keys(pages[0][0]).sort()).toEqual([
			'access_token',
			'category',
			'category_list',
			'id',
			'name',
			'tasks',
		]);
	});

	it('goes back with previous, and caps the limit at 100', async () => {
		const token = await sandbox.token('longUser');
		const first = await sandbox.graph('GET', '/me/accounts', token, { limit: 20, fields: 'id' });
		expect(first.body.paging.previous).toBeUndefined();
		const second = await call('GET', first.body.paging.next);
		const back = await call('GET', second.body.paging.previous);
		expect(back.body.data).toEqual(first.body.data);
		const all = await sandbox.graph('GET', '/me/accounts', token, { limit: 1000, fields: 'id' });
		expect(all.body.data).toHaveLength(60);
		expect(all.body.paging.next).toBeUndefined();
	});

	it('expands nested accounts and leaves out what a Page does not have', async () => {
		const token = await sandbox.token('longUser');
		const { body } = await sandbox.graph('GET', '/me/accounts', token, {
			fields: 'id,name,instagram_business_account{id,username,name,profile_picture_url}',
			limit: 3,
		});
		expect(body.data[0].instagram_business_account).toMatchObject({
			id: '17841400000000001',
			username: 'sandbox_bakery',
		});
		expect(body.data[2]).toEqual({ id: '101000000000003', name: 'Sandbox Bookshop' });
		const picture = await fetch(body.data[0].instagram_business_account.profile_picture_url);
		expect(picture.headers.get('content-type')).toBe('image/jpeg');
	});

	it('shows Pages of a portfolio only with business_management', async () => {
		const shop = sandbox.sandbox.world.pages.get('101000000000003');
		if (shop) shop.inPortfolio = true;
		const token = await sandbox.token('longUser', { scopes: ['pages_show_list'] });
		const { body } = await sandbox.graph('GET', '/me/accounts', token, {
			fields: 'id',
			limit: 100,
		});
		expect(body.data).toHaveLength(59);
	});
});
