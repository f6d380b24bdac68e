import type { IDataObject } from 'n8n-workflow';
import { guardNetwork, line, listenAt, type Received } from '../../support/graph.mts';
import { GRAPH, settledLogin, tokens } from '../../support/logins.mts';
import { jsons, operationOf, run } from '../../support/parameters.mts';
import { openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { proofIn } from '../../support/proofs.mts';
import { runNode } from '../../support/runNode.mts';
import { byId } from '../../support/stages/feed.mts';
import { ACCOUNT, contentOf, expectRequest, served, type Row } from '../../support/stages/sent.mts';

guardNetwork();

const account = ACCOUNT.slice(1);
const limit = { limit: '50' };
const HASHTAG = 'id,caption,comments_count,like_count,media_type,media_url,permalink,timestamp';
const COLLABORATIVE =
	'id,caption,comments_count,like_count,media_type,media_url,permalink,timestamp,media_product_type,thumbnail_url,username';
const TAGS =
	'product_id,name,price_string,stripped_price_string,stripped_sale_price_string,image_url,review_status,merchant_id,is_checkout,x,y';
const EVENT = 'id,title,start_time,end_time,notification_subtypes,notification_target_time';
const product = { productId: '3231775643511089' };
const start = '2030-01-01T10:00:00Z';

// prettier-ignore
const ROWS: Array<[string, Row, unknown?]> = [
	['hashtag', ['search', { hashtag: ' #Bröt_1 ' }, 'GET /ig_hashtag_search', { user_id: account, q: 'Bröt_1' }], { data: [{ id: '178' }] }],
	['hashtag', ['getRecentPosts', { hashtag: '17843857450040591' }, 'GET /17843857450040591/recent_media', { user_id: account, fields: HASHTAG, ...limit }]],
	['hashtag', ['getTopPosts', { hashtag: '={{ "17843857450040591" }}', limit: 7, fields: ['caption'] }, 'GET /17843857450040591/top_media', { user_id: account, fields: 'id,caption', limit: '7' }]],
	['hashtag', ['getSearched', {}, `GET ${ACCOUNT}/recently_searched_hashtags`, { fields: 'id,name', limit: '100' }]],
	['collaboration', ['getInvites', {}, `GET ${ACCOUNT}/collaboration_invites`, { fields: 'media_id,media_owner_username,caption,media_url', ...limit }]],
	['collaboration', ['accept', { mediaId: '18' }, `POST ${ACCOUNT}/collaboration_invites`, { media_id: '18', accept: true }]],
	['collaboration', ['decline', { mediaId: '18' }, `POST ${ACCOUNT}/collaboration_invites`, { media_id: '18', accept: false }]],
	['collaboration', ['getPosts', {}, `GET ${ACCOUNT}/collaborative_media`, { fields: COLLABORATIVE, ...limit }]],
	['product', ['getCatalogs', {}, `GET ${ACCOUNT}/available_catalogs`, { fields: 'catalog_id,catalog_name,shop_name,product_count', limit: '100' }]],
	['product', ['search', { catalogId: '96', searchText: ' rye ' }, `GET ${ACCOUNT}/catalog_product_search`, { catalog_id: '96', q: 'rye', fields: 'product_id,product_name,retailer_id,review_status,image_url,merchant_id,is_checkout_flow,product_variants', ...limit }]],
	['product', ['getTags', { postId: byId('1789') }, 'GET /1789/product_tags', { fields: TAGS, limit: '100' }]],
	['product', ['setTags', { postId: byId('1789'), tags: { tag: [{ productId: ' 5 ', x: 0, y: 1 }] }, options: { carouselItem: 2 } }, 'POST /1789/product_tags', { updated_tags: [{ product_id: '5', x: 0, y: 1 }], child_index: 1 }]],
	['product', ['setTags', { postId: byId('1789'), specifyTags: 'json', tagsJson: '={{ [{ product_id: "5", x: 0.5, y: 0.5 }] }}', options: { isVideo: true } }, 'POST /1789/product_tags', { updated_tags: [{ product_id: '5' }] }]],
	['product', ['getAppeal', product, `GET ${ACCOUNT}/product_appeal`, { product_id: product.productId, fields: 'product_id,review_status,eligible_for_appeal,product_appeal_status,rejection_reasons' }], { data: [{}] }],
	['product', ['appeal', { ...product, reason: 'A toy' }, `POST ${ACCOUNT}/product_appeal`, { product_id: product.productId, appeal_reason: 'A toy' }]],
	['upcomingEvent', ['create', { title: ' Open ', startTime: start }, `POST ${ACCOUNT}/upcoming_events`, { title: 'Open', start_time: 1893492000 }]],
	['upcomingEvent', ['create', { title: 'Open', startTime: start, options: { endTime: '2030-01-01T12:00:00Z', reminders: ['EVENT_START'] } }, `POST ${ACCOUNT}/upcoming_events`, { title: 'Open', start_time: 1893492000, end_time: 1893499200, notification_subtypes: ['EVENT_START'] }]],
	['upcomingEvent', ['get', { eventId: '73' }, 'GET /73', { fields: EVENT }]],
	['upcomingEvent', ['getMany', { returnAll: true }, `GET ${ACCOUNT}/upcoming_events`, { fields: EVENT, limit: '100' }]],
	['search', ['audio', {}, 'GET /ig_audio', { audio_type: 'music', user_id: account }], { audio: [] }],
	['search', ['audio', { audioType: 'original_sound', searchText: 'rain' }, 'GET /ig_audio', { audio_type: 'original_sound', user_id: account, search_query: 'rain' }], { audio: [] }],
];

describe('what leaves n8n', () => {
	it.each(ROWS)('%s: %j', async (...[resource, row, answer]) => {
		await expectRequest(resource, row, answer);
	});

	it('looks a hashtag up before its posts', async () => {
		const { calls, all } = await served(
			'hashtag',
			'getRecentPosts',
			{ hashtag: '2026', fields: ['caption'] },
			({ path }: Received) => ({ body: { data: [{ id: path.endsWith('search') ? '178' : '9' }] } }),
		);
		expect(calls.map((call) => [line(call), contentOf(call)])).toEqual([
			['GET /ig_hashtag_search', { user_id: account, q: '2026' }],
			['GET /178/recent_media', { user_id: account, fields: 'id,caption', ...limit }],
		]);
		expect(all).toEqual([{ id: '9', caption: null }]);
	});

	it('follows a cursor that stays the same, until a page is empty', async () => {
		const paging = { cursors: { after: 'same' }, next: 'https://x.example' };
		const { calls, all } = await served(
			'hashtag',
			'getTopPosts',
			{ hashtag: '17843857450040591', returnAll: true },
			(_request: Received, count: number) => ({ body: { data: count < 3 ? [{ id: String(count) }] : [], paging } }),
		);
		expect(calls.map(({ query }) => query.after)).toEqual([undefined, 'same', 'same']);
		expect(all.map(({ id }) => id)).toEqual(['1', '2']);
	});

	it('changes of an event what was given, and keeps the rest', async () => {
		const known = {
			id: '73',
			title: 'Open',
			start_time: '2030-01-01T10:00:00+0000',
			notification_subtypes: ['EVENT_START'],
		};
		const { calls, all } = await served(
			'upcomingEvent',
			'update',
			{ eventId: '73', updateFields: { title: 'Closed' } },
			known,
		);
		expect(calls.map(line)).toEqual(['GET /73', 'POST /73', 'GET /73']);
		expect(contentOf(calls[1])).toEqual({
			title: 'Closed',
			start_time: '2030-01-01T10:00:00+0000',
			notification_subtypes: ['EVENT_START'],
		});
		expect(all).toMatchObject([{ id: '73', startTime: '2030-01-01T10:00:00.000Z', endTime: null }]);
	});

	it.each<[string, IDataObject, string, object, string]>([
		[
			'locations',
			{ searchText: ' Blue Bottle ' },
			'GET /pages/search',
			{ q: 'Blue Bottle', fields: 'id,name,link,location', ...limit },
			tokens.long,
		],
		[
			'embed',
			{ url: 'https://www.instagram.com/p/A-1/', options: { maxWidth: 400, hideCaption: true, omitScript: false } },
			'GET /instagram_oembed',
			{ url: 'https://www.instagram.com/p/A-1/', maxwidth: '400', hidecaption: 'true' },
			tokens.app,
		],
	])(
		'search: %s goes out for the person or the app, not for an account',
		async (operation, parameters, request, content, token) => {
			const calls = listenAt(GRAPH, () => ({ body: { data: [] } }));
			const { error } = await run('search', operation, parameters, { credentials: settledLogin([]) });
			expect(error).toBeUndefined();
			expect(calls.map((call) => [line(call), contentOf(call), call.authorization, proofIn(call)])).toEqual([
				[request, content, `Bearer ${token}`, 'query'],
			]);
		},
	);

	it('embeds with a pasted token alone', async () => {
		const calls = listenAt(GRAPH, () => ({ body: { html: '<blockquote>' } }));
		const credentials = openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page }, {});
		const { items } = await runNode({
			parameters: operationOf('search', 'embed', { authentication: TYPE, url: 'https://www.instagram.com/reel/A-1/' }),
			credentials,
		});
		expect(jsons(items)).toMatchObject([{ html: '<blockquote>', width: null }]);
		expect(calls[0].authorization).toBe(`Bearer ${pastedTokens.page}`);
	});
});

