import type { Mentioned } from './events.mts';
import type { CommentAuthor } from './authors.mts';
import type { Comment, Media, PublicComment, PublicPost } from './types.mts';
import type { World } from './world.mts';

const USERNAME = /(?<![\w.])@([\w.]*\w)/g;

/** Usernames that a text mentions, without the sign. */
function namesIn(text: string): Set<string> {
	return new Set([...text.matchAll(USERNAME)].map(([, name]) => name));
}

/** The place of a mention: a post's caption, or a comment below it. */
export function whereIn(post: Media | PublicPost, comment?: Comment | PublicComment): Mentioned {
	return {
		mediaId: post.id,
		mediaProductType: post.productType,
		isPrivate: 'account' in post ? post.account.isPrivate : post.owner.isPrivate,
		owner: 'account' in post ? post.account : undefined,
		comment,
	};
}

/**
 * Tell the accounts that a text mentions: in a caption or comment of a post that is not theirs
 * (Webhooks for Instagram, field `mentions`).
 */
export function announceMentions(world: World, text: string, by: CommentAuthor, where: Mentioned): void {
	const names = namesIn(text);
	for (const account of world.accounts.values()) {
		const isOwn = account === where.owner || (by.kind === 'account' && by.account === account);
		if (isOwn || !names.has(account.username)) continue;
		world.mentions.push({
			accountId: account.id,
			mediaId: where.mediaId,
			commentId: where.comment?.id,
		});
		world.emit({ type: 'mention', account, by, in: where, at: world.clock.now() });
	}
}
