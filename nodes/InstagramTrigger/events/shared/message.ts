import { anyObject, flag, id, list, object, ownObject, text, words, type Field, type Shape } from './shape';
import { referralField } from './referral';
import { isObject } from './values';

const payload =
	(...keys: string[]) =>
	(attachment: { payload?: unknown }) => {
		const from = isObject(attachment.payload) ? attachment.payload : {};
		return keys.map((key) => from[key]).find((value) => value !== undefined && value !== null);
	};

const attachmentShape: Shape = {
	type: text(
		'type',
		'`image`, `video`, `audio`, `file`, `ig_post`, `ig_reel`, `reel`, `share`, `story`, `ig_story`, `story_mention`, `ephemeral` (may be seen once: no address), `template`, `like_heart`, `fallback` (a link), `unsupported_type`',
	),
	url: text(
		(attachment) => payload('url')(attachment) ?? attachment.url,
		'Address of the file; it stops working after a while, so download at once what you need',
	),
	title: text(
		(attachment) => payload('title')(attachment) ?? attachment.title,
		'Caption of a shared post or reel, title of a link',
	),
	mediaId: id(payload('ig_post_media_id', 'reel_video_id', 'id'), 'Post or reel that was shared'),
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

const messageShape: Shape = {
	id: id('mid', 'The message'),
	text: words('text', 'What was written; empty when there is no text'),
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
};

/** The `message` of an item, the same for all events that are messages. */
export const messageField: Field = ownObject('message', 'The message', messageShape);
