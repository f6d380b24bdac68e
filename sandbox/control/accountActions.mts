import { sampleAsset } from '../world/assets.mts';
import { byAccount } from '../world/authors.mts';
import { writeComment } from '../world/comments.mts';
import { INSTAGRAM_INBOX, passThread, requestThread, takeThread } from '../world/handover.mts';
import { addMedia, livesOf } from '../world/media.mts';
import { commentPublicly } from '../world/publicPosts.mts';
import { accountWrites } from '../world/threads.mts';
import type { Account, Media } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { storeAsset } from '../world/world.mts';
import type { CatalogBody, ScheduleBody } from './accountAssets.mts';
import { addCatalog, schedulePost } from './accountAssets.mts';
import { needApp, refuse } from './refuse.mts';
import { commentTarget, conversationOf, messageIn } from './targets.mts';

/** What the owner says to do; each action reads what it needs. */
export type AccountBody = CatalogBody &
	ScheduleBody & {
		/** Username of the other side of a conversation (its own to write to itself). */
		to: string;
		customer: string;
		text: string;
		mid?: string;
		mediaId?: string;
		parentId?: string;
		/** Usernames who are tagged on a post, and who are invited to it. */
		tags?: string[];
		collaborators?: string[];
		type?: 'image' | 'reel';
		linkStickerUrl?: string;
		action: string;
		reason?: string;
		appId?: string;
		metadata?: string;
		roles?: string[];
		flowId?: string;
	};

type Action = (world: World, account: Account, body: AccountBody) => unknown;

const ofAsset = (world: World, kind: 'image' | 'video') => storeAsset(world, sampleAsset(kind)).id;

const publish = (world: World, account: Account, productType: Media['productType'], more: Partial<Media> = {}) => {
	const isVideo = productType === 'REELS' || productType === 'LIVE';
	return addMedia(world, {
		account,
		productType,
		mediaType: isVideo ? 'VIDEO' : 'IMAGE',
		assetId: ofAsset(world, isVideo ? 'video' : 'image'),
		...more,
	});
};

/** Who acts in the inbox: people there, unless an app is named. */
const actorOf = (world: World, appId: string | undefined): string =>
	appId === undefined ? INSTAGRAM_INBOX : needApp(world, appId).id;

const firstApp = (world: World): string => [...world.apps.keys()][0];

const MESSAGING: Record<string, Action> = {
	messages(world, account, { to, text }) {
		return { mid: accountWrites(world, conversationOf(world, to, account.username), { text }).id };
	},
	edits(world, account, { to, mid, text }) {
		const thread = conversationOf(world, to, account.username);
		const message = messageIn(thread, mid);
		if (message.from !== 'account') throw refuse(400, 'Only own messages can be edited.');
		message.text = text;
		message.edits += 1;
		world.emit({ type: 'edit', thread, message, at: world.clock.now() });
		return { ok: true };
	},
	deletions(world, account, { to, mid }) {
		const thread = conversationOf(world, to, account.username);
		const message = messageIn(thread, mid);
		if (message.from !== 'account') throw refuse(400, 'Only own messages can be deleted.');
		message.deleted = true;
		world.emit({ type: 'delete', thread, message, at: world.clock.now() });
		return { ok: true };
	},
	/** What people in the inbox (or another app) do about the control of a conversation. */
	threadControl(world, account, { customer, action, appId, metadata }) {
		const thread = conversationOf(world, customer, account.username);
		const actor = actorOf(world, action === 'pass' ? undefined : appId);
		if (action === 'pass') passThread(world, thread, actor, appId ?? firstApp(world), metadata);
		else if (action === 'take') takeThread(world, thread, actor, metadata);
		else if (action === 'request') requestThread(world, thread, actor, metadata);
		else if (action === 'release') thread.owner = undefined;
		else throw refuse(400, 'action must be one of pass, take, request, release.');
		return { ok: true };
	},
	appRoles(world, account, { appId, roles = ['primary_receiver'] }) {
		const id = appId ?? firstApp(world);
		world.emit({ type: 'appRoles', account, appId: id, roles, at: world.clock.now() });
		return { ok: true };
	},
	/** Meta warns or blocks the business, which then cannot write by API. */
	policy(world, account, { action, reason = 'The business breaks the rules for messages.' }) {
		if (!['block', 'unblock', 'warning'].includes(action))
			throw refuse(400, 'action must be one of block, unblock, warning.');
		if (action !== 'warning') account.messagingBlocked = action === 'block';
		world.emit({ type: 'policy', account, action, reason, at: world.clock.now() });
		return { ok: true };
	},
};

/** What the owner of an account does by hand: `POST /sandbox/accounts/:username/<action>`. */
export const ACCOUNT_ACTIONS: Record<string, Action> = {
	...MESSAGING,
	comments(world, account, body) {
		const target = commentTarget(world, { ...body, account: account.username });
		const author = byAccount(account);
		const comment =
			'post' in target
				? commentPublicly(world, target.post, author, body.text)
				: writeComment(world, target.media, author, body.text, target.parent);
		return { id: comment.id };
	},
	posts(world, account, { caption = '', type = 'image', tags = [], collaborators = [] }) {
		const post = publish(world, account, type === 'reel' ? 'REELS' : 'FEED', {
			caption,
			userTags: tags.map((username) => ({ username, x: 0.5, y: 0.5 })),
			collaborators: collaborators.map((username) => ({ username, status: 'Pending' })),
		});
		return { id: post.id };
	},
	catalogs: addCatalog,
	scheduledPosts: schedulePost,
	stories(world, account, { linkStickerUrl }) {
		return { id: publish(world, account, 'STORY', { linkStickerUrl }).id };
	},
	/** Goes live; comments on it are live comments until `endLive`. */
	lives(world, account) {
		if (livesOf(world, account).length > 0) throw refuse(409, 'The account is live already.');
		return { id: publish(world, account, 'LIVE').id };
	},
	endLive(world, account) {
		for (const live of livesOf(world, account)) {
			world.media.delete(live.id);
			for (const { id } of live.comments) world.comments.delete(id);
		}
		return { ok: true };
	},
	/** Uses a welcome message flow in an ad, which fixes it. */
	flowAds(_world, account, { flowId }) {
		const flow = account.welcomeFlows.find(({ id }) => id === flowId);
		if (!flow) throw refuse(404, 'There is no such welcome message flow.');
		flow.isUsedInAd = true;
		return { ok: true };
	},
	follows(_world, account, { customer }) {
		account.following.add(customer);
		return { ok: true };
	},
};
