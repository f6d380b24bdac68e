import type { IDataObject } from 'n8n-workflow';
import '../../support/quickTime.mts';
import { graphError, guardNetwork, listenAt, type Answer } from '../../support/graph.mts';
import { BAKERY, GRAPH } from '../../support/logins.mts';
import { jsons, run } from '../../support/parameters.mts';
import { withoutRefusedField } from '../../../nodes/meta/graph/refusedField.ts';

guardNetwork();

const POST = { __rl: true, mode: 'id', value: '1789' };
const CONVERSATION = { __rl: true, mode: 'id', value: 'aWdfZ' };

const refusal = (field: string, more: object = {}): Answer => ({
	status: 400,
	body: graphError(100, undefined, {
		message: `(#100) Tried accessing nonexisting field (${field}) on node type (IGMedia)`,
		...more,
	}),
});

const asksFor = (fields: string, name: string) => new RegExp(`\\b${name}\\b`).test(fields);

/** A Meta whose objects lack these fields: it names one of them at a time. */
const lacking = (names: string[], body: object) => (request: { query: Record<string, string> }) => {
	const refused = names.find((name) => asksFor(request.query.fields ?? '', name));
	return refused === undefined ? { body } : refusal(refused);
};

/** Reads for people to look at: operation, a field that it asks for, Meta's answer without it, and the key that has no value. */
// prettier-ignore
const READS: Array<[string, string, IDataObject, string, object, object]> = [
	['post', 'get', { postId: POST }, 'is_comment_enabled', { id: '1' }, { id: '1', isCommentEnabled: null }],
	['post', 'getMany', {}, 'thumbnail_url', { data: [{ id: '1', caption: 'Rye' }] }, { id: '1', caption: 'Rye', thumbnailUrl: null }],
	['post', 'getStories', {}, 'thumbnail_url', { data: [{ id: '1' }] }, { id: '1', thumbnailUrl: null }],
	['post', 'getTagged', {}, 'like_count', { data: [{ id: '1' }] }, { id: '1', likeCount: null }],
	['post', 'getScheduled', {}, 'publish_timestamp', { data: [{ id: '1' }] }, { id: '1', publishTimestamp: null }],
	['post', 'getChildren', { postId: POST }, 'thumbnail_url', { data: [{ id: '1' }] }, { id: '1', thumbnailUrl: null }],
	['collaboration', 'getPosts', {}, 'like_count', { data: [{ id: '1' }] }, { id: '1', likeCount: null }],
	['account', 'get', {}, 'website', { id: '1', name: 'Bakery' }, { id: BAKERY.id, name: 'Bakery', website: null }],
	['account', 'discover', { username: 'florist' }, 'website', { business_discovery: { id: '1', name: 'Florist' } }, { name: 'Florist', website: null }],
	['account', 'discover', { username: 'florist', about: 'posts' }, 'view_count', { business_discovery: { id: '1', media: { data: [{ id: '2' }] } } }, { id: '2', viewCount: null }],
	['hashtag', 'getTopPosts', { hashtag: '17843857450040591' }, 'like_count', { data: [{ id: '1' }] }, { id: '1', likeCount: null }],
	['mention', 'get', { mediaId: '1789' }, 'like_count', { mentioned_media: { id: '1' } }, { id: '1', likeCount: null }],
	['person', 'getProfile', { personId: '777' }, 'follower_count', { name: 'Ann' }, { id: '777', name: 'Ann', followers: null }],
	['message', 'get', { messageId: 'a=' }, 'story', { id: 'a=', message: 'Hi' }, { id: 'a=', text: 'Hi', story: null }],
	['conversation', 'getMessages', { conversationId: CONVERSATION }, 'story', { data: [{ id: 'a=', message: 'Hi' }] }, { id: 'a=', text: 'Hi', story: null }],
];

describe('a read that Meta refuses for one field', () => {
	it.each(READS)('%s: %s %j comes without %s', async (resource, operation, parameters, field, body, shown) => {
		const calls = listenAt(GRAPH, lacking([field], body));
		const { items, error } = await run(resource, operation, parameters);
		expect(error).toBeUndefined();
		expect(calls.map(({ query }) => asksFor(query.fields, field))).toEqual([true, false]);
		expect(jsons(items)[0]).toMatchObject(shown);
	});

	it('goes out again for each of three fields, and no further', async () => {
		const names = ['caption', 'like_count', 'permalink', 'username'];
		const three = listenAt(GRAPH, lacking(names.slice(0, 3), { id: '1', username: 'bakery' }));
		const found = await run('post', 'get', { postId: POST });
		expect(three).toHaveLength(4);
		expect(jsons(found.items)).toMatchObject([{ caption: null, likeCount: null, permalink: null, username: 'bakery' }]);
	});

	it('is told as it is when there are more', async () => {
		const calls = listenAt(GRAPH, lacking(['caption', 'like_count', 'permalink', 'username'], { id: '1' }));
		const { error } = await run('post', 'get', { postId: POST });
		expect(calls).toHaveLength(4);
		expect(error?.description).toContain('nonexisting field (username)');
	});

	it.each<[string, Answer]>([
		['names a field that nobody asked for', refusal('shortcode')],
		['has another number', refusal('caption', { code: 10 })],
		['has other words', refusal('caption', { message: '(#100) Kein solches Feld (caption)' })],
	])('goes out once when the refusal %s', async (_why, answer) => {
		const calls = listenAt(GRAPH, () => answer);
		const { error } = await run('post', 'get', { postId: POST });
		expect(calls).toHaveLength(1);
		expect(error).toBeDefined();
	});

	it('is not asked for less when nothing would be left', async () => {
		const calls = listenAt(GRAPH, () => refusal('business_discovery'));
		expect((await run('account', 'discover', { username: 'florist' })).error).toBeDefined();
		expect(new Set(calls.map(({ query }) => query.fields)).size).toBe(1);
	});

	it('goes out once where something is decided by the answer: whether the window is open', async () => {
		const calls = listenAt(GRAPH, () => refusal('from'));
		expect((await run('conversation', 'getWindow', { personId: '777', recipientId: '777' })).error).toBeDefined();
		expect(calls).toHaveLength(1);
	});
});

describe('a field', () => {
	it.each([
		['id,caption,username', 'caption', 'id,username'],
		['id,from{id,username},username', 'username', 'id,from{id}'],
		['id,children{id,media_url},caption', 'children', 'id,caption'],
		['id,messages.limit(20){id,story{link}}', 'id', 'messages.limit(20){story{link}}'],
		[
			'business_discovery.username(a.b){id,media.limit(5).after(x){id,like_count}}',
			'like_count',
			'business_discovery.username(a.b){id,media.limit(5).after(x){id}}',
		],
		['id,from{username}', 'username', undefined],
		['caption', 'caption', undefined],
		['id,caption_text', 'caption', undefined],
	])('of %s is taken out: %s', (fields, name, fewer) => {
		const error = { code: 100, message: `Tried accessing nonexisting field (${name})` };
		expect(withoutRefusedField(fields, { status: 400, error })).toBe(fewer);
	});
});
