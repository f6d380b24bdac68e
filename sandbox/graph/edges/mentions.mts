import { byAccount } from '../../world/authors.mts';
import { writeComment } from '../../world/comments.mts';
import { commentPublicly } from '../../world/publicPosts.mts';
import type { Account } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import { isMentioned, postById } from '../nodes/mention.mts';
import { isPrivatePost } from '../nodes/publicMedia.mts';

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

/**
 * Answers to mentions, for both logins.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentions
 */
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
