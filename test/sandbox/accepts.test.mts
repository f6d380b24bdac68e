import { APP, APP_TOKEN, BAKERY, FLORIST, call, refusal, start } from './support.mts';
import type { Json, Started } from './support.mts';

let sandbox: Started;
let user: string;
let page: string;
let instagram: string;
const open = async (options: Parameters<typeof start>[0] = {}) => {
	await sandbox?.close();
	sandbox = await start({ strictParameters: false, ...options });
	user = await sandbox.token('longUser');
	page = await sandbox.token('page', { page: BAKERY.username });
	instagram = await sandbox.token('instagram');
};
beforeEach(() => open());
afterAll(() => sandbox.close());

const read = async (path: string, fields: string, token = user): Promise<Json> =>
	(await sandbox.graph('GET', path, token, { fields })).body;
const newestPost = async (): Promise<string> =>
	(await sandbox.graph('GET', `/${BAKERY.account}/media`, user)).body.data[0].id;
const comment = async (text: string, more: Json = {}): Promise<string> =>
	(await sandbox.control('POST', '/customers/customer_one/comments', { account: BAKERY.username, text, ...more })).body
		.id;

describe('unknown parameters', () => {
	const extras = { id: '1', _: 'x', colour: 'red' };

	it('are passed over on reads, writes and root calls', async () => {
		const id = await comment('How much is the cake?');
		const answers = [
			await sandbox.graph('GET', `/${BAKERY.account}/media`, user, extras),
			await sandbox.graph('POST', `/${id}/replies`, user, { message: 'Four euros', ...extras }),
			await sandbox.graph('POST', `/${id}`, user, { hide: true, ...extras }),
			await sandbox.graph('GET', '/debug_token', APP_TOKEN, { input_token: user, ...extras }),
			await sandbox.instagram('GET', '/me', instagram, extras),
		];
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
	});

	it('are refused by a strict sandbox, which takes what every call may carry', async () => {
		await open({ strictParameters: true });
		const media = `/${BAKERY.account}/media`;
		expect(refusal(await sandbox.graph('GET', media, user, extras))).toMatchObject({ status: 400, code: 100 });
		const universal = {
			pretty: 1,
			summary: true,
			metadata: 1,
			locale: 'de_DE',
			format: 'json',
			method: 'get',
			suppress_http_code: 1,
		};
		expect((await sandbox.graph('GET', media, user, universal)).status).toBe(200);
	});
});

