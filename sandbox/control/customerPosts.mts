import type { Context } from '../context/context.mts';
import { sampleAsset } from '../world/assets.mts';
import { byCustomer } from '../world/authors.mts';
import { writeComment } from '../world/comments.mts';
import type { CommentAd } from '../world/events.mts';
import { newMediaId } from '../world/ids.mts';
import { STORY_LIFE_MS } from '../world/media.mts';
import { commentPublicly, publishPublicly } from '../world/publicPosts.mts';
import { customerNamed } from '../world/seed.mts';
import { customerWrites, threadOf } from '../world/threads.mts';
import type { Media } from '../world/types.mts';
import { storeAsset } from '../world/world.mts';
import { needAccount, needCustomer, refuse } from './refuse.mts';
import { commentTarget } from './targets.mts';

/** What a customer does in public; each action reads what it needs. */
export type PublicBody = {
	account?: string;
	text?: string;
	mediaId?: string;
	parentId?: string;
	/** The comment is written below an ad; `organic` delivers it a second time as one on the post. */
	ad?: { id?: string; title?: string; organic?: boolean };
	caption?: string;
	type?: 'image' | 'reel';
	/** Usernames of accounts that are tagged on the picture. */
	tags?: string[];
};

type Action = (context: Context, username: string, body: PublicBody) => unknown;

const adOn = (media: Media, ad: PublicBody['ad']): CommentAd | undefined => {
	if (!ad) return undefined;
	media.adMediaId ??= newMediaId();
	const { id, title, organic = false } = ad;
	return { id, title, mediaId: media.adMediaId, andOrganic: organic };
};

/** Each is `POST /sandbox/customers/:username/<action>`. */
export const PUBLIC_ACTIONS: Record<string, Action> = {
	comments({ world }, username, body) {
		const target = commentTarget(world, body);
		const author = byCustomer(customerNamed(world, username));
		const { text = '' } = body;
		if ('post' in target) return { id: commentPublicly(world, target.post, author, text).id };
		const { media, parent } = target;
		if (!media.commentsEnabled) throw refuse(409, 'Comments on this post are switched off.');
		return { id: writeComment(world, media, author, text, parent, adOn(media, body.ad)).id };
	},
	posts({ world }, username, { caption = '', type = 'image', tags = [] }) {
		const isReel = type === 'reel';
		const asset = storeAsset(world, sampleAsset(isReel ? 'video' : 'image'));
		const { id } = publishPublicly(world, customerNamed(world, username), {
			caption,
			assetId: asset.id,
			mediaType: isReel ? 'VIDEO' : 'IMAGE',
			productType: isReel ? 'REELS' : 'FEED',
			userTags: tags.map((name) => ({ username: name, x: 0.5, y: 0.5 })),
		});
		return { id };
	},
	/** Mentions the account in a story: a message, unless the account may not see the story. */
	storyMentions({ world }, username, body) {
		const account = needAccount(world, body.account);
		const customer = customerNamed(world, username);
		if (customer.isPrivate && !account.following.has(username)) return { mid: null };
		const assetId = storeAsset(world, sampleAsset('image')).id;
		const endsAt = world.clock.now() + STORY_LIFE_MS;
		const attachments = [{ type: 'story_mention', assetId, endsAt }];
		return { mid: customerWrites(world, threadOf(world, account, customer), { attachments }).id };
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
