import type { Context } from '../context/context.mts';
import { customerTaps, customerWrites, openWindow, setReaction } from '../world/threads.mts';
import type { Announcement, Message } from '../world/types.mts';
import type { AttachmentBody } from './attachments.mts';
import { takeAttachment } from './attachments.mts';
import { refuse } from './refuse.mts';
import { conversationOf, messageIn, storyOf } from './targets.mts';

/** What a customer says to do; each action reads what it needs. */
export type MessagingBody = {
	account: string;
	text?: string;
	attachments?: AttachmentBody[];
	quickReplyPayload?: string;
	replyTo?: string;
	/** Id of a story, or true for the newest. */
	replyToStory?: string | true;
	/** The ad that was clicked. */
	ad?: { id?: string; ref?: string; title?: string; photoUrl?: string; videoUrl?: string };
	productId?: string;
	unsupported?: boolean | 'attachment';
	announced?: Announcement;
	title?: string;
	payload?: string;
	mid?: string;
	reaction?: string;
	emoji?: string;
	ref?: string;
	feedback?: 'good' | 'bad';
};

type Action = (context: Context, username: string, body: MessagingBody) => unknown;

const EMOJI: Record<string, string> = {
	love: '\u2764\ufe0f',
	laugh: '😆',
	wow: '😮',
	sad: '😢',
	angry: '😠',
	like: '👍',
};

const referralOf = ({ ad, productId }: MessagingBody): Message['referral'] => {
	if (productId !== undefined) return { product: { id: productId } };
	if (!ad) return undefined;
	const context = { ad_title: ad.title, photo_url: ad.photoUrl, video_url: ad.videoUrl };
	return {
		ref: ad.ref,
		ad_id: ad.id ?? '120200000000000001',
		source: 'ADS',
		type: 'OPEN_THREAD',
		ads_context_data: context,
	};
};

const isEmpty = ({ text, quickReplyPayload, attachments, unsupported }: MessagingBody): boolean =>
	(text ?? quickReplyPayload) === undefined && !attachments?.length && !unsupported;

/** What a customer does in a conversation. Each is `POST /sandbox/customers/:username/<action>`. */
export const MESSAGING_ACTIONS: Record<string, Action> = {
	async messages(context, username, body) {
		const { world } = context;
		const thread = conversationOf(world, username, body.account);
		if (isEmpty(body)) throw refuse(400, 'text or attachments are needed.');
		if (body.announced !== undefined && !['beside', 'instead'].includes(body.announced))
			throw refuse(400, 'announced must be beside or instead.');
		const replyToStory =
			body.replyToStory === undefined ? undefined : storyOf(world, thread.account, body.replyToStory);
		const attachments = [];
		for (const attachment of body.attachments ?? []) attachments.push(await takeAttachment(context, attachment));
		const referral = referralOf(body);
		const content = {
			text: body.text ?? body.quickReplyPayload,
			attachments,
			quickReplyPayload: body.quickReplyPayload,
			replyTo: body.replyTo,
			replyToStory,
			...(referral && { referral }),
			...(body.unsupported && {
				unsupported: body.unsupported === true ? ('flag' as const) : body.unsupported,
			}),
			...(body.announced && { announced: body.announced }),
		};
		return { mid: customerWrites(world, thread, content).id };
	},
	postbacks({ world }, username, { account, title = '', payload = '' }) {
		return {
			mid: customerTaps(world, conversationOf(world, username, account), title, payload).id,
		};
	},
	reactions({ world }, username, { account, mid, reaction, emoji }) {
		const thread = conversationOf(world, username, account);
		const message = messageIn(thread, mid);
		const shown = reaction === undefined ? undefined : (emoji ?? EMOJI[reaction]);
		setReaction(message, 'customer', reaction, shown);
		openWindow(world, thread);
		world.emit({
			type: 'reaction',
			thread,
			mid: message.id,
			action: reaction === undefined ? 'unreact' : 'react',
			reaction,
			emoji: shown,
			at: world.clock.now(),
		});
		return { ok: true };
	},
	seen({ world }, username, { account, mid }) {
		const thread = conversationOf(world, username, account);
		world.emit({ type: 'seen', thread, mid: messageIn(thread, mid).id, at: world.clock.now() });
		return { ok: true };
	},
	edits({ world }, username, { account, mid, text }) {
		const thread = conversationOf(world, username, account);
		const message = messageIn(thread, mid);
		message.text = text ?? '';
		message.edits += 1;
		world.emit({ type: 'edit', thread, message, at: world.clock.now() });
		return { ok: true };
	},
	deletions({ world }, username, { account, mid }) {
		const thread = conversationOf(world, username, account);
		const message = messageIn(thread, mid);
		message.deleted = true;
		world.emit({ type: 'delete', thread, message, at: world.clock.now() });
		return { ok: true };
	},
	/** Opens an ig.me link: who has written before is announced now, others with their first message. */
	referrals({ world }, username, { account, ref = '' }) {
		const thread = conversationOf(world, username, account);
		const referral = { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' };
		if (thread.messages.length === 0) {
			thread.arrival = referral;
			return { ok: true };
		}
		openWindow(world, thread);
		world.emit({ type: 'referral', thread, referral, at: world.clock.now() });
		return { ok: true };
	},
	optins({ world }, username, { account, payload = '', title }) {
		const thread = conversationOf(world, username, account);
		const optin = { type: 'notification_messages', payload, ...(title !== undefined && { title }) };
		world.emit({ type: 'optin', thread, optin, at: world.clock.now() });
		return { ok: true };
	},
	feedback({ world }, username, { account, mid, feedback = 'good' }) {
		const thread = conversationOf(world, username, account);
		const message = messageIn(thread, mid);
		if (message.from !== 'account') throw refuse(400, 'Feedback is about what the business wrote.');
		const words = feedback === 'bad' ? 'Bad response' : 'Good response';
		const at = world.clock.now();
		world.emit({ type: 'feedback', thread, mid: message.id, feedback: words, at });
		return { ok: true };
	},
};
