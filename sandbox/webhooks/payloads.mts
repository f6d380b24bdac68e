import { unixSeconds } from '../world/clock.mts';
import { scopedIdFor } from '../world/threads.mts';
import type { Login } from '../world/app.mts';
import type { Attachment, Comment, Message, Thread, WorldEvent } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { cdnUrl } from '../world/world.mts';

/** One webhook event, before it is put into an envelope. */
export interface WebhookEvent {
	accountId: string;
	/** Field of the `instagram` object that the app must be subscribed to. */
	field: string;
	style: 'messaging' | 'changes';
	/** The object in `messaging[]`, or the `value` of the change. */
	body: Record<string, unknown>;
	/** When it happened, in ms. */
	at: number;
}

/** The id by which a business is known to itself in webhooks about its own actions. */
export const selfScopedId = (accountId: string): string => `9${accountId.slice(2)}1`;

const attachmentBody = (world: World, { type, assetId, extra }: Attachment) => {
	const payload = { ...extra, ...(assetId !== undefined && { url: cdnUrl(world, assetId) }) };
	return Object.keys(payload).length > 0 ? { type, payload } : { type };
};

const messageBody = (world: World, message: Message): Record<string, unknown> => ({
	mid: message.id,
	...(message.text !== undefined && { text: message.text }),
	...(message.attachments.length > 0 && {
		attachments: message.attachments.map((attachment) => attachmentBody(world, attachment)),
	}),
	...(message.quickReplyPayload !== undefined && {
		quick_reply: { payload: message.quickReplyPayload },
	}),
	...(message.replyTo !== undefined && { reply_to: { mid: message.replyTo } }),
	...(message.from === 'account' && { is_echo: true }),
});

const messaging = (
	thread: Thread,
	field: string,
	at: number,
	from: Message['from'],
	body: Record<string, unknown>,
): WebhookEvent => {
	const account = { id: thread.account.id };
	const customer = { id: thread.scopedId };
	const [sender, recipient] = from === 'customer' ? [customer, account] : [account, customer];
	return {
		accountId: thread.account.id,
		field,
		style: 'messaging',
		at,
		body: { sender, recipient, timestamp: at, ...body },
	};
};

const commentBody = (world: World, comment: Comment, login: Login): Record<string, unknown> => {
	const { media, from } = comment;
	const author =
		from.kind === 'account'
			? {
					id: from.account.id,
					username: from.account.username,
					self_ig_scoped_id: selfScopedId(from.account.id),
				}
			: { id: scopedIdFor(media.account, from.customer), username: from.customer.username };
	return {
		[login === 'instagram' ? 'id' : world.settings.commentIdKey]: comment.id,
		from: author,
		text: comment.text,
		media: { id: media.id, media_product_type: media.productType },
		...(comment.parent && { parent_id: comment.parent.id }),
	};
};

/** The webhook for something that happened, in the shapes of sections 4.5 to 4.7. */
export const toWebhook = (world: World, event: WorldEvent, login: Login): WebhookEvent => {
	switch (event.type) {
		case 'message': {
			const { thread, message } = event;
			return messaging(thread, 'messages', message.at, message.from, {
				message: messageBody(world, message),
			});
		}
		case 'postback': {
			const { thread, message, title, payload } = event;
			return messaging(thread, 'messaging_postbacks', message.at, 'customer', {
				postback: { mid: message.id, title, payload },
			});
		}
		case 'reaction': {
			const { thread, mid, action, reaction, emoji, at } = event;
			const detail = action === 'react' ? { reaction, emoji } : {};
			return messaging(thread, 'message_reactions', at, 'customer', {
				reaction: { mid, action, ...detail },
			});
		}
		case 'seen':
			return messaging(event.thread, 'messaging_seen', event.at, 'customer', {
				read: { mid: event.mid },
			});
		case 'edit': {
			const { thread, message, at } = event;
			return messaging(thread, 'message_edit', at, 'customer', {
				message_edit: { mid: message.id, text: message.text, num_edit: message.edits },
			});
		}
		case 'delete': {
			const { thread, message, at } = event;
			return messaging(thread, 'messages', at, message.from, {
				message: {
					mid: message.id,
					is_deleted: true,
					...(message.from === 'account' && { is_echo: true }),
				},
			});
		}
		case 'comment': {
			const { comment } = event;
			return {
				accountId: comment.media.account.id,
				field: 'comments',
				style: 'changes',
				at: comment.at,
				body: commentBody(world, comment, login),
			};
		}
	}
};

/**
 * Up to 1000 events in one delivery body; events of one account and style share an entry, except
 * where a change stands directly in its entry.
 */
export const toEnvelope = (
	events: WebhookEvent[],
	sentAt: number,
	includeValues: boolean,
	changesShape: 'changes' | 'entry' = 'changes',
): unknown => {
	const entries = new Map<string, Record<string, unknown>>();
	for (const event of events) {
		const time = event.style === 'messaging' ? sentAt : unixSeconds(sentAt);
		if (event.style === 'changes' && includeValues && changesShape === 'entry') {
			const { accountId: id, field, body: value } = event;
			entries.set(`${entries.size}`, { id, time, field, value });
			continue;
		}
		const key = `${event.accountId} ${event.style}`;
		const entry = entries.get(key) ?? { id: event.accountId, time };
		const list =
			event.style === 'messaging' ? 'messaging' : includeValues ? 'changes' : 'changed_fields';
		const item =
			list === 'messaging'
				? event.body
				: list === 'changes'
					? { field: event.field, value: event.body }
					: event.field;
		entry[list] = [...((entry[list] as unknown[] | undefined) ?? []), item];
		entries.set(key, entry);
	}
	return { object: 'instagram', entry: [...entries.values()] };
};

/**
 * The sample behind the Test button of the App Dashboard: account "0", always as a change, messaging
 * samples with a timestamp in seconds as a string (section 4.5).
 */
export const toTestSample = (field: string, now: number): unknown => {
	const isComment = field === 'comments' || field === 'live_comments';
	const value = isComment
		? {
				id: '17865799348089039',
				from: { id: '232323232', username: 'test' },
				media: { id: '123123123', media_product_type: 'FEED' },
				text: 'This is an example.',
			}
		: {
				sender: { id: '12334' },
				recipient: { id: '23245' },
				timestamp: String(unixSeconds(now)),
				...(field === 'messages' && { message: { mid: 'random_mid', text: 'random_text' } }),
			};
	return {
		object: 'instagram',
		entry: [{ id: '0', time: unixSeconds(now), changes: [{ field, value }] }],
	};
};
