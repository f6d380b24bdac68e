import type { IDataObject } from 'n8n-workflow';
import { BAKERY, PERSON, read, whole } from '../../support/events.mts';

const AT = '1763719530123';
const DIGEST = expect.stringMatching(/^[0-9a-f]{32}$/);
const noReferral = {
	ref: null,
	source: null,
	type: null,
	adId: null,
	adTitle: null,
	photoUrl: null,
	videoUrl: null,
	postId: null,
	productId: null,
};

describe('what people do to messages', () => {
	const edit = (text: string | null, editCount: number) => ({ messageEdit: { id: 'aWdfZedit', text, editCount } });
	const reaction = (action: string, name: string | null, emoji: string | null) => ({
		reaction: { messageId: 'aWdfZliked', action, reaction: name, emoji },
	});

	it.each<[string, string, string, IDataObject]>([
		['messageEdit', 'messageEdit', `aWdfZedit:edit:${PERSON}:2:${AT}`, edit('Doch lieber zwei Brote', 2)],
		['messageEditNumber', 'messageEdit', `aWdfZedit:edit:${PERSON}:3:${AT}`, edit('Doch lieber drei Brote', 3)],
		['editWithoutText', 'messageEdit', `aWdfZedit:edit:${PERSON}:4:${AT}`, edit(null, 4)],
		['reaction', 'reaction', `aWdfZliked:reaction:${PERSON}:react:love:❤️:${AT}`, reaction('react', 'love', '❤️')],
		[
			'reactionOther',
			'reaction',
			`aWdfZliked:reaction:${PERSON}:react:other:🍞:${AT}`,
			reaction('react', 'other', '🍞'),
		],
		['reactionTakenBack', 'reaction', `aWdfZliked:reaction:${PERSON}:unreact:${AT}`, reaction('unreact', null, null)],
		['seen', 'seen', `aWdfZread:seen:${PERSON}:${AT}`, { seen: { messageId: 'aWdfZread' } }],
		[
			'feedback',
			'feedback',
			`aWdfZrated:feedback:${PERSON}:Bad response:${AT}`,
			{ feedback: { rating: 'Bad response', messageId: 'aWdfZrated' } },
		],
	])('%s', (name, event, eventId, own) => {
		expect(read(name)).toEqual([whole(name, event, { eventId, ...own })]);
	});
});

describe('a tap', () => {
	const postback = (id: string, title: string, payload: string, referral: IDataObject | null = null) => ({
		eventId: `${id}:postback:${PERSON}:${AT}`,
		postback: { id, title, payload, referral },
	});
	const referral = { ...noReferral, ref: 'flyer', source: 'SHORTLINK', type: 'OPEN_THREAD' };

	it.each<[string, IDataObject]>([
		['postback', postback('aWdfZpost', 'Öffnungszeiten', 'HOURS')],
		['postbackIceBreaker', postback('aWdfZice', 'Wann habt ihr offen?', 'ICE_HOURS')],
		['postbackFromLink', postback('aWdfZpostLink', "Los geht's", 'START', referral)],
	])('%s', (name, own) => {
		expect(read(name)).toEqual([whole(name, 'postback', own)]);
	});

	it('of the account on a button of its own, to test it, is told as that of a person', () => {
		const own = {
			eventId: `aWdfZpostSelf:postback:${BAKERY}:${AT}`,
			postback: { id: 'aWdfZpostSelf', title: 'Start Chatting', payload: 'DEVELOPER_DEFINED_PAYLOAD', referral: null },
		};
		expect(read('postbackSelf', { includeEchoes: false })).toEqual([whole('postbackSelf', 'postback', own)]);
	});
});

