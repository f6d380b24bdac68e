import { APP, BAKERY, FLORIST, holdEvents, start, startEndpoint, subscribeBoth } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let endpoint: Awaited<ReturnType<typeof startEndpoint>>;
let flush: Awaited<ReturnType<typeof holdEvents>>;
beforeEach(async () => {
	sandbox = await start();
	endpoint = await startEndpoint();
	await subscribeBoth(sandbox, endpoint.url, ['comments', 'live_comments', 'mentions', 'story_insights']);
	flush = await holdEvents(sandbox, endpoint);
});
afterEach(async () => {
	await sandbox.close();
	await endpoint.close();
});

const act = async (name: string, body: Json = {}, customer = 'customer_one') =>
	(await sandbox.control('POST', `/customers/${customer}/${name}`, body)).body;
const owner = async (name: string, body: Json = {}, account = BAKERY.username) =>
	(await sandbox.control('POST', `/accounts/${account}/${name}`, body)).body;
const ours = { account: BAKERY.username };

describe('comments', () => {
	it('are told with author, media and parent, the own ones with both ids', async () => {
		const { id } = await act('comments', { ...ours, text: 'Nice' });
		await owner('comments', { text: 'Thanks', parentId: id });
		const { facebook, instagram } = await flush();
		const [nice, thanks] = facebook.map(({ value }) => value);
		expect(nice).toEqual({
			id,
			from: { id: await sandbox.scopedId('customer_one'), username: 'customer_one' },
			text: 'Nice',
			media: { id: expect.any(String), media_product_type: 'FEED' },
		});
		expect(thanks.from).toEqual({
			id: BAKERY.account,
			username: BAKERY.username,
			self_ig_scoped_id: expect.stringMatching(/^9/),
		});
		expect(thanks.parent_id).toBe(id);
		expect(instagram.map(({ value }) => value)).toEqual([nice, thanks]);
	});

	it('below an ad name it, and come twice when the post is boosted', async () => {
		await act('comments', { ...ours, text: 'Ad', ad: { id: '88', title: 'Bread' } });
		await act('comments', { ...ours, text: 'Both', ad: { id: '88', organic: true } });
		await act('comments', { ...ours, text: 'Dynamic', ad: {} });
		const { facebook, instagram } = await flush();
		expect(instagram).toHaveLength(4);
		const [ad, both, organic, dynamic] = facebook.map(({ value }) => value);
		expect(ad.media).toEqual({
			id: expect.any(String),
			ad_id: '88',
			ad_title: 'Bread',
			original_media_id: organic.media.id,
			media_product_type: 'AD',
		});
		expect(both.id).toBe(organic.id);
		expect(both.media.id).toBe(ad.media.id);
		expect(organic.media.media_product_type).toBe('FEED');
		expect(dynamic.media.ad_id).toBeUndefined();
	});

	it('on a live video are live comments, until it ends', async () => {
		const { id } = await owner('lives');
		await act('comments', { mediaId: id, text: 'Hello!' });
		const { facebook, instagram } = await flush();
		const live = { media: { id, media_product_type: 'LIVE' } };
		for (const events of [facebook, instagram]) expect(events).toMatchObject([{ field: 'live_comments', value: live }]);
		const lives = async () => {
			const token = await sandbox.token('longUser');
			return (await sandbox.graph('GET', `/${BAKERY.account}/live_media`, token)).body.data;
		};
		expect(await lives()).toEqual([{ id }]);
		await owner('endLive');
		expect(await lives()).toEqual([]);
		const answer = await sandbox.control('POST', '/customers/customer_one/comments', {
			mediaId: id,
			text: 'Too late',
		});
		expect(answer.status).toBe(404);
	});
});

describe('mentions', () => {
	it('in a caption are told by ids, with Facebook Login only', async () => {
		const { id } = await act('posts', { caption: `Bread from @${BAKERY.username}!` });
		await act('posts', { caption: `By mail: me@${BAKERY.username}` });
		const { facebook, instagram } = await flush();
		expect(facebook).toEqual([{ field: 'mentions', value: { media_id: id } }]);
		expect(instagram).toEqual([]);
	});

	it('in a comment are told by ids, or as a comment with Instagram Login', async () => {
		const { id: mediaId } = await act('posts', { caption: 'Lunch' });
		const text = `Try @${BAKERY.username}`;
		const { id } = await act('comments', { mediaId, text }, 'customer_two');
		const { facebook, instagram } = await flush();
		expect(facebook).toEqual([{ field: 'mentions', value: { comment_id: id, media_id: mediaId } }]);
		expect(instagram).toEqual([
			{
				field: 'comments',
				value: {
					id,
					from: { id: await sandbox.scopedId('customer_two'), username: 'customer_two' },
					text,
					media: { id: mediaId, media_product_type: 'FEED' },
				},
			},
		]);
	});

	it('by another business count, those on own posts and of private people do not', async () => {
		const { id } = await owner('posts', { caption: `With @${BAKERY.username}` }, FLORIST.username);
		await act('comments', { ...ours, text: `Dear @${BAKERY.username}` });
		await sandbox.control('PATCH', '/customers/customer_three', { isPrivate: true });
		await act('posts', { caption: `@${BAKERY.username}` }, 'customer_three');
		const { facebook } = await flush();
		expect(facebook.filter(({ field }) => field === 'mentions')).toEqual([
			{ field: 'mentions', value: { media_id: id } },
		]);
		expect(facebook).toHaveLength(2);
	});
});

describe('story insights', () => {
	it('come when the story has ended, with -1 below five viewers', async () => {
		const { id } = await owner('stories');
		const { id: few } = await owner('stories');
		await sandbox.control('PATCH', `/media/${id}`, { viewers: 40 });
		await act('messages', { ...ours, text: 'Yes', replyToStory: id });
		await sandbox.advance(86_390);
		expect((await flush()).facebook).toEqual([]);
		await sandbox.advance(20);
		const { facebook, instagram } = await flush();
		expect(facebook).toHaveLength(2);
		const of = (media: string) => facebook.find(({ value }) => value.media_id === media)?.value;
		expect(of(id)).toMatchObject({ reach: 40, replies: 1, taps_forward: 20 });
		expect(of(few)).toMatchObject({ reach: -1, impressions: -1, exits: -1 });
		expect(instagram).toEqual([]);
	});

	it('can be read while it lasts, once five people have seen it', async () => {
		const { id } = await owner('stories');
		const token = await sandbox.token('longUser');
		const read = () => sandbox.graph('GET', `/${id}/insights`, token, { metric: 'reach' });
		expect((await read()).body.error).toMatchObject({ code: 10 });
		await sandbox.control('PATCH', `/media/${id}`, { viewers: 5 });
		expect((await read()).body.data[0].name).toBe('reach');
	});
});

describe('who hears', () => {
	it('without Advanced Access only of people with a role', async () => {
		await sandbox.control('PATCH', `/apps/${APP.id}`, { advancedAccess: false });
		await sandbox.control('PATCH', '/customers/customer_two', { hasRole: true });
		await act('comments', { ...ours, text: 'Stranger' });
		await act('comments', { ...ours, text: 'Tester' }, 'customer_two');
		await owner('comments', { text: 'Owner' });
		const { facebook, instagram } = await flush();
		expect(facebook.map(({ value }) => value.text)).toEqual(['Tester', 'Owner']);
		expect(instagram).toHaveLength(2);
	});
});
