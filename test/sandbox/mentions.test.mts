import { BAKERY, FLORIST, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let token: string;
beforeEach(async () => {
	sandbox = await start();
	token = await sandbox.token('longUser');
});
afterEach(() => sandbox.close());

const act = async (name: string, body: Json, customer = 'customer_one'): Promise<string> =>
	(await sandbox.control('POST', `/customers/${customer}/${name}`, body)).body.id;
const read = (fields: string, account = BAKERY.account, sent = token) =>
	sandbox.graph('GET', `/${account}`, sent, { fields });
const reply = (params: Json) =>
	sandbox.graph('POST', `/${BAKERY.account}/mentions`, token, { message: 'Thank you', ...params });
const at = `@${BAKERY.username}`;

describe('mentions', () => {
	it('in a caption open the post, and can be answered below it', async () => {
		const media = await act('posts', { caption: `Bread by ${at}` });
		const fields = `mentioned_media.media_id(${media}){id,caption,media_type,username,media_url,comments_count,comments{text,username}}`;
		const { body } = await read(fields);
		expect(body.mentioned_media).toMatchObject({
			id: media,
			caption: `Bread by ${BAKERY.username}`,
			media_type: 'IMAGE',
			username: 'customer_one',
			comments_count: 0,
			comments: { data: [] },
		});
		expect((await reply({ media_id: media })).body.id).toEqual(expect.any(String));
		const after = (await read(fields)).body.mentioned_media;
		expect(after.comments.data).toMatchObject([{ text: 'Thank you', username: BAKERY.username }]);
		expect(after.comments.paging.next).toBeUndefined();
	});

	it('in a comment open the comment and its post', async () => {
		const media = await act('posts', { caption: 'Lunch' });
		const comment = await act('comments', { mediaId: media, text: `Try ${at}` }, 'customer_two');
		const { body } = await read(
			`mentioned_comment.comment_id(${comment}){id,text,timestamp,like_count,media{id,media_url}}`,
		);
		expect(body.mentioned_comment).toEqual({
			id: comment,
			text: `Try ${at}`,
			timestamp: expect.any(String),
			like_count: 0,
			media: { id: media, media_url: expect.any(String) },
		});
		expect((await reply({ media_id: media, comment_id: comment })).status).toBe(200);
		expect(refusal(await reply({ media_id: media }))).toMatchObject({ code: 100 });
	});

	it('by another business are answered below its comment, which hears of it', async () => {
		const post = await sandbox.control('POST', `/accounts/${FLORIST.username}/posts`, {
			caption: `With ${at}`,
		});
		const answer = await reply({ media_id: post.body.id });
		const list = await sandbox.graph('GET', `/${post.body.id}/comments`, token);
		expect(list.body.data[0].id).toBe(answer.body.id);
	});

	it('are nobody else’s, and private ones nobody’s', async () => {
		const media = await act('posts', { caption: `Bread by ${at}` });
		const field = `mentioned_media.media_id(${media}){id}`;
		expect(refusal(await read(field, FLORIST.account))).toMatchObject({ code: 100, subcode: 33 });
		await sandbox.control('PATCH', '/customers/customer_one', { isPrivate: true });
		expect(refusal(await read(field))).toMatchObject({ code: 100, subcode: 33 });
		expect(refusal(await reply({ media_id: media }))).toMatchObject({ code: 100 });
	});

	it.each([
		['mentioned_media{id}', 100],
		['mentioned_comment{id}', 100],
		['mentioned_media.media_id(1){id}', 100],
		['mentioned_comment.comment_id(1){id}', 100],
	])('refuse %s', async (fields, code) => {
		expect(refusal(await read(fields))).toMatchObject({ code });
	});

	it('need the permission for comments, and text', async () => {
		const poor = await sandbox.token('longUser', { scopes: ['instagram_basic'] });
		const media = await act('posts', { caption: at });
		const field = `mentioned_media.media_id(${media}){id}`;
		expect(refusal(await read(field, BAKERY.account, poor))).toMatchObject({ code: 10 });
		expect(refusal(await reply({ media_id: media, message: '' }))).toMatchObject({ code: 100 });
	});

	it('can be answered with Instagram Login, but not read', async () => {
		const account = await sandbox.token('instagram');
		const media = await act('posts', { caption: at });
		const answer = await sandbox.instagram('POST', '/me/mentions', account, {
			media_id: media,
			message: 'Hi',
		});
		expect(answer.status).toBe(200);
		const field = { fields: `mentioned_media.media_id(${media}){id}` };
		expect(refusal(await sandbox.instagram('GET', '/me', account, field))).toMatchObject({
			code: 100,
		});
	});
});

describe('likes', () => {
	const scopes = ['instagram_basic', 'instagram_manage_engagement', 'instagram_manage_comments'];
	beforeEach(async () => {
		token = await sandbox.token('longUser', { scopes });
	});
	const like = (params: Json, method = 'POST') => sandbox.graph(method, `/${BAKERY.account}/likes`, token, params);

	it('count once for posts and comments of anybody, and can be taken back', async () => {
		const media = (await sandbox.graph('GET', `/${FLORIST.account}/media`, token)).body.data[0].id;
		const count = async () =>
			(await sandbox.graph('GET', `/${media}`, token, { fields: 'like_count' })).body.like_count;
		const before = await count();
		for (let turn = 0; turn < 2; turn += 1) expect((await like({ media_id: media })).body).toEqual({ success: true });
		expect(await count()).toBe(before + 1);
		for (let turn = 0; turn < 2; turn += 1)
			expect((await like({ media_id: media }, 'DELETE')).body).toEqual({ success: true });
		expect(await count()).toBe(before);
		const comment = await act('comments', { account: BAKERY.username, text: 'Nice' });
		await like({ comment_id: comment });
		const read = await sandbox.graph('GET', `/${comment}`, token, { fields: 'like_count' });
		expect(read.body.like_count).toBe(1);
		const post = await act('posts', { caption: 'Public' });
		expect((await like({ media_id: post })).status).toBe(200);
	});

	it('are refused for stories, private posts, nothing and both', async () => {
		const story = await sandbox.control('POST', `/accounts/${BAKERY.username}/stories`, {});
		const post = await act('posts', { caption: 'Mine' });
		await sandbox.control('PATCH', '/customers/customer_one', { isPrivate: true });
		for (const params of [
			{ media_id: story.body.id },
			{ media_id: post },
			{ media_id: '1' },
			{},
			{ media_id: post, comment_id: '1' },
		])
			expect(refusal(await like(params))).toMatchObject({ status: 400, code: 100 });
	});

	it('lock the account for an hour after 50 within five seconds', async () => {
		const post = await act('posts', { caption: 'Mine' });
		for (let turn = 0; turn < 50; turn += 1) await like({ media_id: post });
		expect(refusal(await like({ media_id: post })).code).toBe(613);
		await sandbox.advance(3_000);
		expect(refusal(await like({ media_id: post })).code).toBe(613);
		await sandbox.advance(700);
		expect((await like({ media_id: post })).status).toBe(200);
	});

	it('need their own permission', async () => {
		token = await sandbox.token('longUser', {
			user: '122100000000000002',
			scopes: ['instagram_basic'],
		});
		expect(refusal(await like({ media_id: '1' }))).toMatchObject({ status: 403, code: 10 });
	});
});