describe('what n8n refuses before any call', () => {
	const tag = (more: object) => ({
		postId: byId('1789'),
		tags: { tag: [{ productId: '5', x: 0.5, y: 0.5, ...more }] },
	});
	it.each<[string, string, IDataObject, string]>([
		['hashtag', 'search', { hashtag: 'two words' }, '"two words" is no hashtag'],
		['hashtag', 'getTopPosts', { hashtag: '#🥐' }, '"#🥐" is no hashtag'],
		['collaboration', 'accept', { mediaId: 'A-1' }, '"Post ID" is no ID of Meta: "A-1"'],
		['product', 'search', { catalogId: 'shop' }, '"Catalog ID" is no ID of Meta: "shop"'],
		['product', 'setTags', { postId: byId('1789') }, 'There are no tags'],
		['product', 'setTags', tag({ productId: 'rye' }), '"rye" is no ID of a product'],
		['product', 'setTags', tag({ x: 1.5 }), 'The position of product 5 is not between 0 and 1'],
		[
			'product',
			'setTags',
			{ postId: byId('1789'), specifyTags: 'json', tagsJson: '[{ "product_id": "5" }]' },
			'The position of product 5 is not between 0 and 1',
		],
		[
			'product',
			'setTags',
			{ postId: byId('1789'), specifyTags: 'json', tagsJson: '[{ "product_id": 32317756435110891 }]' },
			'The product ID 32317756435110892 is too long for a number',
		],
		['product', 'setTags', { ...tag({}), options: { carouselItem: 0 } }, '"Carousel Item" is less than 1'],
		[
			'upcomingEvent',
			'create',
			{ title: 'Open', startTime: start, options: { endTime: '2030-01-01T09:00:00Z' } },
			'The event ends before it starts',
		],
		['upcomingEvent', 'create', { title: 'Open', startTime: 'soon' }, '"Start" is no point in time: "soon"'],
		['upcomingEvent', 'update', { eventId: '73' }, 'There is nothing to change'],
		[
			'search',
			'embed',
			{ url: 'https://www.instagram.com/bakery/' },
			'"https://www.instagram.com/bakery/" is no link to a post',
		],
	])('%s: %s %j', async (resource, operation, parameters, message) => {
		const { error, calls } = await served(resource, operation, parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
		expect(calls).toEqual([]);
	});
});

describe('what comes out', () => {
	it('has IDs as text, also where Meta gives numbers beyond 2^53', async () => {
		const { all } = await served('product', 'search', { catalogId: '96' }, () => ({
			body: '{"data":[{"product_id":32317756435110891,"merchant_id":90010177253934,"product_name":"7 \\"32317756435110893\\" 1.5","product_variants":[{"product_id":32317756435110895}]}]}',
			headers: { 'content-type': 'application/json' },
		}));
		expect(all[0]).toMatchObject({
			productId: '32317756435110891',
			merchantId: '90010177253934',
			productName: '7 "32317756435110893" 1.5',
			productVariants: [{ productId: '32317756435110895' }],
		});
	});
});

describe('when the answer gets lost', () => {
	it.each<[string, string, IDataObject, string]>([
		['collaboration', 'accept', { mediaId: '18' }, 'may or may not be answered'],
		['product', 'appeal', { ...product, reason: 'A toy' }, 'may or may not have been filed'],
		['upcomingEvent', 'create', { title: 'Open', startTime: start }, 'may or may not have been created'],
	])('%s: %s is not tried again', async (resource, operation, parameters, advice) => {
		const { error, calls } = await served(resource, operation, parameters, () => 'reset');
		expect(calls).toHaveLength(1);
		expect(error?.description).toContain(advice);
	});
});
