import { graphTime } from '../../world/clock.mts';
import { topLevelComments } from '../../world/comments.mts';
import type { Media } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import { listPage } from '../paging.mts';
import type { NodeType } from '../select.mts';
import { commentNode } from './comment.mts';

/** Where a post lives in the app. */
export const permalinkOf = (media: Media): string => {
	if (media.productType === 'STORY') {
		return `https://www.instagram.com/stories/${media.account.username}/${media.id}`;
	}
	const kind = media.productType === 'REELS' ? 'reel' : 'p';
	return `https://www.instagram.com/${kind}/${media.shortcode}/`;
};

/** A post, reel, story or carousel child (reference "IG Media", section 8.3). */
export const mediaNode: NodeType<Media> = {
	name: 'IGMedia',
	defaults: ['id'],
	without: { instagram: ['ig_id', 'legacy_instagram_media_id', 'view_count'] },
	fields: {
		id: (media) => media.id,
		ig_id: (media) => media.id.slice(2),
		legacy_instagram_media_id: (media) => media.id.slice(2),
		caption: (media) => (media.caption === '' ? undefined : media.caption),
		media_type: (media) => media.mediaType,
		media_product_type: (media) => media.productType,
		media_url: (media, { call }) => mediaUrl(call.world, media.assetId),
		thumbnail_url: (media, { call }) =>
			media.mediaType === 'VIDEO' && media.thumbnailAssetId
				? mediaUrl(call.world, media.thumbnailAssetId)
				: undefined,
		permalink: (media) => (media.isChild ? undefined : permalinkOf(media)),
		shortcode: (media) => (media.isChild ? undefined : media.shortcode),
		timestamp: (media) => graphTime(media.at),
		username: (media) => media.account.username,
		owner: (media) => ({ id: media.account.id }),
		alt_text: (media) => media.altText,
		like_count: (media) => media.likes,
		comments_count: (media) => media.comments.filter((comment) => !comment.deleted).length,
		is_comment_enabled: (media) => media.commentsEnabled,
		is_shared_to_feed: (media) => (media.productType === 'REELS' ? media.sharedToFeed : undefined),
		is_ai_generated: (media) => media.aiGenerated,
		view_count: () => undefined,
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
