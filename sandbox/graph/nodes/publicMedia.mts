import type { CommentAuthor } from '../../world/authors.mts';
import { nameOf } from '../../world/authors.mts';
import { graphTime } from '../../world/clock.mts';
import type { Comment, Media, PublicComment, PublicPost } from '../../world/types.mts';
import { mediaUrl } from '../../world/world.mts';
import { listPage } from '../engine/paging.mts';
import type { FieldReader, FieldRule, NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';
import { permalinkFor } from './permalink.mts';

/** A post as somebody sees it who does not own it. */
export type AnyPost = Media | PublicPost;
type AnyComment = Comment | PublicComment;

/** Username of a post's author. */
export function ownerName(post: AnyPost): string {
	return 'account' in post ? post.account.username : post.owner.username;
}

/** Whether only followers see a post. */
export function isPrivatePost(post: AnyPost): boolean {
	return 'account' in post ? post.account.isPrivate : post.owner.isPrivate;
}

/** Where a post lives in the app. */
export function publicLink(post: AnyPost): string {
	return permalinkFor(post.productType, post.shortcode, ownerName(post), post.id);
}

const commentsOf = (post: AnyPost): AnyComment[] =>
	[...post.comments].filter((comment) => !('deleted' in comment && comment.deleted)).reverse();

const authorOf = (comment: AnyComment): CommentAuthor => comment.from;

/** A comment below somebody else's post. */
export const publicCommentNode: NodeType<AnyComment> = {
	name: 'IGComment',
	defaults: ['timestamp', 'text', 'id'],
	fields: {
		id: (comment) => comment.id,
		text: (comment) => comment.text,
		timestamp: (comment) => graphTime(comment.at),
		like_count: (comment) => comment.likes,
		username: (comment) => nameOf(authorOf(comment)),
		media: {
			nested: true,
			read: (comment, { call, children }) => {
				const post = 'post' in comment ? comment.post : comment.media;
				return selectNode(publicMediaNode, post, children, call);
			},
		},
	},
};

const FIELDS: Record<string, FieldReader<AnyPost> | FieldRule<AnyPost>> = {
	id: (post) => post.id,
	// Captions of others come without the sign of mentions (reference "IG Media").
	caption: (post) => (post.caption === '' ? undefined : post.caption.replaceAll('@', '')),
	media_type: (post) => post.mediaType,
	media_product_type: (post) => post.productType,
	media_url: (post, { call }) => mediaUrl(call.world, post.assetId),
	permalink: publicLink,
	timestamp: (post) => graphTime(post.at),
	username: ownerName,
	like_count: (post) => post.likes,
	comments_count: (post) => commentsOf(post).length,
	owner: (post) => ('account' in post ? { id: post.account.id } : undefined),
	children: {
		nested: true,
		read: (post, { call, args, children }) =>
			'children' in post && post.children.length > 0
				? listPage(call, {
						items: post.children,
						keyOf: (child) => child.id,
						type: childNode,
						fields: children,
						path: `/${post.id}/children`,
						args,
						withoutUrls: true,
					})
				: undefined,
	},
	comments: {
		nested: true,
		read: (post, { call, args, children }) =>
			listPage(call, {
				items: commentsOf(post),
				keyOf: (comment) => comment.id,
				type: publicCommentNode,
				fields: children,
				path: `/${post.id}/comments`,
				args,
				maxLimit: 50,
				withoutUrls: true,
			}),
	},
};

const childNode: NodeType<AnyPost> = {
	name: 'IGMedia',
	defaults: ['id'],
	fields: { id: FIELDS.id, media_type: FIELDS.media_type, media_url: FIELDS.media_url },
};

const withFields = (names: string[]): NodeType<AnyPost> => ({
	name: 'IGMedia',
	defaults: ['id'],
	fields: Object.fromEntries(names.map((name) => [name, FIELDS[name]])),
});

const COMMON = [
	'id',
	'caption',
	'children',
	'comments_count',
	'like_count',
	'media_type',
	'media_url',
	'permalink',
	'timestamp',
];

/**
 * Posts in which one was mentioned or tagged.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentioned_media
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/tags
 */
export const publicMediaNode: NodeType<AnyPost> = withFields([
	...COMMON,
	'media_product_type',
	'username',
	'owner',
	'comments',
]);

/**
 * Posts found by a hashtag, which do not say whose they are.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-hashtag/recent-media
 */
export const hashtagMediaNode: NodeType<AnyPost> = withFields(COMMON);

/** Posts of a discovered business; the only place where views are told. */
export const discoveredMediaNode: NodeType<AnyPost> = {
	...withFields([...COMMON, 'media_product_type', 'username', 'owner']),
};
discoveredMediaNode.fields.view_count = (post) => (post.mediaType === 'VIDEO' ? post.likes * 7 : undefined);
