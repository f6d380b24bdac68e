import type { Context } from '../context/context.mts';
import { fetchMedia } from '../graph/media/fetchMedia.mts';
import { makeAsset, sampleAsset, sniffType } from '../world/assets.mts';
import type { Attachment } from '../world/types.mts';
import { storeAsset } from '../world/world.mts';
import { refuse } from './refuse.mts';

/** An attachment as a control call names it. */
export type AttachmentBody = {
	type: string;
	/** Where the bytes are; a small sample of the type when absent. */
	url?: string;
	/** The shared post, reel or story, of an account or of anybody. */
	mediaId?: string;
};

const MAX_BYTES = 25 * 1024 * 1024;
const MEDIA = ['image', 'video', 'audio', 'file', 'sticker', 'gif', 'media'];
const SHARES = ['ig_post', 'ig_reel', 'ig_story', 'reel', 'story'];
const TYPES = [...MEDIA, ...SHARES, 'ephemeral', 'like_heart'];

/**
 * Keys of a share beside its address.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks/examples
 */
const shareDetails = (type: string, id: string, title: string): Record<string, string> => {
	if (type === 'ig_post') return { ig_post_media_id: id, title };
	if (type === 'ig_story') return { story_media_id: id };
	return type === 'ig_reel' ? { reel_video_id: id, title } : {};
};

const shared = ({ world }: Context, type: string, mediaId?: string): Attachment => {
	const newest = [...world.media.values()].at(-1)?.id ?? '';
	const id = mediaId ?? newest;
	const post = world.media.get(id) ?? world.publicPosts.get(id);
	if (!post) throw refuse(404, `There is no post ${id} to share.`);
	// Of a shared carousel, webhooks bring the first image only.
	return { type, assetId: post.assetId, extra: shareDetails(type, id, post.caption) };
};

const sample = ({ world }: Context, type: string): string => storeAsset(world, sampleAsset(type)).id;

/** What a customer attaches to a message: bytes of their own, or somebody's post. */
export async function takeAttachment(context: Context, { type, url, mediaId }: AttachmentBody): Promise<Attachment> {
	if (!TYPES.includes(type)) throw refuse(400, `type must be one of ${TYPES.join(', ')}.`);
	if (type === 'ephemeral' || type === 'like_heart') return { type };
	if (SHARES.includes(type)) return shared(context, type, mediaId);
	if (url === undefined) return { type, assetId: sample(context, type) };
	const fetched = await fetchMedia(context.agent, url, MAX_BYTES);
	if (!fetched.ok) throw refuse(400, `The attachment could not be fetched (${fetched.reason}).`);
	const asset = makeAsset(fetched.bytes, sniffType(fetched.bytes) ?? 'application/octet-stream');
	return { type, assetId: storeAsset(context.world, asset).id };
}
