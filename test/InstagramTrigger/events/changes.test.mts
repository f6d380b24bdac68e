import type { IDataObject } from 'n8n-workflow';
import { PERSON, read, whole } from '../../support/events.mts';

const author = { username: 'sandbox_visitor' };
const comment = { parentId: null, adId: null, adTitle: null, originalMediaId: null, ...author };
const own = { conversationWith: '5550000000000001', username: 'sandbox_bakery', isEcho: true };

/** Changes tell no time of their own, only that of the delivery, in seconds. */
const change = (name: string, event: string, more: IDataObject) =>
	whole(name, event, { timestamp: '2025-11-21T10:05:31.000Z', ...more });

describe('a comment', () => {
	const below = {
		...comment,
		text: 'Schön 👏',
		parentId: '17900000000000010',
		mediaId: '17900000000000099',
		mediaType: 'FEED',
	};
	const onAd = {
		mediaId: '17900000000000095',
		mediaType: 'AD',
		adId: '23843694560100001',
		adTitle: 'Frühlingsbrot',
		originalMediaId: '17900000000000099',
	};

	it.each<[string, string, IDataObject, IDataObject]>([
		['comment', '17900000000000011', below, author],
		['commentWithCommentId', '17900000000000012', below, author],
		['commentOnAd', '17900000000000024', { ...comment, text: 'Was kostet das?', ...onAd }, author],
		[
			'commentOnReel',
			'17900000000000025',
			{ ...comment, text: 'Toll', mediaId: '17900000000000094', mediaType: 'REELS' },
			author,
		],
		['ownComment', '17900000000000014', { ...below, username: 'sandbox_bakery' }, own],
	])('%s', (name, id, expected, who) => {
		expect(read(name)).toEqual([change(name, 'comment', { eventId: id, comment: { id, ...expected }, ...who })]);
	});

	it('with field and value in the entry itself', () => {
		const id = '17900000000000013';
		const value = {
			id,
			from: { id: PERSON, ...author },
			text: 'Schön 👏',
			media: { id: below.mediaId, media_product_type: 'FEED' },
			parent_id: below.parentId,
		};
		const raw = { field: 'comments', value };
		expect(read('commentInEntry')).toEqual([
			{ ...change('comment', 'comment', { eventId: id, comment: { id, ...below }, ...author }), raw },
		]);
	});
});

describe('a comment in a live video', () => {
	const live = { ...comment, mediaId: '17900000000000097', mediaType: 'LIVE' };
	const onAd = {
		text: 'Ja',
		parentId: '17900000000000021',
		adId: '23843694560100001',
		adTitle: 'Live-Backen',
		originalMediaId: '17900000000000096',
	};

	it.each<[string, string, IDataObject, IDataObject]>([
		['liveComment', '17900000000000021', { ...live, text: 'Live! 👏' }, author],
		['liveCommentWithCommentId', '17900000000000022', { ...live, ...onAd }, author],
		['ownLiveComment', '17900000000000023', { ...live, text: 'Danke', username: 'sandbox_bakery' }, own],
	])('%s', (name, id, expected, who) => {
		expect(read(name)).toEqual([
			change(name, 'liveComment', { eventId: `${id}:live`, comment: { id, ...expected }, ...who }),
		]);
	});

	it('with field and value in the entry itself', () => {
		const expected = { id: '17900000000000026', ...live, text: 'Live! 👏' };
		expect(read('liveCommentInEntry')).toMatchObject([
			{
				event: 'liveComment',
				eventId: '17900000000000026:live',
				conversationWith: PERSON,
				comment: expected,
				raw: { field: 'live_comments', value: { id: expected.id } },
			},
		]);
	});
});

it.each(['ownComment', 'ownLiveComment'])(
	'what the account writes itself does not come unless asked for: %s',
	(name) => {
		expect(read(name, { includeOwnComments: false })).toEqual([]);
		expect(read(name, { includeEchoes: false })).toHaveLength(1);
	},
);

describe('a change that names nobody', () => {
	const numbers = { impressions: 444, reach: 44, replies: 0, tapsForward: 4, tapsBack: 3, exits: 3 };
	const unknown = { impressions: null, reach: null, replies: null, tapsForward: null, tapsBack: null, exits: null };

	it.each<[string, string, string, IDataObject]>([
		[
			'mention',
			'mention',
			'17894227972186120:mention',
			{ mention: { mediaId: '17918195224117851', commentId: '17894227972186120' } },
		],
		[
			'mentionInCaption',
			'mention',
			'17918195224117851:mention',
			{ mention: { mediaId: '17918195224117851', commentId: null } },
		],
		[
			'storyInsights',
			'storyInsights',
			'17887498072083520:insights:',
			{ storyInsights: { mediaId: '17887498072083520', ...numbers } },
		],
		[
			'storyInsightsFew',
			'storyInsights',
			'17887498072083521:insights:',
			{ storyInsights: { mediaId: '17887498072083521', ...unknown } },
		],
	])('%s', (name, event, id, expected) => {
		expect(read(name)).toEqual([
			change(name, event, { eventId: expect.stringContaining(id), conversationWith: null, ...expected }),
		]);
	});
});
