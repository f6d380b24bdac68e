import { checkFilled } from '../../../meta/input/check';
import { listOf } from '../../../meta/publishing/details';
import { operation, type RunContext } from '../define';
import { readCaption, readDetails } from './publishing/details';
import { binaryField, readCover, readSource, sourceField, type MediaUse, type Part } from './publishing/media';
import { captionField, containerOptions, WAIT_SECONDS, type PublishOptions } from './publishing/options';
import { publishContext } from './publishing/run';
import { makeContainer, ownLane } from './publishing/publish';
import {
	childrenField,
	containerTypeField,
	mediaTypeField,
	mediaUrlField,
	showFor,
	type ContainerType,
} from './publishing/types';
import { DAY_MS } from '../../../meta/time';

const WITH_CAPTION = ['carousel', 'image', 'reel'];
const WITH_MEDIA = ['carouselItem', 'image', 'reel', 'story'];

/** What is special about each type: where the media goes, and the parameters that name it. */
const USES: Record<Exclude<ContainerType, 'carousel'>, { use: MediaUse; params: (isVideo: boolean) => object }> = {
	carouselItem: {
		use: 'carousel',
		params: (isVideo) => ({ is_carousel_item: true, ...(isVideo ? { media_type: 'VIDEO' } : {}) }),
	},
	image: { use: 'feed', params: () => ({}) },
	reel: { use: 'reel', params: () => ({ media_type: 'REELS' }) },
	story: { use: 'story', params: () => ({ media_type: 'STORIES' }) },
};

async function readPart(ctx: RunContext, type: ContainerType, options: PublishOptions): Promise<Part> {
	const caption = WITH_CAPTION.includes(type) ? readCaption(ctx) : '';
	const captioned = caption ? { caption } : {};
	if (type === 'carousel') {
		const children = listOf(ctx.param<unknown>('children', ''));
		checkFilled(ctx.fail, 'Item Container IDs', children[0]);
		return {
			isVideo: false,
			params: { media_type: 'CAROUSEL', children, ...captioned, ...readDetails(ctx, options, 'none') },
		};
	}
	const isVideo = type === 'reel' || (type !== 'image' && ctx.param<string>('mediaType', 'image') === 'video');
	const { params, use } = USES[type];
	const details = readDetails(ctx, options, isVideo ? 'none' : type === 'story' ? 'optional' : 'needed');
	const media = await readSource(ctx, isVideo ? 'video' : 'image', use, options.thumbOffset, 'mediaUrl');
	const cover = type === 'reel' ? await readCover(ctx, options.coverUrl ?? '', options.coverBinaryField ?? '') : {};
	return { ...media, params: { ...params(isVideo), ...media.params, ...cover, ...captioned, ...details } };
}

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media */
export const createContainer = operation({
	value: 'createContainer',
	name: 'Create Container',
	action: 'Create a media container',
	description:
		'Give media to Instagram without publishing it, and return the ID of its container, which lives 24 hours. Publish Container publishes it.',
	lane: ownLane,
	fields: [
		containerTypeField,
		showFor('containerType', ['carouselItem', 'story'], mediaTypeField),
		childrenField,
		showFor('containerType', WITH_MEDIA, sourceField),
		showFor('containerType', WITH_MEDIA, mediaUrlField),
		showFor('containerType', WITH_MEDIA, binaryField),
		showFor('containerType', WITH_CAPTION, captionField),
		containerOptions(),
	],
	run: async (ctx) => {
		const type = ctx.param<ContainerType>('containerType', 'image');
		const part = await readPart(ctx, type, ctx.param<PublishOptions>('options', {}));
		const { id } = await makeContainer(ctx, publishContext(ctx, WAIT_SECONDS.video), part);
		return { containerId: id, containerType: type, expiresAt: new Date(Date.now() + DAY_MS).toISOString() };
	},
});
