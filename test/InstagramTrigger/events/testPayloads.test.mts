import type { IDataObject } from 'n8n-workflow';
import { INSTAGRAM_FIELDS } from '../../../sandbox/webhooks/fields.mts';
import { toTestSample } from '../../../sandbox/webhooks/samples.mts';
import { wireJson } from '../../../sandbox/webhooks/sign.mts';
import { fixture } from '../../support/fixtures.mts';
import { altered, eventsOf, judged, read, whole } from '../../support/events.mts';

const withTests = { includeTestPayloads: true };
const PRESSED = '1763719531';
const DIGEST = expect.stringMatching(new RegExp(`^[0-9a-f]{32}:${PRESSED}$`));
const test = { accountId: '0', isTest: true, timestamp: '2018-05-27T22:23:44.000Z', conversationWith: '12334' };
const later = { ...test, timestamp: '1977-05-25T22:01:07.000Z' };
const change = { ...test, timestamp: '2025-11-21T10:05:31.000Z', conversationWith: null };
const plain = {
	attachments: [],
	quickReply: null,
	replyTo: null,
	referral: null,
	appId: null,
	isDeleted: false,
	isSelf: false,
	isUnsupported: false,
	contentProblem: null,
};
const noReferral = { adId: null, adTitle: null, photoUrl: null, videoUrl: null, postId: null, productId: null };
const control = {
	action: 'pass',
	previousOwnerAppId: '777292979687735',
	newOwnerAppId: '777292979687736',
	requestedOwnerAppId: null,
	metadata: 'testing',
	appRoles: [],
};
const optin = {
	type: 'notification_messages',
	payload: 'test_payload',
	title: 'testtopic',
	ref: null,
	notificationToken: '123',
	frequency: 'daily',
	timezone: 'UTC',
	tokenStatus: 'REFRESHED',
	status: null,
	expiresAt: '2052-02-20T00:00:00.000Z',
	userRef: null,
};
const message = { id: 'random_mid', text: 'random_text', ...plain };
const comment = {
	id: '17865799348089039',
	text: 'This is an example.',
	username: 'test',
	parentId: '1231231234',
	mediaId: '123123123',
	mediaType: 'FEED',
	adId: null,
	adTitle: null,
	originalMediaId: null,
};
const mid = 'aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE';

describe('what a Test button of the App Dashboard sends', () => {
	const samples: Array<[string, string, IDataObject]> = [
		['testMessages', 'message', { ...test, eventId: `random_mid:${PRESSED}`, message }],
		[
			'testMessagesOfPage',
			'message',
			{ ...test, timestamp: '2025-11-21T10:05:31.000Z', eventId: `random_mid:${PRESSED}000`, message },
		],
		[
			'testComments',
			'comment',
			{ ...change, eventId: `17865799348089039:${PRESSED}`, conversationWith: '232323232', username: 'test', comment },
		],
		[
			'testReactions',
			'reaction',
			{
				...later,
				eventId: `random_mid:reaction:12334:react:love:❤️:233445667:${PRESSED}`,
				reaction: { messageId: 'random_mid', action: 'react', reaction: 'love', emoji: '❤️' },
			},
		],
		[
			'testPostbacks',
			'postback',
			{
				...later,
				eventId: `${mid}:postback:2494432963985342:233445667:${PRESSED}`,
				conversationWith: '2494432963985342',
				postback: { id: mid, title: 'Talk to human', payload: 'Payload', referral: null },
			},
		],
		[
			'testSeen',
			'seen',
			{
				...test,
				eventId: `last_message_id_read:seen:12334:1527459824:${PRESSED}`,
				seen: { messageId: 'last_message_id_read' },
			},
		],
		[
			'testReferral',
			'referral',
			{
				...later,
				eventId: DIGEST,
				conversationWith: '2494432963985342',
				referral: { ref: 'this_is_a_sample_ref_param', source: 'SHORTLINK', type: 'OPEN_THREAD', ...noReferral },
			},
		],
		['testOptins', 'optin', { ...test, eventId: DIGEST, optin }],
		[
			'testHandover',
			'handover',
			{ ...later, eventId: DIGEST, conversationWith: '2494432963985342', handover: control },
		],
		[
			'testMentions',
			'mention',
			{
				...change,
				eventId: `17887498072083520:mention:${PRESSED}`,
				mention: { mediaId: '17887498072083520', commentId: '17887498072083520' },
			},
		],
		[
			'testStoryInsights',
			'storyInsights',
			{
				...change,
				eventId: expect.stringContaining('17887498072083520:insights:'),
				storyInsights: {
					mediaId: '17887498072083520',
					impressions: 444,
					reach: 44,
					replies: 0,
					tapsForward: 4,
					tapsBack: 3,
					exits: 3,
				},
			},
		],
		['test', 'test', { ...test, eventId: DIGEST, test: { field: 'message_edit' } }],
	];

	it.each(samples)('has the shape of the real event: %s', (name, event, expected) => {
		expect(read(name, withTests)).toEqual([whole(name, event, expected)]);
	});

	it.each(samples.map(([name]) => name))(
		'comes only when asked for, and makes nobody look for new accounts: %s',
		(name) => {
			expect(judged(fixture(name), { includeTestPayloads: false })).toEqual({
				status: 200,
				events: [],
				hasForeign: false,
			});
		},
	);

	it('comes to a trigger for chosen accounts, but only for chosen events', () => {
		expect(read('testMessages', { ...withTests, accounts: [], events: ['message'] })).toHaveLength(1);
		expect(read('testMessages', { ...withTests, events: ['comment'] })).toEqual([]);
		expect(read('test', { ...withTests, events: [] })).toHaveLength(1);
	});

	it('is another event at each press, and the same when Meta repeats it', () => {
		const [first] = read('testMessages', withTests);
		const [again] = read('testMessages', withTests);
		const [next] = eventsOf(altered('testMessages', '"time":1763719531', '"time":1763719599'), withTests);
		expect(again.eventId).toBe(first.eventId);
		expect(next.eventId).not.toBe(first.eventId);
	});

	it('is known by its made-up people, too', () => {
		const inAccount = altered('testMessages', '"id":"0"', '"id":"17841400000000001"');
		expect(eventsOf(inAccount, withTests)).toMatchObject([{ isTest: true }]);
		expect(eventsOf(inAccount, { includeTestPayloads: false })).toEqual([]);
		expect(eventsOf(altered('testMessages', '"id":"0"', '"id":0'), withTests)).toMatchObject([{ isTest: true }]);
	});

	it.each([...INSTAGRAM_FIELDS])(
		'that the sandbox sends for %s is read as its event, or as a test of the field',
		(field) => {
			const body = Buffer.from(wireJson(toTestSample(field, 1_763_719_531_000)));
			const known: Record<string, string> = {
				comments: 'comment',
				live_comments: 'liveComment',
				mentions: 'mention',
				messages: 'message',
				message_echoes: 'echo',
				message_edit: 'messageEdit',
				message_reactions: 'reaction',
				messaging_handover: 'handover',
				messaging_optins: 'optin',
				messaging_policy_enforcement: 'policy',
				messaging_postbacks: 'postback',
				messaging_referral: 'referral',
				messaging_seen: 'seen',
				response_feedback: 'feedback',
				standby: 'standby',
				story_insights: 'storyInsights',
			};
			const expected = known[field] ? { event: known[field] } : { event: 'test', test: { field } };
			expect(eventsOf(body, withTests)).toMatchObject([{ ...expected, isTest: true, accountId: '0' }]);
		},
	);
});
