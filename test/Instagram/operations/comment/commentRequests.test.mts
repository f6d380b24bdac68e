import type { IDataObject } from 'n8n-workflow';
import { guardNetwork, line, listenAt, type Received } from '../../../support/graph.mts';
import { GRAPH } from '../../../support/logins.mts';
import { jsons, run } from '../../../support/parameters.mts';
import { byId } from '../../../support/stages/feed.mts';
import {
	ACCOUNT,
	contentOf,
	expectInstagramRequest,
	expectRequest,
	served,
	servedAsInstagram,
	type Row,
} from '../../../support/stages/sent.mts';

guardNetwork();

const FIELDS = 'id,text,timestamp,username,from,like_count,hidden,parent_id,media';
const post = { postId: byId('1789') };
const comment = { commentId: ' 17 ' };
const ad = { options: { adId: '={{ 238 }}' } };
const limit = { limit: '50' };

const both: Array<[string, Row]> = [
	['comment', ['create', { ...post, text: 'Hi' }, 'POST /1789/comments', { message: 'Hi' }]],
	['comment', ['reply', { ...comment, text: 'Hi' }, 'POST /17/replies', { message: 'Hi' }]],
	['comment', ['get', comment, 'GET /17', { fields: FIELDS }]],
	['comment', ['getMany', post, 'GET /1789/comments', { fields: FIELDS, ...limit }]],
	[
		'comment',
		[
			'getMany',
			{ ...post, options: { includeReplies: true } },
			'GET /1789/comments',
			{ fields: `${FIELDS},replies.limit(50){${FIELDS}}`, ...limit },
		],
	],
	['comment', ['getReplies', { commentId: '={{ 17 }}' }, 'GET /17/replies', { fields: FIELDS, ...limit }]],
	['comment', ['hide', comment, 'POST /17', { hide: true }]],
	['comment', ['unhide', comment, 'POST /17', { hide: false }]],
	['comment', ['delete', comment, 'DELETE /17', {}]],
	['mention', ['reply', { mediaId: '18', text: 'Hi' }, `POST ${ACCOUNT}/mentions`, { media_id: '18', message: 'Hi' }]],
	[
		'mention',
		[
			'reply',
			{ mediaId: '18', commentId: '17', text: 'Hi' },
			`POST ${ACCOUNT}/mentions`,
			{ media_id: '18', comment_id: '17', message: 'Hi' },
		],
	],
];

const withFacebook: Array<[string, Row]> = [
	['comment', ['create', { ...post, text: 'Hi', ...ad }, 'POST /1789/comments', { message: 'Hi', ad_id: '238' }]],
	['comment', ['hide', { ...comment, ...ad }, 'POST /17', { hide: true, ad_id: '238' }]],
	['comment', ['delete', { ...comment, ...ad }, 'DELETE /17', { ad_id: '238' }]],
	['comment', ['like', comment, `POST ${ACCOUNT}/likes`, { comment_id: '17' }]],
	['comment', ['unlike', comment, `DELETE ${ACCOUNT}/likes`, { comment_id: '17' }]],
	[
		'mention',
		[
			'get',
			{ mediaId: '18' },
			`GET ${ACCOUNT}`,
			{
				fields:
					'mentioned_media.media_id(18){id,caption,comments_count,like_count,media_type,media_url,timestamp,username}',
			},
		],
	],
	[
		'mention',
		[
			'get',
			{ mediaId: '18', fields: ['permalink'] },
			`GET ${ACCOUNT}`,
			{ fields: 'mentioned_media.media_id(18){id,permalink}' },
		],
	],
	[
		'mention',
		[
			'get',
			{ mediaId: '18', commentId: '17' },
			`GET ${ACCOUNT}`,
			{ fields: 'mentioned_comment.comment_id(17){id,text,timestamp,like_count,media{id,media_url}}' },
		],
	],
];

describe('what leaves n8n', () => {
	it.each([...both, ...withFacebook])('%s: %j', async (resource, row) => {
		await expectRequest(resource, row);
	});

	it.each(both)('%s: %j, with Instagram Login', async (resource, row) => {
		await expectInstagramRequest(resource, row);
	});
});

