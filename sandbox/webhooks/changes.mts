import type { CommentAuthor } from '../world/authors.mts';
import { hasRole, nameOf } from '../world/authors.mts';
import type { CommentAd, Mentioned } from '../world/events.mts';
import { selfScopedId } from '../world/ids.mts';
import type { Login } from '../world/app.mts';
import { FEWEST_VIEWERS, STORY_LIFE_MS, storyReplies } from '../world/media.mts';
import { customerNamed } from '../world/seed.mts';
import { scopedIdFor } from '../world/threads.mts';
import type { Account, Comment, Media, PublicComment } from '../world/types.mts';
import type { World } from '../world/world.mts';
import type { WebhookEvent } from './event.mts';
import { changeEvent } from './event.mts';

type Body = Record<string, unknown>;

const authorBody = (world: World, account: Account, from: CommentAuthor): Body => {
	const username = nameOf(from);
	if (from.kind === 'account' && from.account === account)
		return { id: account.id, username, self_ig_scoped_id: selfScopedId(account.id) };
	return { id: scopedIdFor(account, customerNamed(world, username)), username };
};

const commentBody = (
	world: World,
	login: Login,
	account: Account,
	comment: Comment | PublicComment,
	media: Body,
): Body => ({
	[login === 'instagram' ? 'id' : world.settings.commentIdKey]: comment.id,
	from: authorBody(world, account, comment.from),
	text: comment.text,
	media,
	...('parent' in comment && comment.parent && { parent_id: comment.parent.id }),
});

const mediaBody = ({ id, productType }: Media): Body => ({ id, media_product_type: productType });

const adMedia = ({ id }: Media, ad: CommentAd): Body => ({
	id: ad.mediaId,
	...(ad.id !== undefined && { ad_id: ad.id }),
	...(ad.title !== undefined && { ad_title: ad.title }),
	original_media_id: id,
	media_product_type: 'AD',
});

/**
 * A comment, on an ad too; below a boosted post it may come twice.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
export function commentEvents(world: World, login: Login, comment: Comment, ad?: CommentAd): WebhookEvent[] {
	const { media, at, from } = comment;
	const medias = [...(ad ? [adMedia(media, ad)] : []), ...(ad && !ad.andOrganic ? [] : [mediaBody(media)])];
	const field = media.productType === 'LIVE' ? 'live_comments' : 'comments';
	const body = (shown: Body) => commentBody(world, login, media.account, comment, shown);
	return medias.map((shown) => ({
		...changeEvent(media.account, field, at, hasRole(from), body(shown)),
		isPrivate: media.account.isPrivate,
	}));
}

/**
 * A mention. Facebook Login has a field for it, which only tells where; Instagram Login tells of
 * mentions in comments only, as of a comment.
 */
export function mentionEvents(
	world: World,
	login: Login,
	account: Account,
	by: CommentAuthor,
	where: Mentioned,
	at: number,
): WebhookEvent[] {
	const { comment, isPrivate, mediaId, mediaProductType } = where;
	const common = [at, hasRole(by)] as const;
	if (login === 'facebook') {
		const body = { ...(comment && { comment_id: comment.id }), media_id: mediaId };
		return [{ ...changeEvent(account, 'mentions', ...common, body), isPrivate }];
	}
	if (!comment) return [];
	const media = { id: mediaId, media_product_type: mediaProductType };
	const body = commentBody(world, login, account, comment, media);
	return [{ ...changeEvent(account, 'comments', ...common, body), isPrivate }];
}

/** The figures of a story that has ended; -1 when too few people saw it. */
export function storyInsightsEvent(world: World, story: Media): WebhookEvent {
	const { viewers, at } = story;
	const few = viewers < FEWEST_VIEWERS;
	const part = (of: number): number => (few ? -1 : Math.floor(viewers / of));
	const body = {
		media_id: story.id,
		impressions: few ? -1 : viewers + Math.floor(viewers / 3),
		reach: part(1),
		taps_forward: part(2),
		taps_back: part(4),
		exits: part(5),
		replies: few ? -1 : storyReplies(world, story),
	};
	return changeEvent(story.account, 'story_insights', at + STORY_LIFE_MS, true, body);
}
