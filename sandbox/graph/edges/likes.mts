import type { Account, Comment, PublicComment } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import type { AnyPost } from '../nodes/publicMedia.mts';
import { isPrivatePost } from '../nodes/publicMedia.mts';

const BURST = 50;
const BURST_MS = 5_000;
const LOCK_MS = 3_600_000;

/**
 * Likes in quick succession lock the API for an hour.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
const checkBurst = (call: Call, account: Account): void => {
	const now = call.world.clock.now();
	const { likes } = account;
	likes.times = [...likes.times.filter((time) => now - time < BURST_MS), now];
	if (likes.times.length > BURST) likes.lockedUntil = now + LOCK_MS;
	if (now < likes.lockedUntil)
		throw new GraphError({ code: 613, message: '(#613) Too many likes; try again in an hour' });
};

const readPost = (post: AnyPost | undefined): AnyPost => {
	if (!post || post.productType === 'STORY' || isPrivatePost(post))
		throw invalidParam('Param media_id names no post that can be liked');
	return post;
};

const readComment = (comment: Comment | PublicComment | undefined): Comment | PublicComment => {
	const post = comment && ('post' in comment ? comment.post : comment.media);
	if (!comment || !post || isPrivatePost(post))
		throw invalidParam('Param comment_id names no comment that can be liked');
	return comment;
};

const targetOf = (call: Call): AnyPost | Comment | PublicComment => {
	const { media_id: media, comment_id: comment } = call.params;
	if ((media === undefined) === (comment === undefined))
		throw invalidParam('Exactly one of media_id and comment_id is needed');
	const { world } = call;
	const [id, commentId] = [String(media), String(comment)];
	return media === undefined
		? readComment(world.comments.get(commentId) ?? world.publicComments.get(commentId))
		: readPost(world.media.get(id) ?? world.publicPosts.get(id));
};

const change = (method: 'POST' | 'DELETE'): Endpoint =>
	endpoint({
		on: 'account',
		edge: 'likes',
		method,
		token: 'any',
		scopes: ['instagram_basic', 'instagram_manage_engagement'],
		params: { media_id: 'string', comment_id: 'string' },
		run: (call, account) => {
			checkBurst(call, account);
			const target = targetOf(call);
			const { username } = account;
			if (method === 'POST' && !target.likedBy.has(username)) {
				target.likedBy.add(username);
				target.likes += 1;
			}
			if (method === 'DELETE' && target.likedBy.delete(username)) target.likes -= 1;
			return { success: true };
		},
	});

/**
 * Likes of posts and comments by the account; doing it twice is no error.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export const likeEndpoints: Endpoint[] = [change('POST'), change('DELETE')];