describe('a conversation', () => {
	const ad = { ref: 'frühling', source: 'ADS', type: 'OPEN_THREAD', adId: '23843694560100001' };
	const optin = {
		type: 'notification_messages',
		payload: 'NEWS',
		title: 'Neues aus der Backstube',
		ref: null,
		notificationToken: '8000000000000001',
		frequency: 'WEEKLY',
		timezone: 'Europe/Oslo',
		tokenStatus: 'NOT_REFRESHED',
		status: 'RESUME NOTIFICATIONS',
		expiresAt: '2026-11-21T10:05:30.123Z',
		userRef: null,
	};
	const control = {
		action: null,
		previousOwnerAppId: null,
		newOwnerAppId: null,
		requestedOwnerAppId: null,
		metadata: null,
		appRoles: [],
	};
	const roles = [
		{ appId: '123456', roles: ['primary_receiver'] },
		{ appId: '1217981644879628', roles: ['secondary_receiver'] },
	];
	const nobody = { conversationWith: null };

	it.each<[string, string, IDataObject]>([
		[
			'referral',
			'referral',
			{
				referral: {
					...noReferral,
					ref: 'flyer',
					source: 'https://ig.me/m/sandbox_bakery?ref=flyer',
					type: 'OPEN_THREAD',
				},
			},
		],
		['referralFromAd', 'referral', { referral: { ...noReferral, ...ad } }],
		['optin', 'optin', { optin }],
		[
			'handover',
			'handover',
			{
				handover: {
					...control,
					action: 'pass',
					previousOwnerAppId: '263902037430900',
					newOwnerAppId: '123456',
					metadata: 'bitte übernehmen',
				},
			},
		],
		[
			'handoverTake',
			'handover',
			{
				handover: {
					...control,
					action: 'take',
					previousOwnerAppId: '123456',
					newOwnerAppId: '263902037430900',
					metadata: 'Team',
				},
			},
		],
		[
			'handoverRequest',
			'handover',
			{ handover: { ...control, action: 'request', requestedOwnerAppId: '123456', metadata: 'Bot fragt an' } },
		],
		['handoverAppRoles', 'handover', { handover: { ...control, action: 'appRoles', appRoles: roles }, ...nobody }],
		['policy', 'policy', { policy: { action: 'warning', reason: 'Zu viele Beschwerden' }, ...nobody }],
		['policyWithHyphen', 'policy', { policy: { action: 'block', reason: 'Spam' }, ...nobody }],
	])('%s', (name, event, own) => {
		expect(read(name)).toEqual([whole(name, event, { eventId: DIGEST, ...own })]);
	});
});

describe('a conversation that another app has', () => {
	const none = { message: null, messageEdit: null, postback: null, reaction: null, referral: null, seen: null };
	const message = {
		quickReply: null,
		replyTo: null,
		referral: null,
		attachments: [],
		isDeleted: false,
		isSelf: false,
		isUnsupported: false,
		contentProblem: null,
	};
	const unread = {
		...message,
		id: 'aWdfZannouncedStandby',
		text: null,
		appId: null,
		contentProblem: expect.stringContaining('ID only'),
	};

	it.each<[string, string, IDataObject]>([
		['standby', 'message', { message: { ...message, id: 'aWdfZstandby', text: 'Ist da jemand?', appId: null } }],
		[
			'standbyPostback',
			'postback',
			{ postback: { id: 'aWdfZstandbyTap', title: 'Speisekarte', payload: '', referral: null } },
		],
		[
			'standbyReaction',
			'reaction',
			{ reaction: { messageId: 'aWdfZliked', action: 'react', reaction: 'like', emoji: '👍' } },
		],
		['standbyAnnounced', 'message', { message: unread }],
		['standbySeen', 'seen', { seen: { messageId: 'aWdfZread' } }],
	])('%s', (name, event, own) => {
		const eventId = own.message ? `${(own.message as IDataObject).id as string}:standby` : DIGEST;
		expect(read(name)).toEqual([whole(name, 'standby', { eventId, standby: { event }, ...none, ...own })]);
		expect(read(name, { events: [event] })).toEqual([]);
	});

	it('and in which it answers is an echo', () => {
		const own = {
			message: { ...message, id: 'aWdfZstandbyEcho', text: 'Ja, hier ist das Team', appId: '1217981644879628' },
		};
		expect(read('standbyEcho')).toEqual([
			whole('standbyEcho', 'standby', {
				eventId: 'aWdfZstandbyEcho:standby',
				isEcho: true,
				standby: { event: 'echo' },
				...none,
				...own,
			}),
		]);
		expect(read('standbyEcho', { includeEchoes: false })).toEqual([]);
	});
});
