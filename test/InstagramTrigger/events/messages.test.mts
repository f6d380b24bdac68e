import type { IDataObject } from 'n8n-workflow';
import { PERSON, read, whole } from '../../support/events.mts';

const plain = {
	text: '',
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
const cdn = (asset: number) => `https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=${asset}&signature=x`;
const file = (type: string, url: string | null, more: IDataObject = {}) => ({
	type,
	url,
	title: null,
	mediaId: null,
	payload: url === null ? null : { url },
	...more,
});
const referral = {
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

describe('a message', () => {
	const text = 'Grüße, versendet ihr nach Åland? 👋';
	const ad = {
		ref: 'frühling',
		source: 'ADS',
		type: 'OPEN_THREAD',
		adId: '23843694560100001',
		adTitle: 'Frühlingsbrot',
		photoUrl: 'https://scontent.example/ad.jpg',
		videoUrl: 'https://scontent.example/ad.mp4',
		postId: '17900000000000098',
		productId: '4410000000000001',
	};
	const post = { url: cdn(21), title: 'Törtchen', ig_post_media_id: '18139494541428835' };
	const reel = { url: cdn(20), title: 'Wie wir Brot backen 🍞', reel_video_id: '18000000000000001' };
	const reelPage = {
		reel_video_id: '18000000000000001',
		title: 'Brot',
		url: 'https://www.instagram.com/reel/DAbc/',
	};
	const storyId = '17900000000000031';
	const shared = { mediaId: storyId, payload: { story_media_id: storyId, story_media_url: cdn(17) } };
	const link = { title: 'Öffnungszeiten', url: 'https://bakery.example/hours' };

	it.each<[string, string, IDataObject]>([
		['text', 'aWdfZtext', { text }],
		['quickReply', 'aWdfZquick', { text: 'Ja', quickReply: { payload: 'YES' } }],
		['replyToMessage', 'aWdfZreply', { text: 'Die mit Mohn', replyTo: { messageId: 'aWdfZearlier', story: null } }],
		['adReferral', 'aWdfZad', { text: 'Gibt es das noch?', referral: ad }],
		[
			'productReferral',
			'aWdfZproduct',
			{ text: 'Ist das glutenfrei?', referral: { ...referral, productId: '4410000000000002' } },
		],
		[
			'linkReferral',
			'aWdfZlink',
			{ text: 'Hallo', referral: { ...referral, ref: 'flyer', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
		],
		['unsupported', 'aWdfZunsupported', { isUnsupported: true }],
		['attachmentVideo', 'aWdfZattachmentVideo', { attachments: [file('video', cdn(10))] }],
		['attachmentAudio', 'aWdfZattachmentAudio', { attachments: [file('audio', cdn(11))] }],
		['attachmentFile', 'aWdfZattachmentFile', { attachments: [file('file', cdn(12))] }],
		['attachmentMedia', 'aWdfZattachmentMedia', { attachments: [file('media', cdn(13))] }],
		['attachmentShare', 'aWdfZattachmentShare', { attachments: [file('share', cdn(14))] }],
		['attachmentReel', 'aWdfZattachmentReel', { attachments: [file('reel', cdn(15))] }],
		['attachmentStory', 'aWdfZattachmentStory', { attachments: [file('story', cdn(16))] }],
		['attachmentIgStory', 'aWdfZattachmentIgStory', { attachments: [file('ig_story', cdn(17), shared)] }],
		[
			'attachmentIgStoryBoth',
			'aWdfZattachmentIgStoryBoth',
			{
				attachments: [
					file('ig_story', cdn(17), {
						...shared,
						payload: { url: 'https://www.instagram.com/stories/somebody/1', ...shared.payload },
					}),
				],
			},
		],
		[
			'attachmentIgReelPage',
			'aWdfZattachmentIgReelPage',
			{
				attachments: [
					file('ig_reel', reelPage.url, { title: 'Brot', mediaId: reelPage.reel_video_id, payload: reelPage }),
				],
			},
		],
		[
			'attachmentIgReel',
			'aWdfZattachmentIgReel',
			{
				attachments: [
					file('ig_reel', cdn(20), { title: 'Wie wir Brot backen 🍞', mediaId: '18000000000000001', payload: reel }),
				],
			},
		],
		[
			'attachmentIgPost',
			'aWdfZattachmentIgPost',
			{ attachments: [file('ig_post', cdn(21), { title: 'Törtchen', mediaId: '18139494541428835', payload: post })] },
		],
		[
			'attachmentLink',
			'aWdfZattachmentLink',
			{ attachments: [file('fallback', link.url, { title: link.title, payload: link })] },
		],
		[
			'attachmentLinkOutside',
			'aWdfZattachmentLinkOutside',
			{ attachments: [file('fallback', link.url, { title: link.title, payload: null })] },
		],
		[
			'attachmentImages',
			'aWdfZattachmentImages',
			{ text: 'zwei Bilder', attachments: [file('image', cdn(22)), file('image', cdn(23))] },
		],
		['attachmentSticker', 'aWdfZattachmentSticker', { attachments: [file('like_heart', null)] }],
		['attachmentEphemeral', 'aWdfZattachmentEphemeral', { attachments: [file('ephemeral', null)] }],
		[
			'attachmentUnsupported',
			'aWdfZattachmentUnsupported',
			{ attachments: [file('unsupported_type', null)], isUnsupported: true },
		],
		['messageInChanges', 'aWdfZinChanges', { text: 'auch so' }],
		['pageInEntry', 'aWdfZpage', { text: 'an die Seite' }],
	])('%s', (name, id, message) => {
		expect(read(name)).toEqual([whole(name, 'message', { eventId: id, message: { ...plain, id, ...message } })]);
	});

	it('without an ID stays apart from the next one', () => {
		const [first, second] = read('messagesWithoutId');
		expect([first.message, second.message]).toMatchObject([
			{ id: null, text: 'erste' },
			{ id: null, text: 'zweite' },
		]);
		expect(first.eventId).not.toBe(second.eventId);
	});
});

describe('a message about a story', () => {
	const url = 'https://cdn.example/story';
	const story = { id: '17900000000000001', url, linkStickerUrl: null };
	const withLink = {
		...story,
		url: 'https://lookaside.fbsbx.com/story',
		linkStickerUrl: 'https://bakery.example/shop',
	};

	it.each([
		['storyReply', 'aWdfZstory', 'schön!', story],
		['storyReplyWithLink', 'aWdfZstoryLink', 'Wo gibt es das?', withLink],
	])('that answers it: %s', (name, id, text, storyReply) => {
		const message = { ...plain, id, text, replyTo: { messageId: null, story: storyReply } };
		expect(read(name)).toEqual([whole(name, 'storyReply', { eventId: id, storyReply, message })]);
	});

	it('that mentions the account in it', () => {
		const message = { ...plain, id: 'aWdfZmention', attachments: [file('story_mention', cdn(30))] };
		expect(read('storyMention')).toEqual([
			whole('storyMention', 'storyMention', { eventId: 'aWdfZmention', storyMention: { url: cdn(30) }, message }),
		]);
	});

	it.each(['storyReply', 'storyMention'])(
		'comes to a trigger for messages, too, and to one for it alone: %s',
		(name) => {
			expect(read(name, { events: ['message'] })).toMatchObject([{ event: name }]);
			expect(read(name, { events: [name] })).toMatchObject([{ event: name }]);
			expect(read('text', { events: [name] })).toEqual([]);
		},
	);
});

describe('a message that is taken back', () => {
	it.each([
		['deleted', 'aWdfZgone', false],
		['deletedByAccount', 'aWdfZgoneOwn', true],
	])('%s', (name, id, isEcho) => {
		const message = { ...plain, id, isDeleted: true };
		expect(read(name)).toEqual([whole(name, 'messageDeleted', { eventId: `${id}:deleted`, isEcho, message })]);
	});

	it('by the account itself is an echo', () => {
		expect(read('deletedByAccount', { includeEchoes: false })).toEqual([]);
		expect(read('deletedByAccount', { includeOwnComments: false })).toMatchObject([{ conversationWith: PERSON }]);
	});
});

describe('a message of the account itself', () => {
	const button = {
		template_type: 'button',
		text: 'Abholen?',
		buttons: [{ type: 'postback', title: 'Ja', payload: 'PICK_UP' }],
	};

	it.each<[string, string, IDataObject]>([
		['echo', 'aWdfZecho', { text: 'Danke für die Nachricht' }],
		['echoOfApp', 'aWdfZechoApp', { text: 'Ihre Bestellung ist da', appId: '1217981644879628' }],
		['echoTemplate', 'aWdfZtemplate', { attachments: [file('template', null, { payload: button })] }],
		['echoSelf', 'aWdfZself', { text: 'Test', isSelf: true }],
	])('%s', (name, id, message) => {
		expect(read(name)).toEqual([
			whole(name, 'echo', { eventId: id, isEcho: true, message: { ...plain, id, ...message } }),
		]);
		expect(read(name, { includeEchoes: false })).toEqual([]);
	});
});
