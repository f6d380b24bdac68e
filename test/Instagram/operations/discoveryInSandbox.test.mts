import { APP, BAKERY, FLORIST } from '../../sandbox/support.mts';
import { openFeed, type Feed } from '../../support/stages/feed.mts';

let feed: Feed;
beforeEach(async () => {
	feed = await openFeed({ sensitiveHashtags: ['secret'] });
});
afterEach(async () => await feed.close());

describe('hashtags', () => {
	it('are searched by name, and their public posts listed', async () => {
		const mine = await feed.post({ caption: 'Fresh #Rye' });
		const theirs = await feed.postOf('customer_one', { caption: 'My #rye loaf' });
		const { json } = await feed.run('hashtag', 'search', { hashtag: '#rye' });
		expect(json).toEqual({ id: expect.stringMatching(/^\d{17}$/), name: 'rye' });
		for (const hashtag of ['rye', String(json.id)]) {
			const { all } = await feed.run('hashtag', 'getRecentPosts', { hashtag });
			expect(all.map(({ id }) => id).sort()).toEqual([mine, theirs].sort());
			expect(all[0]).toMatchObject({
				caption: expect.stringMatching(/rye/i),
				mediaType: 'IMAGE',
				likeCount: 0,
				permalink: expect.stringMatching(/^http/),
				timestamp: expect.stringMatching(/Z$/),
			});
			expect(all[0]).not.toHaveProperty('username');
		}
		await feed.control('PATCH', `/media/${mine}`, { likes: 90 });
		expect(
			(await feed.run('hashtag', 'getTopPosts', { hashtag: 'rye', limit: 1, fields: ['like_count'] })).all,
		).toEqual([{ id: mine, likeCount: 90 }]);
		expect((await feed.run('hashtag', 'getSearched')).all).toEqual([{ id: json.id, name: 'rye' }]);
	});

	it('come over all pages', async () => {
		for (let index = 0; index < 63; index++) await feed.postOf('customer_two', { caption: `Loaf ${index} #many` });
		expect((await feed.run('hashtag', 'getRecentPosts', { hashtag: 'many', returnAll: true })).all).toHaveLength(63);
		expect(
			(await feed.run('hashtag', 'getTopPosts', { hashtag: 'many', limit: 52, simplify: false })).all,
		).toHaveLength(52);
	});

	it('are thirty in a week, and need the feature', async () => {
		for (let index = 0; index < 30; index++)
			expect((await feed.run('hashtag', 'search', { hashtag: `tag${index}` })).error).toBeUndefined();
		expect((await feed.run('hashtag', 'search', { hashtag: 'onemore' })).error?.message).toBe(
			'The account has searched 30 different hashtags within 7 days',
		);
		expect((await feed.run('hashtag', 'search', { hashtag: 'tag3' })).error).toBeUndefined();
		await feed.control('PATCH', `/apps/${APP.id}`, { publicContentAccess: false });
		expect((await feed.run('hashtag', 'getSearched')).error?.description).toContain('Meta error 10');
		for (const operation of ['search', 'getRecentPosts', 'getTopPosts', 'getSearched']) {
			expect((await feed.runAsInstagram('hashtag', operation, { hashtag: 'rye' })).error?.message).toMatch(
				/^Meta does not offer/,
			);
		}
	});
});

describe('collaborations', () => {
	it('are listed, accepted and declined', async () => {
		const invite = async (caption: string) =>
			(await feed.control('POST', `/accounts/${FLORIST.username}/posts`, { caption, collaborators: [BAKERY.username] }))
				.body.id as string;
		const [yes, no] = [await invite('Bread and roses'), await invite('Only roses')];
		const { all } = await feed.run('collaboration', 'getInvites');
		expect(all).toContainEqual({
			mediaId: yes,
			mediaOwnerUsername: FLORIST.username,
			caption: 'Bread and roses',
			mediaUrl: expect.stringMatching(/^http/),
		});
		expect(all).toHaveLength(2);
		expect((await feed.run('collaboration', 'accept', { mediaId: yes })).json).toEqual({
			mediaId: yes,
			accepted: true,
		});
		expect((await feed.run('collaboration', 'decline', { mediaId: no })).json).toEqual({
			mediaId: no,
			accepted: false,
		});
		expect((await feed.run('collaboration', 'getInvites')).all).toEqual([]);
		expect((await feed.run('collaboration', 'getPosts')).all).toMatchObject([
			{ id: yes, caption: 'Bread and roses', username: FLORIST.username, mediaProductType: 'FEED' },
		]);
		expect((await feed.run('collaboration', 'accept', { mediaId: no })).error?.description).toContain('Meta error 100');
	});
});

describe('search', () => {
	it('finds audio by its title, or what is popular', async () => {
		const popular = await feed.run('search', 'audio');
		expect(popular.all).toHaveLength(2);
		expect(popular.all[0]).toMatchObject({
			audioId: expect.any(String),
			title: 'Morning Bread',
			durationInMs: expect.any(Number),
			downloadUrl: null,
		});
		const { all } = await feed.run('search', 'audio', { audioType: 'original_sound', searchText: 'knead' });
		expect(all).toMatchObject([{ igUsername: BAKERY.username }]);
	});

	it('finds places for posts', async () => {
		const { all, error } = await feed.run('search', 'locations', { searchText: 'bakery' });
		expect(error).toBeUndefined();
		expect(all).toMatchObject([
			{ id: BAKERY.page, name: 'Sandbox Bakery', canBeTagged: true, latitude: expect.any(Number) },
		]);
		await feed.control('PATCH', `/pages/${BAKERY.page}`, { hasLocation: false });
		expect((await feed.run('search', 'locations', { searchText: 'bakery' })).all).toMatchObject([
			{ id: BAKERY.page, canBeTagged: false, latitude: null },
		]);
		const raw = await feed.run('search', 'locations', { searchText: 'a', returnAll: true, simplify: false });
		expect(raw.all.length).toBeGreaterThan(1);
		expect(JSON.stringify(raw.all)).not.toContain('access_token');
	});

	it('gives the HTML of a public post', async () => {
		const id = await feed.post({ caption: 'Embed me' });
		const { permalink } = await feed.read(id, 'permalink');
		const { json } = await feed.run('search', 'embed', { url: permalink });
		expect(json).toMatchObject({
			html: expect.stringContaining('instagram-media'),
			width: 658,
			type: 'rich',
			providerName: 'Instagram',
		});
		const small = await feed.run('search', 'embed', {
			url: permalink,
			options: { maxWidth: 400, omitScript: true, hideCaption: true },
		});
		expect(small.json.width).toBe(400);
		expect(small.json.html).not.toContain('<script');
		expect(
			(await feed.run('search', 'embed', { url: 'https://www.instagram.com/p/NoSuchPost1/' })).error?.message,
		).toBe('This post is not there, or not public');
	});
});
