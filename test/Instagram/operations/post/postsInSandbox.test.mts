import { startFiles } from '../../../sandbox/files.mts';
import { BAKERY, FLORIST, jpeg } from '../../../sandbox/support.mts';
import { byId, openFeed, type Feed } from '../../../support/stages/feed.mts';

let feed: Feed;
beforeEach(async () => {
	feed = await openFeed();
});
afterEach(async () => await feed.close());

const on = (postId: string, more: object = {}) => ({ postId: byId(postId), ...more });

describe('posts', () => {
	it('are listed newest first and read one by one, with either login', async () => {
		const reel = await feed.post({ caption: 'How we knead #bread', type: 'reel' });
		for (const run of [feed.run, feed.runAsInstagram]) {
			const { all } = await run('post', 'getMany', { returnAll: true });
			expect(all).toHaveLength(2);
			expect(all[0]).toEqual({
				id: reel,
				caption: 'How we knead #bread',
				mediaType: 'VIDEO',
				mediaProductType: 'REELS',
				mediaUrl: expect.stringMatching(/^http/),
				thumbnailUrl: null,
				permalink: expect.stringMatching(/^https:\/\/www\.instagram\.com\/reel\//),
				timestamp: expect.stringMatching(/^\d{4}-.*\.000Z$/),
				username: BAKERY.username,
				likeCount: 0,
				commentsCount: 0,
				isCommentEnabled: true,
			});
			expect(all[1].thumbnailUrl).toBeNull();
			expect((await run('post', 'get', on(reel))).json).toEqual(all[0]);
			const raw = await run('post', 'getMany', { simplify: false, fields: ['caption', 'owner'] });
			expect(raw.all[0]).toEqual({ id: reel, caption: 'How we knead #bread', owner: { id: BAKERY.account } });
		}
	});

	it('are limited to a time and a number, over pages', async () => {
		for (let index = 0; index < 3; index++) await feed.post({ caption: `Loaf ${index}` });
		const { all } = await feed.run('post', 'getMany', { returnAll: false, limit: 2, fields: ['caption'] });
		expect(all.map(({ caption }) => caption)).toEqual(['Loaf 2', 'Loaf 1']);
		const today = { since: new Date(Date.now() - 3_600_000).toISOString() };
		expect((await feed.run('post', 'getMany', { returnAll: true, options: today })).all).toHaveLength(3);
		const before = { until: `={{ $now.minus({ hours: 1 }) }}` };
		const old = await feed.run('post', 'getMany', { returnAll: true, options: before });
		expect(old.all.map(({ caption }) => caption)).toEqual(['Welcome to Sandbox Bakery #sandbox']);
	});

	it('are found by their link', async () => {
		const id = await feed.post({ caption: 'Linked' });
		const { permalink } = await feed.read(id, 'permalink');
		const byUrl = { postId: { __rl: true, mode: 'url', value: `${permalink}?igsh=abc` } };
		expect((await feed.run('post', 'get', byUrl)).json).toMatchObject({ id, caption: 'Linked' });
		const other = { postId: { __rl: true, mode: 'url', value: 'https://www.instagram.com/p/NoSuchPost1/' } };
		expect((await feed.run('post', 'get', other)).error?.message).toBe(
			'The account has no post with the link "https://www.instagram.com/p/NoSuchPost1/"',
		);
	});

	it('of several pictures have children, with either login', async () => {
		const files = await startFiles({ '/a.jpg': jpeg(400, 400) });
		const token = await feed.token('longUser');
		const make = async (edge: string, body: object) =>
			(await feed.graph('POST', `/${BAKERY.account}/${edge}`, token, body)).body.id as string;
		const item = async () => await make('media', { image_url: `${files.url}/a.jpg`, is_carousel_item: true });
		const children = [await item(), await item()];
		await feed.advance(2);
		const container = await make('media', { media_type: 'CAROUSEL', children });
		await feed.advance(2);
		const carousel = await make('media_publish', { creation_id: container });
		await files.close();
		for (const run of [feed.run, feed.runAsInstagram]) {
			const { all } = await run('post', 'getChildren', on(carousel));
			expect(all).toHaveLength(2);
			expect(all[0]).toEqual({
				id: expect.any(String),
				mediaType: 'IMAGE',
				mediaUrl: expect.stringMatching(/^http/),
				thumbnailUrl: null,
				timestamp: expect.any(String),
			});
			const { json } = await run('post', 'get', on(carousel, { fields: ['children'] }));
			expect(json).toEqual({
				id: carousel,
				children: all.map(({ id, mediaType, mediaUrl }) => ({ id, mediaType, mediaUrl })),
			});
		}
	});

	it('open and close for comments, with either login', async () => {
		const id = await feed.post();
		for (const run of [feed.run, feed.runAsInstagram]) {
			expect((await run('post', 'disableComments', on(id))).json).toEqual({ postId: id, commentsEnabled: false });
			expect((await feed.read(id, 'is_comment_enabled')).is_comment_enabled).toBe(false);
			expect((await run('post', 'enableComments', on(id))).json).toEqual({ postId: id, commentsEnabled: true });
			expect((await feed.read(id, 'is_comment_enabled')).is_comment_enabled).toBe(true);
		}
	});

	it('are liked once, whosever they are, and unliked', async () => {
		const [theirs] = (await feed.graph('GET', `/${FLORIST.account}/media`, await feed.token('longUser'))).body.data;
		const likes = async () =>
			(await feed.graph('GET', `/${theirs.id}`, await feed.token('longUser'), { fields: 'like_count' })).body
				.like_count as number;
		const before = await likes();
		const items = [{}, {}];
		expect((await feed.run('post', 'like', on(theirs.id), { items })).all).toEqual(
			Array(2).fill({ postId: theirs.id, liked: true }),
		);
		expect(await likes()).toBe(before + 1);
		expect((await feed.run('post', 'unlike', on(theirs.id))).json).toEqual({ postId: theirs.id, liked: false });
		expect(await likes()).toBe(before);
		const story = await feed.story();
		expect((await feed.run('post', 'like', on(story))).error?.description).toContain('Meta error 100');
	});

	it('are deleted for good, several at a time, and a second time is told', async () => {
		const ids = [await feed.post(), await feed.post(), await feed.story()];
		const { all } = await feed.run('post', 'delete', on('={{ $json.id }}'), { items: ids.map((id) => ({ id })) });
		expect(all).toEqual(ids.map((postId) => ({ deleted: true, postId })));
		expect((await feed.run('post', 'getMany', { returnAll: true })).all).toHaveLength(1);
		expect((await feed.run('post', 'delete', on(ids[0]))).error?.message).toBe(
			'Meta does not know this ID, or this login may not see it',
		);
	});
});

describe('lists of the account', () => {
	it('stories, live videos and tags, with either login', async () => {
		const story = await feed.story();
		const { body } = await feed.control('POST', `/accounts/${BAKERY.username}/lives`, {});
		const tagged = await feed.postOf('customer_one', { caption: 'At the bakery', tags: [BAKERY.username] });
		for (const run of [feed.run, feed.runAsInstagram]) {
			expect((await run('post', 'getStories')).all).toMatchObject([
				{ id: story, mediaProductType: 'STORY', caption: null },
			]);
			expect((await run('post', 'getLive')).all).toMatchObject([{ id: body.id, mediaProductType: 'LIVE' }]);
			expect((await run('post', 'getTagged')).all).toMatchObject([
				{ id: tagged, username: 'customer_one', caption: 'At the bakery' },
			]);
		}
	});

	it('scheduled posts and collaborators, with Facebook Login', async () => {
		const publishAt = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '.000');
		const { body } = await feed.control('POST', `/accounts/${BAKERY.username}/scheduledPosts`, {
			caption: 'Tomorrow',
			publishAt,
		});
		expect((await feed.run('post', 'getScheduled')).all).toEqual([
			{
				id: body.id,
				caption: 'Tomorrow',
				mediaType: 'IMAGE',
				mediaUrl: expect.anything(),
				thumbnailUrl: null,
				publishTimestamp: publishAt,
			},
		]);
		const post = await feed.post({ collaborators: [FLORIST.username] });
		expect((await feed.run('post', 'getCollaborators', on(post))).all).toEqual([
			{ id: FLORIST.account, username: FLORIST.username, inviteStatus: 'Pending' },
		]);
		for (const operation of ['getScheduled', 'getCollaborators', 'delete', 'like', 'unlike']) {
			expect((await feed.runAsInstagram('post', operation, on(post))).error?.message).toMatch(
				/^Meta does not offer ".*" with Instagram Login$/,
			);
		}
	});
});
