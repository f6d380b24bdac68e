import type { CommentAuthor } from './authors.mts';
import { byCustomer } from './authors.mts';
import { newCommentId, newMediaId, newShortcode } from './ids.mts';
import { announceMentions, whereIn } from './mentions.mts';
import type { Customer, PublicComment, PublicPost } from './types.mts';
import type { World } from './world.mts';

/** Somebody publishes a post; the accounts that its caption mentions hear of it. */
export function publishPublicly(
	world: World,
	owner: Customer,
	post: Pick<PublicPost, 'caption' | 'assetId' | 'mediaType' | 'productType'> & Partial<PublicPost>,
): PublicPost {
	const full: PublicPost = {
		id: newMediaId(),
		owner,
		shortcode: newShortcode(),
		at: world.clock.now(),
		likes: 0,
		likedBy: new Set(),
		comments: [],
		userTags: [],
		...post,
	};
	world.publicPosts.set(full.id, full);
	announceMentions(world, full.caption, byCustomer(owner), whereIn(full));
	return full;
}

/** Somebody comments on such a post. */
export function commentPublicly(world: World, post: PublicPost, from: CommentAuthor, text: string): PublicComment {
	const comment: PublicComment = {
		id: newCommentId(),
		post,
		text,
		at: world.clock.now(),
		from,
		likes: 0,
		likedBy: new Set(),
	};
	post.comments.push(comment);
	world.publicComments.set(comment.id, comment);
	announceMentions(world, text, from, whereIn(post, comment));
	return comment;
}
