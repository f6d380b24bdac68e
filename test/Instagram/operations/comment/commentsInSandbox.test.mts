import { BAKERY, FLORIST } from '../../../sandbox/support.mts';
import { byId, openFeed, type Feed } from '../../../support/stages/feed.mts';

let feed: Feed;
let post: string;
beforeEach(async () => {
	feed = await openFeed();
	post = await feed.post({ caption: 'Rye' });
});
afterEach(async () => await feed.close());

const below = (more: object = {}) => ({ postId: byId(post), ...more });
const about = (commentId: string, more: object = {}) => ({ commentId, ...more });

describe('comments', () => {
	it('are read with who wrote them, by either login', async () => {
		const id = await feed.comment({ mediaId: post, text: 'Lovely' });
		const person = await feed.scopedId('customer_one');
		const expected = {
			id,
			text: 'Lovely',
			from: person,
			username: 'customer_one',
			isFromAccount: false,
			timestamp: expect.stringMatching(/Z$/),
			likeCount: 0,
			isHidden: false,
			parentId: null,
			mediaId: post,
		};
		for (const run of [feed.run, feed.runAsInstagram]) {
			expect((await run('comment', 'get', about(id))).json).toEqual(expected);
			expect((await run('comment', 'getMany', below())).all).toEqual([expected]);
			const raw = await run('comment', 'getMany', below({ simplify: false }));
			expect(raw.all).toMatchObject([{ id, from: { id: person, username: 'customer_one' }, media: { id: post } }]);
			expect(JSON.stringify(raw.all)).not.toContain('access_token');
		}
	});

	it('come with their replies when wanted, over all pages of both', async () => {
		const first = await feed.comment({ mediaId: post, text: 'first' });
		for (let index = 0; index < 53; index++)
			await feed.comment({ mediaId: post, text: `reply ${index}`, parentId: first }, 'customer_two');
		for (let index = 0; index < 60; index++) await feed.comment({ mediaId: post, text: `comment ${index}` });
		const { all } = await feed.run('comment', 'getMany', below({ returnAll: true }));
		expect(all).toHaveLength(61);
		const both = await feed.run('comment', 'getMany', below({ returnAll: true, options: { includeReplies: true } }));
		expect(both.all).toHaveLength(61 + 53);
		expect(new Set(both.all.map(({ id }) => id)).size).toBe(61 + 53);
		expect(both.all.filter(({ parentId }) => parentId === first)).toHaveLength(53);
		const replies = await feed.run('comment', 'getReplies', about(first, { returnAll: true }));
		expect(replies.all).toHaveLength(53);
		expect((await feed.run('comment', 'getReplies', about(first, { limit: 2 }))).all).toHaveLength(2);
	});

	it('are written and answered, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			const { json } = await run('comment', 'create', below({ text: 'Fresh since six' }));
			expect(json).toEqual({ id: expect.any(String), text: 'Fresh since six', mediaId: post });
			const answer = await run('comment', 'reply', about(String(json.id), { text: 'And warm' }));
			expect(answer.json).toEqual({ id: expect.any(String), text: 'And warm', parentId: json.id });
			expect((await run('comment', 'getReplies', about(String(json.id)))).all).toMatchObject([
				{ id: answer.json.id, text: 'And warm', isFromAccount: true, parentId: json.id },
			]);
		}
	});

	it('are hidden, shown and deleted, many at a time, with either login', async () => {
		for (const run of [feed.run, feed.runAsInstagram]) {
			const ids = [];
			for (let index = 0; index < 12; index++) ids.push(await feed.comment({ mediaId: post, text: `spam ${index}` }));
			const items = ids.map((id) => ({ id }));
			const each = about('={{ $json.id }}');
			expect((await run('comment', 'hide', each, { items })).all).toEqual(
				ids.map((commentId) => ({ commentId, hidden: true })),
			);
			expect((await feed.read(ids[0], 'hidden')).hidden).toBe(true);
			expect((await run('comment', 'reply', about(ids[0], { text: 'Hm' }))).error?.description).toContain(
				'Meta error 100',
			);
			expect((await run('comment', 'unhide', each, { items })).all).toEqual(
				ids.map((commentId) => ({ commentId, hidden: false })),
			);
			expect((await feed.read(ids[0], 'hidden')).hidden).toBe(false);
			expect((await run('comment', 'delete', each, { items })).all).toEqual(
				ids.map((commentId) => ({ deleted: true, commentId })),
			);
			expect((await run('comment', 'getMany', below())).all).toEqual([]);
		}
	});

	it('are liked and unliked, with Facebook Login', async () => {
		const id = await feed.comment({ mediaId: post, text: 'Nice' });
		expect((await feed.run('comment', 'like', about(id))).json).toEqual({ commentId: id, liked: true });
		expect((await feed.read(id, 'like_count')).like_count).toBe(1);
		expect((await feed.run('comment', 'unlike', about(id))).json).toEqual({ commentId: id, liked: false });
		expect((await feed.read(id, 'like_count')).like_count).toBe(0);
		for (const operation of ['like', 'unlike']) {
			expect((await feed.runAsInstagram('comment', operation, about(id))).error?.message).toMatch(
				/^Meta does not offer/,
			);
		}
	});
});

