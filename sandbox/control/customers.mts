import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { fetchMedia } from '../graph/fetchMedia.mts';
import { makeAsset, paintJpeg, sniffType } from '../world/assets.mts';
import { byCustomer, writeComment } from '../world/comments.mts';
import { feedOf } from '../world/media.mts';
import { customerNamed } from '../world/seed.mts';
import {
	customerTaps,
	customerWrites,
	openWindow,
	setReaction,
	threadOf,
} from '../world/threads.mts';
import type { Account, Attachment, Comment, Media, Message, Thread } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { storeAsset } from '../world/world.mts';
import { describeInbox } from './describe.mts';
import { needAccount, needCustomer, refuse } from './refuse.mts';

const MAX_BYTES = 25 * 1024 * 1024;
const EMOJI: Record<string, string> = {
	love: '\u2764\ufe0f',
	laugh: '😆',
	wow: '😮',
	sad: '😢',
	angry: '😠',
	like: '👍',
};

const takeAttachment = async (
	context: Context,
	{ type, url }: { type: string; url?: string },
): Promise<Attachment> => {
	if (type === 'ephemeral' || type === 'like_heart') return { type };
	if (url === undefined) {
		return {
			type,
			assetId: storeAsset(
				context.world,
				makeAsset(paintJpeg(320, 320, [200, 120, 160]), 'image/jpeg'),
			).id,
		};
	}
	const fetched = await fetchMedia(context.agent, url, MAX_BYTES);
	if (!fetched.ok) throw refuse(400, `The attachment could not be fetched (${fetched.reason}).`);
	const asset = makeAsset(fetched.bytes, sniffType(fetched.bytes) ?? 'application/octet-stream');
	return { type, assetId: storeAsset(context.world, asset).id };
};

/** The post a control call speaks of (the newest by default) and the comment it answers. */
export const commentTarget = (
	world: World,
	account: Account,
	input: { mediaId?: string; parentId?: string },
): { media: Media; parent?: Comment } => {
	const parent = input.parentId === undefined ? undefined : world.comments.get(input.parentId);
	const media =
		parent?.media ??
		(input.mediaId === undefined ? feedOf(world, account)[0] : world.media.get(input.mediaId));
	if (!media || media.account !== account || (input.parentId !== undefined && !parent)) {
		throw refuse(404, 'There is no such post or comment on this account.');
	}
	return { media, parent };
};

const messageIn = (thread: Thread, mid: string | undefined): Message => {
	const message = thread.messages.find((one) => one.id === mid && !one.deleted);
	if (!message) throw refuse(404, 'There is no such message in this conversation.');
	return message;
};

interface CustomerBody {
	account: string;
	text?: string;
	attachments?: Array<{ type: string; url?: string }>;
	quickReplyPayload?: string;
	replyTo?: string;
	title?: string;
	payload?: string;
	mediaId?: string;
	parentId?: string;
	mid?: string;
	reaction?: string;
	emoji?: string;
}

/** What a customer does in the app. Each call is `POST /sandbox/customers/:username/<action>`. */
const ACTIONS: Record<string, (context: Context, username: string, body: CustomerBody) => unknown> =
	{
		async messages(context, username, body) {
			const { world } = context;
			const thread = threadOf(
				world,
				needAccount(world, body.account),
				customerNamed(world, username),
			);
			if ((body.text ?? body.quickReplyPayload) === undefined && !body.attachments?.length)
				throw refuse(400, 'text or attachments are needed.');
			const attachments: Attachment[] = [];
			for (const attachment of body.attachments ?? [])
				attachments.push(await takeAttachment(context, attachment));
			const { quickReplyPayload, replyTo } = body;
			const text = body.text ?? quickReplyPayload;
			return {
				mid: customerWrites(world, thread, { text, attachments, quickReplyPayload, replyTo }).id,
			};
		},
		postbacks({ world }, username, body) {
			const thread = threadOf(
				world,
				needAccount(world, body.account),
				customerNamed(world, username),
			);
			return { mid: customerTaps(world, thread, body.title ?? '', body.payload ?? '').id };
		},
		comments({ world }, username, body) {
			const { media, parent } = commentTarget(world, needAccount(world, body.account), body);
			if (!media.commentsEnabled) throw refuse(409, 'Comments on this post are switched off.');
			return {
				id: writeComment(
					world,
					media,
					byCustomer(customerNamed(world, username)),
					body.text ?? '',
					parent,
				).id,
			};
		},
		reactions({ world }, username, { account, mid, reaction, emoji }) {
			const thread = threadOf(world, needAccount(world, account), customerNamed(world, username));
			const message = messageIn(thread, mid);
			const shown = reaction === undefined ? undefined : (emoji ?? EMOJI[reaction]);
			setReaction(message, 'customer', reaction, shown);
			openWindow(world, thread);
			const action = reaction === undefined ? 'unreact' : 'react';
			world.emit({
				type: 'reaction',
				thread,
				mid: message.id,
				action,
				reaction,
				emoji: shown,
				at: world.clock.now(),
			});
			return { ok: true };
		},
		seen({ world }, username, { account, mid }) {
			const thread = threadOf(world, needAccount(world, account), customerNamed(world, username));
			const last = mid ?? thread.messages.at(-1)?.id;
			world.emit({ type: 'seen', thread, mid: messageIn(thread, last).id, at: world.clock.now() });
			return { ok: true };
		},
		edits({ world }, username, { account, mid, text }) {
			const thread = threadOf(world, needAccount(world, account), customerNamed(world, username));
			const message = messageIn(thread, mid);
			message.text = text ?? '';
			message.edits += 1;
			world.emit({ type: 'edit', thread, message, at: world.clock.now() });
			return { ok: true };
		},
		deletions({ world }, username, { account, mid }) {
			const thread = threadOf(world, needAccount(world, account), customerNamed(world, username));
			const message = messageIn(thread, mid);
			message.deleted = true;
			world.emit({ type: 'delete', thread, message, at: world.clock.now() });
			return { ok: true };
		},
		follows({ world }, username, { account }) {
			customerNamed(world, username).follows.add(needAccount(world, account).id);
			return { ok: true };
		},
		blocks({ world }, username, { account }) {
			needCustomer(world, username).blocked.add(needAccount(world, account).id);
			return { ok: true };
		},
	};

/** The customer's side of the control API. */
export const serveCustomers = (server: FastifyInstance, context: Context): void => {
	for (const [name, act] of Object.entries(ACTIONS)) {
		server.post<{ Params: { username: string }; Body: CustomerBody }>(
			`/sandbox/customers/:username/${name}`,
			async ({ params, body }) => await act(context, params.username, body),
		);
	}
	server.patch<{ Params: { username: string }; Body: { hasRole?: boolean } }>(
		'/sandbox/customers/:username',
		({ params, body }) => {
			const customer = customerNamed(context.world, params.username);
			customer.hasRole = body.hasRole ?? customer.hasRole;
			return { ok: true };
		},
	);
	server.get<{ Params: { username: string }; Querystring: { account?: string } }>(
		'/sandbox/customers/:username/inbox',
		({ params, query }) =>
			describeInbox(
				context.world,
				needAccount(context.world, query.account),
				needCustomer(context.world, params.username),
			),
	);
};