describe('edges as fields', () => {
	it('read insights of an account and of a post', async () => {
		const account = await read(
			`/${BAKERY.account}`,
			'username,insights.metric(reach).period(day),content_publishing_limit{quota_usage,config},live_media',
		);
		expect(account.insights.data).toMatchObject([{ name: 'reach', period: 'day' }]);
		expect(account.content_publishing_limit.data).toMatchObject([{ quota_usage: 0, config: { quota_total: 100 } }]);
		expect(account).not.toHaveProperty('live_media');
		const post = await read(`/${await newestPost()}`, 'id,insights.metric(reach,views)');
		expect(post.insights.data.map(({ name }: Json) => name)).toEqual(['reach', 'views']);
	});

	it('read them in lists, below other nodes, and with Instagram Login', async () => {
		const posts = await read(`/${BAKERY.account}/media`, 'id,insights.metric(reach){name,values}');
		for (const { insights } of posts.data) expect(insights.data[0]).toMatchObject({ name: 'reach' });
		const deep = await read('/me/accounts', 'instagram_business_account{insights.metric(reach).period(day)}');
		expect(deep.data[0].instagram_business_account.insights.data[0].name).toBe('reach');
		const { body } = await sandbox.instagram('GET', '/me', instagram, {
			fields: 'media{insights.metric(views)},tags{id},content_publishing_limit',
		});
		expect(body.media.data[0].insights.data[0].name).toBe('views');
		expect(body.content_publishing_limit.data).toEqual([{ quota_usage: 0 }]);
	});

	it('lead on: the next page has the same fields', async () => {
		for (const tag of ['one', 'two', 'three'])
			await sandbox.control('POST', '/customers/customer_one/posts', { caption: tag, tags: [BAKERY.username] });
		const { tags } = await read(`/${BAKERY.account}`, 'tags.limit(2){caption,username}');
		expect(tags.data.map(({ caption }: Json) => caption)).toEqual(['three', 'two']);
		const next = await call('GET', tags.paging.next);
		expect(next.body.data).toMatchObject([{ caption: 'one', username: 'customer_one' }]);
	});

	it('read hashtags, product tags and answers to comments', async () => {
		await sandbox.graph('GET', '/ig_hashtag_search', user, { user_id: BAKERY.account, q: 'cake' });
		const { recently_searched_hashtags: hashtags } = await read(
			`/${BAKERY.account}`,
			'recently_searched_hashtags{name}',
		);
		expect(hashtags.data).toMatchObject([{ name: 'cake' }]);
		const id = await comment('Is there cake?');
		await comment('I want to know, too', { parentId: id });
		const scopes = ['instagram_basic', 'catalog_management', 'instagram_shopping_tag_products'];
		const shop = await sandbox.token('longUser', { scopes: [...scopes, 'instagram_manage_comments'] });
		const fields = 'product_tags,comments.limit(2){id,text,replies{id},from{username}}';
		const post = await read(`/${await newestPost()}`, fields, shop);
		expect(post).not.toHaveProperty('product_tags');
		expect(post.comments.data[0]).toMatchObject({
			text: 'Is there cake?',
			from: { username: 'customer_one' },
			replies: { data: [{ id: expect.any(String) }] },
		});
	});

	it.each([
		['an edge that the node does not have', '/me', 'insights.metric(reach).period(day)', 100],
		['an unknown field', `/${BAKERY.account}`, 'colour', 100],
		['an unknown subfield', `/${BAKERY.account}`, 'media{owner{colour}}', 100],
		['subfields of a text', `/${BAKERY.account}`, 'username{id}', 100],
		['what the edge itself refuses', `/${BAKERY.account}`, 'insights.metric(impressions).period(day)', 100],
	])('refuse %s', async (_name, path, fields, code) => {
		expect(refusal(await sandbox.graph('GET', path, user, { fields }))).toMatchObject({ code });
	});

	it('need the permissions of the edge', async () => {
		const poor = await sandbox.token('longUser', { scopes: ['instagram_basic', 'pages_show_list'] });
		const fields = 'insights.metric(reach).period(day)';
		expect(refusal(await sandbox.graph('GET', `/${BAKERY.account}`, poor, { fields }))).toMatchObject({ code: 10 });
	});

	it('are named in the refusal as Meta names them', async () => {
		const error = async (token: string, graph: Started['graph'], path: string) =>
			(await graph('GET', path, token, { fields: 'colour' })).body.error.message;
		expect(await error(user, sandbox.graph, `/${BAKERY.account}`)).toBe(
			'(#100) Tried accessing nonexisting field (colour) on node type (IGUser)',
		);
		expect(await error(instagram, sandbox.instagram, '/me')).toBe('Tried accessing nonexisting field (colour)');
	});
});

describe('subfields', () => {
	it('narrow down owners, people of messages and what messages carry', async () => {
		const post = await read(`/${await newestPost()}`, 'owner{id,username}');
		expect(post.owner).toEqual({ id: BAKERY.account, username: BAKERY.username });
		await sandbox.control('POST', '/customers/customer_one/messages', {
			account: BAKERY.username,
			attachments: [{ type: 'image' }],
		});
		const { data } = await read(
			`/${BAKERY.page}/conversations?platform=instagram`,
			'participants{username},messages{from{id,username},to{username},attachments{image_data{url}}}',
			page,
		);
		const id = await sandbox.scopedId('customer_one');
		expect(data[0].participants.data[1]).toEqual({ id, username: 'customer_one' });
		expect(data[0].messages.data[0]).toMatchObject({
			from: { id, username: 'customer_one' },
			to: { data: [{ username: BAKERY.username }] },
			attachments: { data: [{ image_data: { url: expect.stringContaining('/cdn/') } }] },
		});
		expect(Object.keys(data[0].messages.data[0].attachments.data[0].image_data)).toEqual(['url']);
	});
});

