import { graphTime } from '../../world/clock.mts';
import { topLevelComments } from '../../world/comments.mts';
import type { Media } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import { listPage } from '../engine/paging.mts';
import type { FieldReader, NodeType } from '../engine/select.mts';
import { collaboratorList } from './collaborator.mts';
import { commentNode } from './comment.mts';

/** The address of a post in the app. */
export const permalinkFor = (
	productType: Media['productType'],
	shortcode: string,
	username: string,
	id: string,
): string => {
	if (productType === 'STORY') return `https://www.instagram.com/stories/${username}/${id}`;
	return `https://www.instagram.com/${productType === 'REELS' ? 'reel' : 'p'}/${shortcode}/`;
};

/** Where a post of an account lives in the app. */
export const permalinkOf = ({ productType, shortcode, account, id }: Media): string =>
	permalinkFor(productType, shortcode, account.username, id);

/** Made-up figures, which children of carousels do not have. */
const statistic =
	(of: number): FieldReader<Media> =>
	(media) =>
		media.isChild ? undefined : of === 0 ? 0 : Math.floor(media.likes / of);

/** A post, reel, story or carousel child (reference "IG Media", section 8.3). */
export const mediaNode: NodeType<Media> = {
	name: 'IGMedia',
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
		owner: (media) => ({ id: media.account.id }),
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
