import { feedOf, storiesOf, STORY_LIFE_MS } from '../world/media.mts';
import { customerNamed } from '../world/seed.mts';
import { threadOf } from '../world/threads.mts';
import type { Account, Comment, Media, Message, PublicPost, StoryReply, Thread } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { needAccount, refuse } from './refuse.mts';

/** The conversation of a customer (made when unknown) with the account a control call names. */
export function conversationOf(world: World, username: string, account: unknown): Thread {
	return threadOf(world, needAccount(world, account), customerNamed(world, username));
}

/** A message of a conversation; the last one when none is named. */
export function messageIn(thread: Thread, mid = thread.messages.at(-1)?.id): Message {
	const message = thread.messages.find((one) => one.id === mid && !one.deleted);
	if (!message) throw refuse(404, 'There is no such message in this conversation.');
	return message;
}

/** Where a control call comments. */
export type CommentTarget = { post: PublicPost } | { media: Media; parent?: Comment };

/** The post a control call speaks of (the account's newest by default) and the comment it answers. */
export function commentTarget(
	world: World,
	input: { account?: unknown; mediaId?: string; parentId?: string },
): CommentTarget {
	const post = world.publicPosts.get(input.mediaId ?? '');
	if (post) return { post };
	const parent = input.parentId === undefined ? undefined : world.comments.get(input.parentId);
	const named = input.mediaId === undefined ? undefined : world.media.get(input.mediaId);
	const newest = () => feedOf(world, needAccount(world, input.account))[0];
	const media = parent?.media ?? (input.mediaId === undefined ? newest() : named);
	if (!media || (input.parentId !== undefined && !parent)) throw refuse(404, 'There is no such post or comment.');
	return { media, parent };
}

/** The story that a message answers: one of those that can be seen now. */
export function storyOf(world: World, account: Account, id: string | true): StoryReply {
	const stories = storiesOf(world, account);
	const story = id === true ? stories[0] : stories.find((one) => one.id === id);
	if (!story) throw refuse(404, 'This account shows no such story now.');
	const { assetId, linkStickerUrl } = story;
	return { id: story.id, assetId, linkStickerUrl, endsAt: story.at + STORY_LIFE_MS };
}
