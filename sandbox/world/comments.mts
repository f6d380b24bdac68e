import type { CommentAuthor } from './authors.mts';
import type { CommentAd } from './events.mts';
import { newCommentId } from './ids.mts';
import { announceMentions, whereIn } from './mentions.mts';
import type { Comment, Media } from './types.mts';
import type { World } from './world.mts';

/** Write a comment; a reply to a reply attaches to the top-level comment. */
export function writeComment(
	world: World,
	media: Media,
	from: CommentAuthor,
	text: string,
	parent?: Comment,
	ad?: CommentAd,
): Comment {
	const comment: Comment = {
		id: newCommentId(),
		media,
		text,
		at: world.clock.now(),
		from,
		parent: parent?.parent ?? parent,
		hidden: false,
		likes: 0,
		likedBy: new Set(),
		deleted: false,
		privatelyReplied: false,
	};
	media.comments.push(comment);
	world.comments.set(comment.id, comment);
	world.emit({ type: 'comment', comment, ad });
	announceMentions(world, text, from, whereIn(media, comment));
	return comment;
}

/** Top-level comments of a post, newest first. */
export function topLevelComments(media: Media): Comment[] {
	return media.comments.filter((comment) => !comment.parent && !comment.deleted).reverse();
}

/** Replies below a comment, oldest first as the app shows them. */
export function repliesTo(comment: Comment): Comment[] {
	return comment.media.comments.filter((reply) => reply.parent === comment && !reply.deleted);
}

/** Remove a comment and the replies below it. */
export function deleteComment(world: World, comment: Comment): void {
	for (const gone of [comment, ...repliesTo(comment)]) {
		gone.deleted = true;
		world.comments.delete(gone.id);
	}
}
