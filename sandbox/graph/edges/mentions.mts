import { byAccount } from '../../world/authors.mts';
import { writeComment } from '../../world/comments.mts';
import { commentPublicly } from '../../world/publicPosts.mts';
import type { Account, Comment, PublicComment } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam, objectMissing } from '../engine/errors.mts';
import type { AnyPost } from '../nodes/publicMedia.mts';
import { isPrivatePost, publicCommentNode, publicMediaNode } from '../nodes/publicMedia.mts';
import type { FieldReader } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';

const postById = (call: Call, id: string): AnyPost | undefined =>
	call.world.media.get(id) ?? call.world.publicPosts.get(id);

const isMentioned = (call: Call, account: Account, mediaId: string, commentId?: string): boolean =>
	call.world.mentions.some(
		(mention) => mention.accountId === account.id && mention.mediaId === mediaId && mention.commentId === commentId,
	);

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

const answer = (call: Call, account: Account): unknown => {
	const { media_id: mediaId, comment_id: commentId, message } = call.params;
	const post = postById(call, String(mediaId));
	const known = commentId === undefined ? undefined : String(commentId);
	if (!post || !isMentioned(call, account, post.id, known) || isPrivatePost(post))
		throw invalidParam('The account was not mentioned there');
	const text = String(message);
	const author = byAccount(account);
	const { world } = call;
	if (!('account' in post)) return { id: commentPublicly(world, post, author, text).id };
	const parent = known === undefined ? undefined : world.comments.get(known);
	return { id: writeComment(world, post, author, text, parent).id };
};

/** Answers to mentions (section 8.5), for both logins. */
export const mentionEndpoints: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: 'mentions',
		method: 'POST',
		token: 'any',
		scopes: ['instagram_basic', 'instagram_manage_comments'],
		params: { comment_id: 'string', media_id: 'string!', message: 'string!' },
		run: answer,
	}),
];
