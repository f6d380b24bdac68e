import type { IDataObject } from 'n8n-workflow';
import { graphError, guardNetwork, line, listenAt } from '../../../support/graph.mts';
import { GRAPH } from '../../../support/logins.mts';
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

const post = { postId: byId('1789') };
const USUAL =
	'id,caption,comments_count,like_count,media_type,media_url,permalink,timestamp,is_comment_enabled,media_product_type,thumbnail_url,username';
const PUBLIC =
	'id,caption,comments_count,like_count,media_type,media_url,permalink,timestamp,media_product_type,username';
const page = (size: number) => ({ limit: String(size) });

describe('what leaves n8n', () => {
	// prettier-ignore
	const everywhere: Row[] = [
		['get', post, 'GET /1789', { fields: USUAL }],
		['get', { ...post, fields: ['children', 'alt_text', 'id'] }, 'GET /1789', { fields: 'id,children{id,media_type,media_url,thumbnail_url},alt_text' }],
		['getMany', {}, `GET ${ACCOUNT}/media`, { fields: USUAL, ...page(50) }],
		['getMany', { returnAll: true, fields: '={{ "caption, timestamp" }}' }, `GET ${ACCOUNT}/media`, { fields: 'id,caption,timestamp', ...page(100) }],
		['getMany', { limit: 3, options: { since: '2026-01-01T00:00:00.000+02:00', until: '1767312000' } }, `GET ${ACCOUNT}/media`, { fields: USUAL, ...page(3), since: '1767218400', until: '1767312000' }],
		['getMany', { options: { since: '={{ 1767218400000 }}' } }, `GET ${ACCOUNT}/media`, { fields: USUAL, ...page(50), since: '1767218400' }],
		['getMany', { options: { since: '={{ DateTime.fromISO("2026-01-01T00:00:00+02:00") }}', until: '' } }, `GET ${ACCOUNT}/media`, { fields: USUAL, ...page(50), since: '1767218400' }],
		['getChildren', post, 'GET /1789/children', { fields: 'id,media_type,media_url,timestamp,thumbnail_url', ...page(100) }],
		['getStories', {}, `GET ${ACCOUNT}/stories`, { fields: USUAL, ...page(50) }],
		['getTagged', { returnAll: true }, `GET ${ACCOUNT}/tags`, { fields: PUBLIC, ...page(100) }],
		['getLive', {}, `GET ${ACCOUNT}/live_media`, { fields: 'id,media_product_type,media_type,permalink,timestamp,username', ...page(50) }],
		['enableComments', post, 'POST /1789', { comment_enabled: true }],
		['disableComments', post, 'POST /1789', { comment_enabled: false }],
	];
	// prettier-ignore
	const withFacebook: Row[] = [
		['get', { ...post, fields: ['saved_count'] }, 'GET /1789', { fields: 'id,saved_count' }],
		['getScheduled', {}, `GET ${ACCOUNT}/scheduled_media`, { fields: 'id,caption,media_type,media_url,thumbnail_url,publish_timestamp', ...page(50) }],
		['getCollaborators', post, 'GET /1789/collaborators', { fields: 'id,username,invite_status', ...page(100) }],
		['like', post, `POST ${ACCOUNT}/likes`, { media_id: '1789' }],
		['unlike', post, `DELETE ${ACCOUNT}/likes`, { media_id: '1789' }],
		['delete', { postId: byId(' 1789_17841 ') }, 'DELETE /1789_17841', {}],
	];

	it.each([...everywhere, ...withFacebook])('post: %s %j', async (...row) => {
		await expectRequest('post', row);
	});

	it.each(everywhere)('post: %s %j, with Instagram Login', async (...row) => {
		await expectInstagramRequest('post', row);
	});
});

describe('what comes out', () => {
	const node = {
		id: '1789',
		caption: 'Hi',
		timestamp: '2026-11-21T10:15:30+0100',
		owner: { id: '178' },
		children: { data: [{ id: '1' }], paging: { next: 'https://x.example?access_token=EAA' } },
	};

	it('has all columns, times in ISO 8601, and no paging', async () => {
		const { all } = await served(
			'post',
			'get',
			{ ...post, fields: ['caption', 'timestamp', 'like_count', 'children', 'owner'] },
			node,
		);
		expect(all).toEqual([
			{
				id: '1789',
				caption: 'Hi',
				timestamp: '2026-11-21T09:15:30.000Z',
				owner: { id: '178' },
				children: [{ id: '1' }],
				likeCount: null,
			},
		]);
	});

	it("is Meta's own with Simplify off", async () => {
		const { all } = await served('post', 'get', { ...post, simplify: false }, node);
		expect(all).toEqual([{ ...node, children: { data: [{ id: '1' }], paging: { next: 'https://x.example' } } }]);
	});

	it('tells when a scheduled post appears', async () => {
		const { all } = await served('post', 'getScheduled', {}, { data: [{ id: '1', publish_timestamp: 1795256130 }] });
		expect(all).toEqual([
			{
				id: '1',
				publishTimestamp: '2026-11-21T10:15:30.000Z',
				caption: null,
				mediaType: null,
				mediaUrl: null,
				thumbnailUrl: null,
			},
		]);
	});
});

