import { graphTime } from '../../world/clock.mts';
import { repliesTo, topLevelComments } from '../../world/comments.mts';
import { scopedIdFor } from '../../world/threads.mts';
import type { Comment, Media } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import { listPage } from '../engine/paging.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { collaboratorList } from './collaborator.mts';
import type { Party } from './party.mts';
import { partyNode } from './party.mts';
import { permalinkOf } from './permalink.mts';

/** Made-up figures, which children of carousels do not have. */
const statistic =
	(of: number): FieldReader<Media> =>
	(media) =>
		media.isChild ? undefined : of === 0 ? 0 : Math.floor(media.likes / of);

/**
 * A post, reel, story or carousel child.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media
 */
export const mediaNode: NodeType<Media> = {
	name: 'IGMedia',
	on: 'media',
	defaults: ['id'],
	without: {
		instagram: [
			'ig_id',
			'legacy_instagram_media_id',
			'view_count',
			'copyright_check_information',
			'reposts_count',
			'saved_count',
			'shares_count',
			'total_like_count',
			'total_comments_count',
			'total_views_count',
			'collaborators',
		],
	},
	fields: {
		id: (media) => media.id,
		ig_id: (media) => media.id.slice(2),
		legacy_instagram_media_id: (media) => media.id.slice(2),
		caption: (media) => (media.caption === '' ? undefined : media.caption),
		media_type: (media) => media.mediaType,
		media_product_type: (media) => media.productType,
		media_url: (media, { call }) => mediaUrl(call.world, media.assetId),
		thumbnail_url: (media, { call }) =>
			media.mediaType === 'VIDEO' && media.thumbnailAssetId ? mediaUrl(call.world, media.thumbnailAssetId) : undefined,
		permalink: (media) => (media.isChild ? undefined : permalinkOf(media)),
		shortcode: (media) => (media.isChild ? undefined : media.shortcode),
		timestamp: (media) => graphTime(media.at),
		username: (media) => media.account.username,
		owner: {
			nested: true,
			read: ({ account: { id, username } }, { call, children }) =>
				selectNode({ ...partyNode, name: 'IGUser', defaults: ['id'] }, { id, username }, children, call),
		},
		alt_text: (media) => media.altText,
		like_count: (media) => media.likes,
		comments_count: (media) => media.comments.filter((comment) => !comment.deleted).length,
		is_comment_enabled: (media) => media.commentsEnabled,
		is_shared_to_feed: (media) => (media.productType === 'REELS' ? media.sharedToFeed : undefined),
		is_ai_generated: (media) => media.aiGenerated,
		view_count: () => undefined,
		media_audio_type: (media) =>
			media.mediaType === 'VIDEO' ? (media.audioId ? 'MUSIC' : 'ORIGINAL_SOUND') : undefined,
		copyright_check_information: (media) =>
			media.mediaType === 'VIDEO' ? { status: { status: 'completed', matches_found: false } } : undefined,
		reposts_count: statistic(0),
		saved_count: statistic(9),
		shares_count: statistic(7),
		total_like_count: (media, scope) => statistic(1)(media, scope) && media.likes,
		total_comments_count: (media, scope) => statistic(1)(media, scope) && media.comments.length,
		total_views_count: statistic(2),
		collaborators: {
			nested: true,
			read: (media, { call, children }) => collaboratorList(call, media, children),
		},
		children: {
			nested: true,
			read: (media, { call, args, children }) =>
				media.children.length === 0
					? undefined
					: listPage(call, {
							items: media.children,
							keyOf: (child) => child.id,
							type: mediaNode,
							fields: children,
							path: `/${media.id}/children`,
							args,
						}),
		},
		comments: {
			nested: true,
			scopes: ['instagram_manage_comments'],
			read: (media, { call, args, children }) =>
				listPage(call, {
					items: topLevelComments(media),
					keyOf: (comment) => comment.id,
					type: commentNode,
					fields: children,
					path: `/${media.id}/comments`,
					args,
					maxLimit: 50,
				}),
		},
	},
};

/** Id and name of a comment's author as the owner of the post sees them. */
const authorOf = (comment: Comment): Party =>
	comment.from.kind === 'account'
		? { id: comment.from.account.id, username: comment.from.account.username }
		: {
				id: scopedIdFor(comment.media.account, comment.from.customer),
				username: comment.from.customer.username,
			};

/**
 * A comment.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment
 */
export const commentNode: NodeType<Comment> = {
	name: 'IGComment',
	on: 'comment',
	defaults: ['timestamp', 'text', 'id'],
	fields: {
		id: (comment) => comment.id,
		legacy_instagram_comment_id: (comment) => comment.id,
		text: (comment) => comment.text,
		timestamp: (comment) => graphTime(comment.at),
		username: (comment) => authorOf(comment).username,
		from: {
			nested: true,
			read: (comment, { call, children }) => selectNode(partyNode, authorOf(comment), children, call),
		},
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
