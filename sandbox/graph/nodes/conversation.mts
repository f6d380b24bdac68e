import { graphTime } from '../../world/clock.mts';
import { isReadable, unreadIn, windowIsOpen } from '../../world/threads.mts';
import type { Attachment, Thread } from '../../world/types.mts';
import { cdnUrl } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { FieldRequest } from '../engine/fields.mts';
import type { ThreadMessage } from '../engine/kinds.mts';
import { listPage } from '../engine/paging.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import type { Party } from './party.mts';
import { partyNode } from './party.mts';

const people = (thread: Thread): Record<'account' | 'customer', Party> => ({
	account: { username: thread.account.username, id: thread.account.id },
	customer: { username: thread.customer.username, id: thread.scopedId },
});

/** People as a list in `data`, with the sub-fields that were asked for. */
const listOf = async (parties: Party[], call: Call, children?: FieldRequest[]) => ({
	data: await Promise.all(parties.map(async (party) => await selectNode(partyNode, party, children, call))),
});

const describe = (call: Call, attachment: Attachment): Record<string, unknown> => {
	const asset = attachment.assetId === undefined ? undefined : call.world.assets.get(attachment.assetId);
	if (!asset) return attachment.extra ? { generic_template: attachment.extra } : {};
	const url = cdnUrl(call.world, asset.id);
	const facts = {
		id: asset.id,
		mime_type: asset.contentType,
		name: `${attachment.type}-${asset.id}`,
		size: asset.bytes.length,
	};
	if (attachment.type === 'image') {
		const { width, height } = asset;
		return {
			...facts,
			image_data: { width, height, max_width: width, max_height: height, url, preview_url: url },
		};
	}
	return attachment.type === 'video' ? { ...facts, video_data: { url } } : { ...facts, file_url: url };
};

/** A story as messages name it; its link dies with it. */
const storyLink = (call: Call, id: string, assetId: string, endsAt = 0) => ({
	...(endsAt > call.world.clock.now() && { link: cdnUrl(call.world, assetId, endsAt) }),
	id,
});

/**
 * A direct message. Details of older messages are left out of lists.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api
 */
export const messageNode: NodeType<ThreadMessage> = {
	name: 'Message',
	defaults: ['created_time', 'id'],
	fields: {
		id: ({ message }) => message.id,
		created_time: ({ message }) => graphTime(message.at),
		from: {
			nested: true,
			read: ({ thread, message }, { call, children }) =>
				isReadable(thread, message) ? selectNode(partyNode, people(thread)[message.from], children, call) : undefined,
		},
		to: {
			nested: true,
			read: ({ thread, message }, { call, children }) =>
				isReadable(thread, message)
					? listOf([people(thread)[message.from === 'account' ? 'customer' : 'account']], call, children)
					: undefined,
		},
		reply_to: ({ thread, message }) =>
			isReadable(thread, message) && message.replyTo !== undefined ? { mid: message.replyTo } : undefined,
		message: ({ thread, message }) => (isReadable(thread, message) ? (message.text ?? '') : undefined),
		attachments: ({ thread, message }, { call }) =>
			isReadable(thread, message) && message.attachments.length > 0
				? { data: message.attachments.map((attachment) => describe(call, attachment)) }
				: undefined,
		shares: ({ thread, message }, { call }) => {
			const shared = message.attachments.filter(({ type }) => ['share', 'ig_post', 'ig_reel'].includes(type));
			if (!isReadable(thread, message) || shared.length === 0) return undefined;
			return {
				data: shared.map(({ assetId }) => ({ link: assetId && cdnUrl(call.world, assetId) })),
			};
		},
		story: ({ message }, { call }) => {
			const mention = message.attachments.find(({ type }) => type === 'story_mention');
			if (mention?.assetId) return { mention: storyLink(call, mention.assetId, mention.assetId, mention.endsAt) };
			const story = message.replyToStory;
			return story && { reply_to: storyLink(call, story.id, story.assetId, story.endsAt) };
		},
		reactions: ({ thread, message }) =>
			message.reactions.length === 0
				? undefined
				: {
						data: message.reactions.map(({ by, reaction }) => ({
							reaction,
							users: [people(thread)[by]],
						})),
					},
		is_unsupported: ({ message }) => (message.unsupported ? true : undefined),
		tags: () => undefined,
	},
};

/** Messages of a conversation, newest first; deleted ones are gone. */
export function messagesOf(thread: Thread): ThreadMessage[] {
	return thread.messages
		.filter((message) => !message.deleted)
		.map((message) => ({ thread, message }))
		.reverse();
}

/** How the newest message reads in a list of conversations. */
const snippetOf = (thread: Thread): string | undefined => messagesOf(thread)[0]?.message.text?.slice(0, 100);

/**
 * A conversation. Counts, snippet and `can_reply` answer with Facebook Login only; graph.instagram.com refuses
 * them as unknown fields (reported from live use).
 * @see https://developers.facebook.com/docs/graph-api/reference/conversation
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/conversations-api
 */
export const conversationNode: NodeType<Thread> = {
	name: 'UnifiedThread',
	on: 'conversation',
	defaults: ['id', 'updated_time'],
	without: { instagram: ['message_count', 'unread_count', 'can_reply', 'snippet'] },
	fields: {
		id: (thread) => thread.id,
		updated_time: (thread) => graphTime(thread.updatedAt),
		link: (thread) => `/direct/t/${thread.number}`,
		name: (thread) => thread.customer.name,
		participants: {
			nested: true,
			read: (thread, { call, children }) => listOf(Object.values(people(thread)), call, children),
		},
		message_count: (thread) => messagesOf(thread).length,
		unread_count: (thread) => unreadIn(thread).length,
		can_reply: (thread, { call }) => windowIsOpen(call.world, thread, true),
		snippet: snippetOf,
		messages: {
			nested: true,
			read: (thread, { call, args, children }) =>
				listPage(call, {
					items: messagesOf(thread),
					keyOf: ({ message }) => message.id,
					type: messageNode,
					fields: children,
					path: `/${thread.id}/messages`,
					args,
				}),
		},
	},
};
