import type { Account, Comment, PublicComment } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import { invalidParam, objectMissing } from '../engine/errors.mts';
import type { FieldReader } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import type { AnyPost } from './publicMedia.mts';
import { isPrivatePost, publicCommentNode, publicMediaNode } from './publicMedia.mts';

/** A post of anybody. */
export function postById(call: Call, id: string): AnyPost | undefined {
	return call.world.media.get(id) ?? call.world.publicPosts.get(id);
}

/** Whether an account was mentioned in the caption of a post, or in that comment below it. */
export function isMentioned(call: Call, account: Account, mediaId: string, commentId?: string): boolean {
	return call.world.mentions.some(
		(mention) => mention.accountId === account.id && mention.mediaId === mediaId && mention.commentId === commentId,
	);
}

/** `mentioned_media.media_id(ID)`: a post in whose caption, or below which, the account was mentioned. */
export const mentionedMedia: FieldReader<Account> = (account, { call, args, children }) => {
	const id = args.media_id;
	if (!id) throw invalidParam('Field mentioned_media needs .media_id(id)');
	const post = postById(call, id);
	const isKnown = call.world.mentions.some((mention) => mention.accountId === account.id && mention.mediaId === id);
	if (!post || !isKnown || isPrivatePost(post)) throw objectMissing('GET', id);
	return selectNode(publicMediaNode, post, children, call);
};

/** `mentioned_comment.comment_id(ID)`: a comment in which the account was mentioned. */
export const mentionedComment: FieldReader<Account> = (account, { call, args, children }) => {
	const id = args.comment_id;
	if (!id) throw invalidParam('Field mentioned_comment needs .comment_id(id)');
	const { world } = call;
	const comment: Comment | PublicComment | undefined = world.comments.get(id) ?? world.publicComments.get(id);
	const post = comment && ('post' in comment ? comment.post : comment.media);
	if (!comment || !post || isPrivatePost(post) || !isMentioned(call, account, post.id, id))
		throw objectMissing('GET', id);
	return selectNode(publicCommentNode, comment, children, call);
};
