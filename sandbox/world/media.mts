import { DAY_MS } from './clock.mts';
import { newMediaId, newShortcode } from './ids.mts';
import type { Account, Container, Media } from './types.mts';
import type { World } from './world.mts';

/** Containers per account and rolling 24 hours. */
export const CONTAINERS_PER_DAY = 400;
/** A container that is not published expires after this time. */
export const CONTAINER_LIFE_MS = DAY_MS;

export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR' | 'EXPIRED';

/** Status of a container at this moment (section 7.3 of the fact sheet). */
export const containerStatus = (world: World, container: Container): ContainerStatus => {
	if (container.published) return 'PUBLISHED';
	if (world.clock.now() - container.createdAt >= CONTAINER_LIFE_MS) return 'EXPIRED';
	const busy = !container.fetched || world.clock.now() < container.readyAt;
	if (busy) return 'IN_PROGRESS';
	return container.failureSubcode === undefined ? 'FINISHED' : 'ERROR';
};

const within = (times: number[], since: number): number =>
	times.filter((time) => time > since).length;

/** Posts published through the API since a moment (at most 24 hours back). */
export const quotaUsage = (
	world: World,
	account: Account,
	since = world.clock.now() - DAY_MS,
): number => within(account.publishedAt, since);

/** Whether the account has used up its containers of the last 24 hours. */
export const containersExhausted = (world: World, account: Account): boolean =>
	within(account.containerTimes, world.clock.now() - DAY_MS) >= CONTAINERS_PER_DAY;

const toMedia = (world: World, container: Container, isChild: boolean): Media => {
	const id = newMediaId();
	const isStory = container.kind === 'STORIES';
	const carousel = container.kind === 'CAROUSEL';
	const media: Media = {
		id,
		account: container.account,
		caption: isChild || isStory ? '' : container.caption,
		mediaType: carousel ? 'CAROUSEL_ALBUM' : container.isVideo ? 'VIDEO' : 'IMAGE',
		productType: isStory ? 'STORY' : container.kind === 'REELS' ? 'REELS' : 'FEED',
		assetId: container.assetId ?? container.children[0].assetId ?? '',
		shortcode: newShortcode(),
		at: world.clock.now(),
		altText: container.altText,
		likes: 0,
		commentsEnabled: true,
		sharedToFeed: container.shareToFeed,
		aiGenerated: container.aiGenerated,
		children: container.children.map((child) => toMedia(world, child, true)),
		isChild,
		comments: [],
	};
	world.media.set(id, media);
	return media;
};

/** Turn a finished container into a post; the caller has checked that it may be published. */
export const publishContainer = (world: World, container: Container): Media => {
	container.published = true;
	container.account.publishedAt.push(world.clock.now());
	return toMedia(world, container, false);
};

const ownMedia = (world: World, account: Account): Media[] =>
	[...world.media.values()]
		.reverse()
		.filter((media) => media.account === account && !media.isChild)
		.sort((a, b) => b.at - a.at);

/** Posts of an account without its stories, newest first. */
export const feedOf = (world: World, account: Account): Media[] =>
	ownMedia(world, account).filter((media) => media.productType !== 'STORY');

/** Stories of the last 24 hours, newest first. */
export const storiesOf = (world: World, account: Account): Media[] =>
	ownMedia(world, account).filter(
		(media) => media.productType === 'STORY' && world.clock.now() - media.at < DAY_MS,
	);