describe('mentions', () => {
	const at = `@${BAKERY.username}`;

	it('in a caption are read and answered', async () => {
		const mediaId = await feed.postOf('customer_one', { caption: `Bread by ${at}` });
		const { json } = await feed.run('mention', 'get', { mediaId, commentId: '={{ null }}' });
		expect(json).toEqual({
			mentionedIn: 'caption',
			id: mediaId,
			caption: `Bread by ${BAKERY.username}`,
			mediaType: 'IMAGE',
			mediaUrl: expect.stringMatching(/^http/),
			timestamp: expect.stringMatching(/Z$/),
			username: 'customer_one',
			likeCount: 0,
			commentsCount: 0,
		});
		const answer = await feed.run('mention', 'reply', { mediaId, text: 'Thank you' });
		expect(answer.json).toEqual({ id: expect.any(String), text: 'Thank you', mediaId, commentId: null });
		const { json: after } = await feed.run('mention', 'get', { mediaId, fields: ['comments'] });
		expect(after.comments).toMatchObject([{ text: 'Thank you', username: BAKERY.username }]);
		const raw = await feed.run('mention', 'get', { mediaId, simplify: false, fields: ['media_type'] });
		expect(raw.json).toEqual({ mentionedIn: 'caption', id: mediaId, media_type: 'IMAGE' });
	});

	it('in a comment are read and answered', async () => {
		const { body } = await feed.control('POST', `/accounts/${FLORIST.username}/posts`, { caption: 'Roses' });
		const commentId = await feed.comment({ mediaId: body.id, text: `Like ${at}?` }, 'customer_two');
		const { json } = await feed.run('mention', 'get', { mediaId: body.id, commentId });
		expect(json).toEqual({
			mentionedIn: 'comment',
			id: commentId,
			text: `Like ${at}?`,
			timestamp: expect.stringMatching(/Z$/),
			likeCount: 0,
			media: { id: body.id, mediaUrl: expect.any(String) },
		});
		expect((await feed.run('mention', 'reply', { mediaId: body.id, commentId, text: 'Thanks!' })).json).toMatchObject({
			commentId,
		});
	});

	it('are answered with Instagram Login, but not read', async () => {
		const mediaId = await feed.postOf('customer_one', { caption: at });
		expect((await feed.runAsInstagram('mention', 'reply', { mediaId, text: 'Hi' })).json).toMatchObject({ mediaId });
		expect((await feed.runAsInstagram('mention', 'get', { mediaId })).error?.message).toBe(
			'Meta does not offer "Get" with Instagram Login',
		);
	});

	it('of others are nobody’s business', async () => {
		const mediaId = await feed.postOf('customer_one', { caption: `By @${FLORIST.username}` });
		expect((await feed.run('mention', 'get', { mediaId })).error?.message).toBe(
			'Meta does not know this ID, or this login may not see it',
		);
	});
});
