import { byAccount } from './authors.mts';
import { DAY_MS } from './clock.mts';
import { newMediaId, newShortcode } from './ids.mts';
import { announceMentions, whereIn } from './mentions.mts';
import type { Account, Container, Media } from './types.mts';
import type { World } from './world.mts';

/** Containers per account and rolling 24 hours. */
const CONTAINERS_PER_DAY = 400;
/** A story is gone after this time. */
export const STORY_LIFE_MS = DAY_MS;
/** A container that is not published expires after this time. */
const CONTAINER_LIFE_MS = DAY_MS;

export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR' | 'EXPIRED';

/**
 * Status of a container at this moment.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
 */
export function containerStatus(world: World, container: Container): ContainerStatus {
	if (container.published) return 'PUBLISHED';
	if (world.clock.now() - container.createdAt >= CONTAINER_LIFE_MS) return 'EXPIRED';
	const busy = !container.fetched || world.clock.now() < container.readyAt;
	if (busy) return 'IN_PROGRESS';
	return container.failureSubcode === undefined ? 'FINISHED' : 'ERROR';
}

const within = (times: number[], since: number): number => times.filter((time) => time > since).length;

/** Posts published through the API since a moment (at most 24 hours back). */
export function quotaUsage(world: World, account: Account, since = world.clock.now() - DAY_MS): number {
	return within(account.publishedAt, since);
}

/** Whether the account has used up its containers of the last 24 hours. */
export function containersExhausted(world: World, account: Account): boolean {
	return within(account.containerTimes, world.clock.now() - DAY_MS) >= CONTAINERS_PER_DAY;
}

/** What a post needs; the rest is how posts begin. */
export type NewMedia = Pick<Media, 'account' | 'mediaType' | 'productType' | 'assetId'> & Partial<Media>;

/** Put a post into the world: announce whom its caption mentions, and at its end a story's figures. */
export function addMedia(world: World, post: NewMedia): Media {
	const { clock, settings } = world;
	const media: Media = {
		id: newMediaId(),
		caption: '',
		shortcode: newShortcode(),
		at: clock.now(),
		likes: 0,
		commentsEnabled: true,
		sharedToFeed: true,
		aiGenerated: false,
		children: [],
		isChild: false,
		comments: [],
		viewers: 0,
		userTags: [],
		productTags: [],
		collaborators: [],
		likedBy: new Set(),
		...post,
	};
	world.media.set(media.id, media);
	if (media.productType === 'STORY') {
		clock.at(media.at + STORY_LIFE_MS + settings.storyInsightsDelayMs, () => {
			if (world.media.has(media.id)) world.emit({ type: 'storyInsights', media });
		});
	}
	announceMentions(world, media.caption, byAccount(media.account), whereIn(media));
	return media;
}

const toMedia = (world: World, container: Container, isChild: boolean): Media => {
	const isStory = container.kind === 'STORIES';
	const carousel = container.kind === 'CAROUSEL';
	return addMedia(world, {
		account: container.account,
		caption: isChild || isStory ? '' : container.caption,
		mediaType: carousel ? 'CAROUSEL_ALBUM' : container.isVideo ? 'VIDEO' : 'IMAGE',
		productType: isStory ? 'STORY' : container.kind === 'REELS' ? 'REELS' : 'FEED',
		assetId: container.assetId ?? container.children[0].assetId ?? '',
		thumbnailAssetId: container.thumbnailAssetId,
		altText: container.altText,
		audioId: container.audioId,
		userTags: container.userTags,
		productTags: container.productTags,
		collaborators: container.collaborators.map((username) => ({ username, status: 'Pending' })),
		sharedToFeed: container.shareToFeed,
		aiGenerated: container.aiGenerated,
		children: container.children.map((child) => toMedia(world, child, true)),
		isChild,
	});
};

/** Turn a finished container into a post; the caller has checked that it may be published. */
export function publishContainer(world: World, container: Container): Media {
	container.published = true;
	container.account.publishedAt.push(world.clock.now());
	return toMedia(world, container, false);
}

const ownMedia = (world: World, account: Account): Media[] =>
	[...world.media.values()]
		.reverse()
		.filter((media) => media.account === account && !media.isChild)
		.sort((a, b) => b.at - a.at);

/** Posts of an account without its stories and live videos, newest first. */
export function feedOf(world: World, account: Account): Media[] {
	return ownMedia(world, account).filter(({ productType }) => ['FEED', 'REELS'].includes(productType));
}

/** What an account broadcasts at the moment. */
export function livesOf(world: World, account: Account): Media[] {
	return ownMedia(world, account).filter(({ productType }) => productType === 'LIVE');
}

/** Stories of the last 24 hours, newest first. */
export function storiesOf(world: World, account: Account): Media[] {
	return ownMedia(world, account).filter(
		(media) => media.productType === 'STORY' && world.clock.now() - media.at < STORY_LIFE_MS,
	);
}

/** Fewest viewers for which Meta tells a story's figures. */
export const FEWEST_VIEWERS = 5;

/** Replies that a story got by direct message. */
export function storyReplies(world: World, story: Media): number {
	return [...world.messages.values()].filter(({ message }) => message.replyToStory?.id === story.id).length;
}
