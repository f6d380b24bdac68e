import { anyObject, flag, id, list, object, ownObject, text, type Field, type Shape } from './shape';
import { referralField } from './referral';
import { asText, isObject } from './values';

const payload =
	(...keys: string[]) =>
	(attachment: { payload?: unknown }) => {
		const from = isObject(attachment.payload) ? attachment.payload : {};
		return keys.map((key) => from[key]).find((value) => asText(value));
	};

const attachmentShape: Shape = {
	type: text(
		'type',
		'`image`, `video`, `audio`, `file`, `ig_post`, `ig_reel`, `reel`, `share`, `story`, `ig_story`, `story_mention`, `ephemeral` (may be seen once: no address), `template`, `like_heart`, `fallback` (a link), `unsupported_type`',
	),
	url: text(
		// A shared story has `story_media_url`; where `url` stands beside it, that one leads elsewhere.
		(attachment) => payload('story_media_url', 'url')(attachment) ?? attachment.url,
		'Address of the file; it stops working after a while, so download at once what you need. Of a shared reel it can be the page at Instagram',
	),
	title: text(
		(attachment) => payload('title')(attachment) ?? attachment.title,
		'Caption of a shared post or reel, title of a link',
	),
	mediaId: id(
		payload('ig_post_media_id', 'reel_video_id', 'story_media_id', 'id'),
		'Post, reel or story that was shared',
	),
	payload: anyObject('payload', 'All that Meta says about the attachment'),
};

export const storyShape: Shape = {
	id: id('id', 'The story'),
	url: text('url', 'Address of the story; it works as long as the story lives'),
	linkStickerUrl: text('link_sticker_url', 'Link of the sticker in the story'),
};

const isUnsupported = ({ is_unsupported, attachments }: { is_unsupported?: unknown; attachments?: unknown }): boolean =>
	is_unsupported === true ||
	(Array.isArray(attachments) && attachments.some((one) => isObject(one) && one.type === 'unsupported_type'));

/** An empty text would say that nothing was written. */
const whatIsKnown = ({ text: written, content_problem: problem }: { text?: unknown; content_problem?: unknown }) =>
	asText(written) ?? (problem === undefined ? '' : null);

const messageShape: Shape = {
	id: id('mid', 'The message'),
	text: text(whatIsKnown, 'What was written; empty when there is no text, null when the content is not known'),
	attachments: list('attachments', 'Pictures, videos, voice messages, files, shared posts and more', attachmentShape),
	quickReply: object('quick_reply', 'The quick reply that was tapped', {
		payload: text('payload', 'What the quick reply carries'),
	}),
	replyTo: object('reply_to', 'What the message answers', {
		messageId: id('mid', 'An earlier message'),
		story: object('story', 'A story', storyShape),
	}),
	referral: referralField,
	appId: id('app_id', 'App that sent the message (echoes)'),
	isDeleted: flag('is_deleted', 'The message was taken back'),
	isSelf: flag('is_self', 'The account writes to itself, as a test'),
	isUnsupported: flag(isUnsupported, 'Meta does not hand out the content'),
	contentProblem: text(
		'content_problem',
		'Why the content is not known, as a sentence: Meta announced the message by its ID only, and did not tell the rest in time when it was asked. Null for all other messages. Ask with Message: Get; where Meta delivers the content later, the event comes again with the same `eventId`',
	),
};

/** The `message` of an item, the same for all events that are messages. */
export const messageField: Field = ownObject('message', 'The message', messageShape);