describe('what n8n refuses before any call', () => {
	it.each<[string, string, IDataObject, string]>([
		['comment', 'get', { commentId: 'aWdfZ1' }, '"Comment ID" is no ID of Meta: "aWdfZ1"'],
		['comment', 'reply', { ...comment, text: ' ' }, '"Text" is empty'],
		['mention', 'get', { mediaId: '18){id},x(1' }, '"Post ID" is no ID of Meta: "18){id},x(1"'],
		['mention', 'get', { mediaId: '18', commentId: 'here' }, '"Comment ID" is no ID of Meta: "here"'],
	])('%s: %s %j', async (resource, operation, parameters, message) => {
		const { error, calls } = await served(resource, operation, parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
		expect(calls).toEqual([]);
	});

	it('an ad with Instagram Login', async () => {
		const { error, calls } = await servedAsInstagram('comment', 'hide', { ...comment, ...ad });
		expect(error?.message).toBe('Meta knows no Ad ID with Instagram Login');
		expect(calls).toEqual([]);
	});
});

describe('what comes out', () => {
	it('has a name for who wrote, also where Meta gives one of two', async () => {
		const { all } = await served('comment', 'get', comment, { id: '17', from: { id: '5', username: 'visitor' } });
		expect(all).toEqual([
			{
				id: '17',
				text: '',
				from: '5',
				username: 'visitor',
				isFromAccount: false,
				timestamp: null,
				likeCount: null,
				isHidden: null,
				parentId: null,
				mediaId: null,
			},
		]);
	});

	it('is as Meta gave it with Simplify off, replies as items of their own', async () => {
		const nodes = {
			data: [
				{ id: '1', replies: { data: [{ id: '2' }], paging: { cursors: { after: 'A' }, next: 'https://x.example' } } },
				{ id: '4' },
			],
		};
		const { all, calls } = await served(
			'comment',
			'getMany',
			{ ...post, simplify: false, options: { includeReplies: true } },
			({ path }: Received) => (path.endsWith('/replies') ? { body: { data: [{ id: '3' }] } } : { body: nodes }),
		);
		expect(all).toEqual([{ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }]);
		expect(calls.map(line)).toEqual(['GET /1789/comments', 'GET /1/replies']);
		expect(contentOf(calls[1])).toEqual({ fields: FIELDS, limit: '50', after: 'A' });
	});
});

describe('many items', () => {
	it('are moderated side by side, those of one comment in their order', async () => {
		let [running, most] = [0, 0];
		const order: string[] = [];
		const calls = listenAt(GRAPH, ({ path }) => {
			most = Math.max(most, ++running);
			setTimeout(() => running--, 60);
			order.push(path);
			return { body: { success: true }, delayMs: 60 };
		});
		const items = Array.from({ length: 20 }, (_, index) => ({ id: String(100 + (index % 10)), index }));
		const result = await run('comment', 'hide', { commentId: '={{ $json.id }}' }, { items });
		expect(jsons(result.items).map(({ commentId }) => commentId)).toEqual(items.map(({ id }) => id));
		expect(calls).toHaveLength(20);
		expect(most).toBe(10);
		expect(order.slice(0, 10).sort()).toEqual(order.slice(10).sort());
	});
});

describe('when the answer gets lost', () => {
	it.each<[string, string, IDataObject, string]>([
		['comment', 'create', { ...post, text: 'Hi' }, 'may or may not have been written'],
		['comment', 'reply', { ...comment, text: 'Hi' }, 'may or may not have been written'],
		['comment', 'delete', comment, 'may or may not be gone'],
		['mention', 'reply', { mediaId: '18', text: 'Hi' }, 'may or may not have been written'],
	])('%s: %s is not tried again', async (resource, operation, parameters, advice) => {
		const { error, calls } = await served(resource, operation, parameters, () => 'reset');
		expect(calls).toHaveLength(1);
		expect(error?.description).toContain(advice);
	});

	it('a comment is hidden again: twice does no harm', async () => {
		const { error, calls } = await served('comment', 'hide', comment, (_request: Received, count: number) =>
			count === 1 ? 'reset' : { body: { success: true } },
		);
		expect(error).toBeUndefined();
		expect(calls).toHaveLength(2);
	});
});
