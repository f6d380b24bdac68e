import { isSelfThread } from '../world/threads.mts';
import type { Login } from '../world/app.mts';
import type { Attachment, Message, Thread } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { cdnUrl } from '../world/world.mts';

type Body = Record<string, unknown>;

/** What graph.facebook.com's messaging sends no webhook for (Webhooks for Instagram Messaging, "Limitations"). */
const SILENT = ['sticker', 'gif', 'like_heart'];

/** Whether a message is announced: of stickers and GIFs only Instagram Login hears, as of images. */
export function isAnnounced({ attachments }: Message, login: Login): boolean {
	return login === 'instagram' || !attachments.some(({ type }) => SILENT.includes(type));
}

const attachmentBody = (world: World, { type, assetId, extra, endsAt }: Attachment): Body => {
	// A shared story has no `url` (reported from live use).
	const key = type === 'ig_story' ? 'story_media_url' : 'url';
	const address = assetId === undefined ? {} : { [key]: cdnUrl(world, assetId, endsAt) };
	const payload = { ...extra, ...address };
	const shown = type === 'sticker' || type === 'gif' ? 'image' : type;
	return Object.keys(payload).length > 0 ? { type: shown, payload } : { type: shown };
};

const attachmentsOf = (world: World, message: Message): Body => {
	const list = message.attachments.map((attachment) => attachmentBody(world, attachment));
	if (message.unsupported === 'attachment') list.push({ type: 'unsupported_type' });
	return list.length > 0 ? { attachments: list } : {};
};

const replyTo = (world: World, { replyTo: mid, replyToStory: story }: Message): Body => {
	if (story === undefined) return mid === undefined ? {} : { reply_to: { mid } };
	const { id, assetId, endsAt, linkStickerUrl } = story;
	return {
		reply_to: {
			story: {
				url: cdnUrl(world, assetId, endsAt),
				id,
				...(linkStickerUrl !== undefined && { link_sticker_url: linkStickerUrl }),
			},
		},
	};
};

/** The marks of what the business itself wrote. */
export function echoMarks(thread: Thread, { from }: Message): Body {
	return {
		...(from === 'account' && { is_echo: true }),
		...(isSelfThread(thread) && { is_self: true }),
	};
}

/**
 * The `message` object of a webhook.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export function messageBody(world: World, thread: Thread, message: Message): Body {
	return {
		mid: message.id,
		...(message.text !== undefined && { text: message.text }),
		...attachmentsOf(world, message),
		...(message.quickReplyPayload !== undefined && {
			quick_reply: { payload: message.quickReplyPayload },
		}),
		...replyTo(world, message),
		...(message.referral !== undefined && { referral: message.referral }),
		...(message.unsupported !== undefined && { is_unsupported: true }),
		...echoMarks(thread, message),
	};
}
