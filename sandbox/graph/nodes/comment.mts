import { graphTime } from '../../world/clock.mts';
import { repliesTo } from '../../world/comments.mts';
import { scopedIdFor } from '../../world/threads.mts';
import type { Comment } from '../../world/types.mts';
import { listPage } from '../engine/paging.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { mediaNode } from './media.mts';

/** Id and name of a comment's author as the owner of the post sees them. */
export const authorOf = (comment: Comment): { id: string; username: string } =>
	comment.from.kind === 'account'
		? { id: comment.from.account.id, username: comment.from.account.username }
		: {
				id: scopedIdFor(comment.media.account, comment.from.customer),
				username: comment.from.customer.username,
			};

/** A comment (reference "IG Comment", section 8.4). */
export const commentNode: NodeType<Comment> = {
	name: 'IGComment',
	defaults: ['timestamp', 'text', 'id'],
	fields: {
		id: (comment) => comment.id,
		legacy_instagram_comment_id: (comment) => comment.id,
		text: (comment) => comment.text,
		timestamp: (comment) => graphTime(comment.at),
		username: (comment) => authorOf(comment).username,
		from: { nested: true, read: (comment) => authorOf(comment) },
		user: (comment) => (comment.from.kind === 'account' ? { id: comment.from.account.id } : undefined),
		like_count: (comment) => comment.likes,
		hidden: (comment) => comment.hidden,
		parent_id: (comment) => comment.parent?.id,
		media: {
			nested: true,
			read: (comment, { call, children }) => selectNode(mediaNode, comment.media, children, call),
		},
		replies: {
			nested: true,
			read: (comment, { call, args, children }) => {
				const items = repliesTo(comment);
				if (items.length === 0) return undefined;
				return listPage(call, {
					items,
					keyOf: (reply) => reply.id,
					type: commentNode,
					fields: children,
					path: `/${comment.id}/replies`,
					args,
					maxLimit: 50,
				});
			},
		},
	},
};
