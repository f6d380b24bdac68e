import { startFiles } from './files.mts';
import { BAKERY, jpeg, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

const SCOPES = [
	'instagram_basic',
	'instagram_content_publish',
	'catalog_management',
	'instagram_shopping_tag_products',
	'instagram_manage_upcoming_events',
];

let sandbox: Started;
let token: string;
let catalog: { id: string; productIds: string[] };
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('longUser', { scopes: SCOPES });
	const { body } = await sandbox.control('POST', `/accounts/${BAKERY.username}/catalogs`, {
		name: 'Bakery Shop',
		products: [
			{ name: 'Rye bread', price: '$4.00', retailerId: 'rye' },
			{ name: 'Bagel' },
			{ name: 'Poppy cake', reviewStatus: 'rejected' },
		],
	});
	catalog = body as typeof catalog;
});
afterEach(() => sandbox.close());

const get = (path: string, params: Json = {}) => sandbox.graph('GET', path, token, params);
const account = `/${BAKERY.account}`;

describe('product tags', () => {
	it('start with a catalog and its products', async () => {
		const fields = { fields: 'shopping_product_tag_eligibility' };
		expect((await get(account, fields)).body.shopping_product_tag_eligibility).toBe(true);
		expect((await get(`${account}/available_catalogs`)).body.data).toEqual([
			{
				catalog_id: catalog.id,
				catalog_name: 'Bakery Shop',
				shop_name: 'Bakery Shop',
				product_count: 3,
			},
		]);
		const search = (params: Json) => get(`${account}/catalog_product_search`, params);
		const { body } = await search({ catalog_id: catalog.id, q: 'bread' });
		expect(body.data).toMatchObject([
			{
				product_id: Number(catalog.productIds[0]),
				product_name: 'Rye bread',
				retailer_id: 'rye',
				review_status: 'approved',
			},
		]);
		expect((await search({ catalog_id: catalog.id })).body.data).toHaveLength(3);
		expect(refusal(await search({ catalog_id: '1' })).code).toBe(100);
		expect(refusal(await search({})).code).toBe(100);
	});

	it('are put on a post when it is made, and changed later', async () => {
		const files = await startFiles({ '/a.jpg': jpeg(400, 400) });
		const [bread, bagel, cake] = catalog.productIds;
		const make = (tag: Json) =>
			sandbox.graph('POST', `${account}/media`, token, {
				image_url: `${files.url}/a.jpg`,
				product_tags: [tag],
			});
		const refused = async (tag: Json) => refusal(await make(tag)).subcode;
		expect(await refused({ product_id: bread })).toBe(2207036);
		expect(await refused({ product_id: '1', x: 0, y: 0 })).toBe(2207037);
		expect(await refused({ product_id: cake, x: 0, y: 0 })).toBe(2207037);
		const { body } = await make({ product_id: bread, x: 0.5, y: 0.8 });
		await sandbox.advance(1);
		const published = await sandbox.graph('POST', `${account}/media_publish`, token, {
			creation_id: body.id,
		});
		const tags = `/${published.body.id}/product_tags`;
		const update = (updated: Json[], more: Json = {}) =>
			sandbox.graph('POST', tags, token, { updated_tags: updated, ...more });
		expect((await get(tags)).body.data).toMatchObject([
			{ product_id: Number(bread), name: 'Rye bread', price_string: '$4.00' },
		]);
		const two = [
			{ product_id: bread, x: 0.1, y: 0.1 },
			{ product_id: bagel, x: 0.9, y: 0.9 },
		];
		expect((await update(two)).body).toEqual({ success: true });
		const all = (await get(tags, { fields: 'product_id,x,y' })).body.data;
		expect(all).toEqual([
			{ product_id: Number(bread), x: 0.1, y: 0.1 },
			{ product_id: Number(bagel), x: 0.9, y: 0.9 },
		]);
		expect(refusal(await update(two, { child_index: 0 })).code).toBe(100);
		await files.close();
	});

	it('are not for stories, and not for creators', async () => {
		const story = await sandbox.control('POST', `/accounts/${BAKERY.username}/stories`, {});
		const answer = await sandbox.graph('POST', `/${story.body.id}/product_tags`, token, {
			updated_tags: [],
		});
		expect(refusal(answer).code).toBe(100);
		await sandbox.control('PATCH', `/accounts/${BAKERY.username}`, {
			accountType: 'MEDIA_CREATOR',
		});
		expect(refusal(await get(`${account}/available_catalogs`)).code).toBe(100);
	});

	it('of a rejected product can be appealed, once', async () => {
		const [bread, , cake] = catalog.productIds;
		const appeal = (product: string) =>
			sandbox.graph('POST', `${account}/product_appeal`, token, {
				product_id: product,
				appeal_reason: 'It is only cake.',
			});
		const state = async () => (await get(`${account}/product_appeal`, { product_id: cake })).body.data[0];
		expect(await state()).toMatchObject({ review_status: 'rejected', eligible_for_appeal: true });
		expect((await appeal(cake)).body).toEqual({ success: true });
		expect(await state()).toMatchObject({ eligible_for_appeal: false });
		expect(refusal(await appeal(cake)).code).toBe(100);
		expect(refusal(await appeal(bread)).code).toBe(100);
	});

	it('need the permissions of shops', async () => {
		const poor = await sandbox.token('longUser', {
			user: '122100000000000002',
			scopes: ['instagram_basic'],
		});
		const answer = await sandbox.graph('GET', `${account}/available_catalogs`, poor);
		expect(refusal(answer)).toMatchObject({ status: 403, code: 10 });
	});
});

describe('upcoming events', () => {
	const events = `${account}/upcoming_events`;
	const create = (params: Json) => sandbox.graph('POST', events, token, params);
	const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

	it('are made, listed, read and changed', async () => {
		const { body } = await create({
			title: 'Tasting',
			start_time: later(3),
			end_time: later(4),
			notification_subtypes: ['BEFORE_EVENT_1DAY', 'EVENT_START'],
		});
		const fields = 'title,start_time,end_time,notification_subtypes,notification_target_time';
		const read = async () => (await get(`/${body.id}`, { fields })).body;
		expect(await read()).toMatchObject({
			title: 'Tasting',
			start_time: expect.stringMatching(/\+0000$/),
			notification_subtypes: ['BEFORE_EVENT_1DAY', 'EVENT_START'],
			notification_target_time: 'EVENT_START',
		});
		expect((await get(events)).body.data).toMatchObject([{ id: body.id, title: 'Tasting' }]);
		const changed = await sandbox.graph('POST', `/${body.id}`, token, {
			title: 'Big tasting',
			start_time: later(5),
			notification_target_time: 'EVENT_END',
		});
		expect(changed.body).toEqual({ success: true });
		expect(await read()).toMatchObject({
			title: 'Big tasting',
			notification_target_time: 'EVENT_END',
		});
	});

	it.each([
		['no title', { title: '' }],
		['a start in the past', { start_time: '2020-01-01T00:00:00+0000' }],
		['an end before the start', { end_time: '2020-01-01T00:00:00+0000' }],
		['an unknown notification', { notification_subtypes: ['SOMETIME'] }],
		['no time', { start_time: 'soon' }],
	])('are refused with %s', async (_name, params) => {
		const answer = await create({ title: 'Tasting', start_time: later(1), ...params });
		expect(refusal(answer)).toMatchObject({ status: 400, code: 100 });
	});
});