describe('what n8n refuses before any call', () => {
	it.each<[string, IDataObject, string]>(
		// prettier-ignore
		[
			['get', { postId: byId('DAbc-1_xyz') }, '"DAbc-1_xyz" is neither the ID nor the link of a post'],
			['get', { postId: byId('../me') }, '"../me" is neither the ID nor the link of a post'],
			['get', { postId: byId('https://www.instagram.com/stories/bakery/123/') }, '"https://www.instagram.com/stories/bakery/123/" is neither the ID nor the link of a post'],
			['get', { postId: byId('https://evil.example/p/DAbc-1_xyz/') }, '"https://evil.example/p/DAbc-1_xyz/" is neither the ID nor the link of a post'],
			['get', { ...post, fields: ['followers'] }, 'Meta does not offer the field "followers" here'],
			['getMany', { options: { since: 'soon' } }, '"Published After" is no point in time: "soon"'],
			['getMany', { options: { since: '2026-02-01', until: '2026-01-01' } }, '"Published After" is later than "Published Before"'],
		],
	)('post: %s %j', async (operation, parameters, message) => {
		const { error, calls } = await served('post', operation, parameters);
		expect(error?.message).toBe(message);
		expect(error?.description).toBeTruthy();
		expect(calls).toEqual([]);
	});

	it('fields that the login does not have', async () => {
		const { error, calls } = await servedAsInstagram('post', 'getMany', { fields: ['saved_count'] });
		expect(error?.message).toBe('Meta does not offer the field "saved_count" with Instagram Login');
		expect(calls).toEqual([]);
	});
});

describe('a post by its link', () => {
	const posts = (request: { query: Record<string, string> }) =>
		request.query.after
			? { body: { data: [{ id: '7', shortcode: 'DAbc-1_xyz' }] } }
			: {
					body: {
						data: [{ id: '6', shortcode: 'other' }],
						paging: { cursors: { after: 'A' }, next: 'https://x.example' },
					},
				};

	it.each([
		'https://www.instagram.com/p/DAbc-1_xyz/?igsh=x',
		'https://instagram.com/reel/DAbc-1_xyz',
		'instagram.com/sandbox_bakery/reel/DAbc-1_xyz/',
		'https://www.instagram.com/reels/DAbc-1_xyz/',
	])('%s', async (value) => {
		const { error, calls } = await served(
			'post',
			'disableComments',
			{ postId: { __rl: true, mode: 'url', value } },
			posts,
		);
		expect(error).toBeUndefined();
		expect(calls.map(line)).toEqual([`GET ${ACCOUNT}/media`, `GET ${ACCOUNT}/media`, 'POST /7']);
		expect(contentOf(calls[1])).toEqual({ fields: 'id,shortcode', limit: '100', after: 'A' });
	});

	it('is looked for among the newest 2,000 only', async () => {
		const endless = () => ({
			body: { data: [{ id: '6', shortcode: 'other' }], paging: { cursors: { after: 'A' }, next: 'https://x.example' } },
		});
		const { error, calls } = await served(
			'post',
			'get',
			{ postId: { __rl: true, mode: 'url', value: 'https://www.instagram.com/p/DAbc-1_xyz/' } },
			endless,
		);
		expect(calls).toHaveLength(20);
		expect(error?.description).toContain('the newest 2,000 posts');
	});
});

describe('many likes', () => {
	it('stay below the number at which Meta locks them for an hour', async () => {
		const times: number[] = [];
		listenAt(GRAPH, () => {
			times.push(Date.now());
			return { body: { success: true } };
		});
		const { run } = await import('../../../support/parameters.mts');
		await run(
			'post',
			'like',
			{ postId: byId('={{ $json.id }}') },
			{ items: Array.from({ length: 60 }, (_, id) => ({ id: String(1000 + id) })) },
		);
		expect(times).toHaveLength(60);
		const most = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 5000).length));
		expect(most).toBeLessThanOrEqual(50);
	});
});

describe('when the answer gets lost', () => {
	it('a deletion is not tried again, and the reader is told what that means', async () => {
		const { error, calls } = await served('post', 'delete', post, () => 'reset');
		expect(calls).toHaveLength(1);
		expect(error?.description).toContain('may or may not be gone');
	});

	it('a like is given again: twice counts once', async () => {
		const { error, calls } = await served('post', 'like', post, (_request: unknown, count: number) =>
			count === 1 ? 'reset' : { body: { success: true } },
		);
		expect(error).toBeUndefined();
		expect(calls).toHaveLength(2);
	});

	it('a post that Meta cannot delete is named', async () => {
		const { error } = await served('post', 'delete', post, () => ({ status: 400, body: graphError(-1, 2207073) }));
		expect(error?.message).toBe('Meta cannot delete this kind of post');
		expect(error?.description).not.toContain('may or may not');
	});
});
