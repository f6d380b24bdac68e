import { BAKERY, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(() => sandbox.close());

const PORTFOLIO = '880000000000001';
const POOR = ['public_profile', 'pages_show_list', 'instagram_basic'];

const ids = ({ body }: { body: Json }): string[] => body.data.map(({ id }: Json) => id);
const patchPage = (id: string, body: Json) => sandbox.control('PATCH', `/pages/${id}`, body);

describe('business portfolios', () => {
	it('hides Pages of a portfolio from /me/accounts without business_management', async () => {
		await patchPage(BAKERY.page, { inPortfolio: true });
		const poor = await sandbox.token('longUser', { scopes: POOR });
		expect(ids(await sandbox.graph('GET', '/me/accounts', poor))).not.toContain(BAKERY.page);
		const rich = await sandbox.token('longUser', { scopes: [...POOR, 'business_management'] });
		expect(ids(await sandbox.graph('GET', '/me/accounts', rich))).toContain(BAKERY.page);
	});

	it('lists portfolios and the Pages they own', async () => {
		await patchPage(BAKERY.page, { inPortfolio: true });
		await patchPage(FLORIST.page, { inPortfolio: true });
		const token = await sandbox.token('longUser');
		expect((await sandbox.graph('GET', '/me/businesses', token)).body.data).toEqual([
			{ id: PORTFOLIO, name: 'Sandbox Portfolio' },
		]);
		expect((await sandbox.graph('GET', `/${PORTFOLIO}`, token)).body.name).toBe('Sandbox Portfolio');
		const owned = await sandbox.graph('GET', `/${PORTFOLIO}/owned_pages`, token, {
			fields: 'id,access_token,instagram_business_account{username}',
			limit: 1,
		});
		expect(owned.body.data[0]).toMatchObject({
			id: BAKERY.page,
			access_token: expect.stringMatching(/^EAA/),
			instagram_business_account: { username: BAKERY.username },
		});
		const next = await sandbox.graph('GET', `/${PORTFOLIO}/owned_pages`, token, {
			limit: 1,
			after: owned.body.paging.cursors.after,
		});
		expect(ids(next)).toEqual([FLORIST.page]);
		expect(next.body.paging.next).toBeUndefined();
		expect((await sandbox.graph('GET', `/${PORTFOLIO}/client_pages`, token)).body).toEqual({
			data: [],
		});
		const nested = await sandbox.graph('GET', '/me', token, {
			fields: 'businesses{owned_pages{id},client_pages{id}}',
		});
		expect(nested.body.businesses.data[0].owned_pages.data).toHaveLength(2);
	});

	it.each(['/me/businesses', `/${PORTFOLIO}`, `/${PORTFOLIO}/owned_pages`, `/${PORTFOLIO}/client_pages`])(
		'refuses %s without business_management',
		async (path) => {
			const poor = await sandbox.token('longUser', { scopes: POOR });
			expect(refusal(await sandbox.graph('GET', path, poor))).toMatchObject({
				status: 403,
				code: 200,
			});
		},
	);

	it('refuses portfolios of others, and Page tokens', async () => {
		const { body } = await sandbox.control('POST', '/businesses', { members: [] });
		const token = await sandbox.token('longUser');
		for (const [path, sent] of [
			[`/${body.id}`, token],
			[`/${body.id}/owned_pages`, token],
			[`/${PORTFOLIO}`, await sandbox.token('page')],
		]) {
			expect(refusal(await sandbox.graph('GET', path, sent))).toMatchObject({
				code: 100,
				subcode: 33,
			});
		}
	});

	it("shows the Pages of an agency's clients in client_pages only, with tokens that work", async () => {
		const agency = await sandbox.control('POST', '/businesses', {
			name: 'Sandbox Agency',
			clientPages: [BAKERY.page],
		});
		const token = await sandbox.token('longUser');
		const businesses = await sandbox.graph('GET', '/me/businesses', token);
		expect(ids(businesses)).toEqual([PORTFOLIO, agency.body.id]);
		expect(ids(await sandbox.graph('GET', '/me/accounts', token))).not.toContain(BAKERY.page);
		expect(ids(await sandbox.graph('GET', `/${PORTFOLIO}/owned_pages`, token))).toEqual([]);
		const { body } = await sandbox.graph('GET', `/${agency.body.id}/client_pages`, token, {
			fields: 'id,name,access_token',
		});
		expect(body.data).toHaveLength(1);
		const me = await sandbox.graph('GET', '/me', body.data[0].access_token);
		expect(me.body.id).toBe(BAKERY.page);
		await patchPage(BAKERY.page, { assigned: true });
		expect(ids(await sandbox.graph('GET', '/me/accounts', token))).toContain(BAKERY.page);
	});

	it('gives no token for a Page that was not chosen in the dialog', async () => {
		const token = await sandbox.token('longUser');
		const { body } = await sandbox.control('POST', '/pages', { count: 1 });
		await patchPage(body.ids[0], { inPortfolio: true });
		const { body: list } = await sandbox.graph('GET', `/${PORTFOLIO}/owned_pages`, token, {
			fields: 'id,access_token',
		});
		expect(list.data).toEqual([{ id: body.ids[0] }]);
	});

	it('answers 404 for unknown Pages in the control API', async () => {
		expect((await patchPage('1', {})).status).toBe(404);
		expect((await sandbox.control('POST', '/businesses', { ownedPages: ['1'] })).status).toBe(404);
	});
});

describe('a thousand Pages', () => {
	it('are made and listed in no time', async () => {
		const before = Date.now();
		const { body } = await sandbox.control('POST', '/pages', { count: 1_000, linked: true });
		expect(body.ids).toHaveLength(1_000);
		expect(Date.now() - before).toBeLessThan(1_000);
		const token = await sandbox.token('longUser');
		const begun = Date.now();
		const seen = new Set<string>();
		let after: string | undefined;
		do {
			const page = await sandbox.graph('GET', '/me/accounts', token, {
				fields: 'id,access_token,instagram_business_account{id,username}',
				limit: 100,
				...(after && { after }),
			});
			ids(page).forEach((id) => seen.add(id));
			after = page.body.paging.next && page.body.paging.cursors.after;
		} while (after);
		expect(seen.size).toBe(1_003);
		expect(Date.now() - begun).toBeLessThan(3_000);
	});
});