describe('conversations', () => {
	const conversation = async (fields: string) =>
		(await read(`/${BAKERY.page}/conversations?platform=instagram`, fields, page)).data[0];
	const FIELDS = 'message_count,unread_count,can_reply,snippet';

	it('tell how much there is, what is unread, whether one may answer, and how the last message begins', async () => {
		await sandbox.write('customer_one', 'Hello');
		await sandbox.write('customer_one', 'Are you open?');
		expect(await conversation(FIELDS)).toMatchObject({
			message_count: 2,
			unread_count: 2,
			can_reply: true,
			snippet: 'Are you open?',
		});
		const recipient = { id: await sandbox.scopedId('customer_one') };
		await sandbox.graph('POST', '/me/messages', page, { recipient, sender_action: 'mark_seen' });
		expect(await conversation(FIELDS)).toMatchObject({ unread_count: 0 });
		await sandbox.advance(8 * 86_400);
		page = await sandbox.token('page', { page: BAKERY.username });
		expect(await conversation(FIELDS)).toMatchObject({ can_reply: false });
	});

	it('do not tell it with Instagram Login', async () => {
		await sandbox.write('customer_one', 'Hello');
		for (const fields of FIELDS.split(','))
			expect(refusal(await sandbox.instagram('GET', '/me/conversations', instagram, { fields }))).toMatchObject({
				code: 100,
			});
	});

	it('tell what a message answers', async () => {
		const asked = await sandbox.write('customer_one', 'Are you open?');
		const recipient = { id: await sandbox.scopedId('customer_one') };
		const answer = await sandbox.graph('POST', '/me/messages', page, {
			recipient,
			message: { text: 'Yes' },
			reply_to: { mid: asked },
		});
		const id = answer.body.message_id;
		expect((await read(`/${id}`, 'message,reply_to', page)).reply_to).toMatchObject({ mid: asked });
		expect(await read(`/${asked}`, 'reply_to', page)).toEqual({ id: asked });
	});
});

describe('Pages and tokens', () => {
	it('list the accounts of a Page', async () => {
		const { data } = await read(`/${BAKERY.page}/instagram_accounts`, 'id,username', page);
		expect(data).toEqual([{ id: BAKERY.account, username: BAKERY.username }]);
	});

	it('let a Page token inspect itself, and no other', async () => {
		const own = await sandbox.graph('GET', '/debug_token', page, { input_token: page });
		expect(own.body.data).toMatchObject({ is_valid: true, type: 'PAGE', profile_id: BAKERY.page });
		const other = await sandbox.token('page', { page: FLORIST.username });
		expect(refusal(await sandbox.graph('GET', '/debug_token', page, { input_token: other }))).toMatchObject({
			code: 100,
		});
	});

	it.each([
		['anew', 5_183_944],
		['oldEnd', 5_183_944 - 2 * 86_400],
	] as const)('exchange a token of 60 days that is two days old: %s', async (longTokenRenewal, seconds) => {
		await open({ longTokenRenewal });
		await sandbox.advance(2 * 86_400);
		const { body } = await sandbox.graph('GET', '/oauth/access_token', undefined, {
			grant_type: 'fb_exchange_token',
			client_id: APP.id,
			client_secret: APP.secret,
			fb_exchange_token: user,
		});
		expect(Math.abs(body.expires_in - seconds)).toBeLessThan(60);
	});
});
