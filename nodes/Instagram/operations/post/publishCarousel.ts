import { operation } from '../define';
import { itemFields, readItems } from './publishing/carouselItems';
import { readCaption, readDetails } from './publishing/details';
import { captionField, publishOptions, WAIT_SECONDS, type PublishOptions } from './publishing/options';
import { ownLane, publish } from './publishing/publish';

/** @see https://developers.facebook.com/docs/instagram-platform/content-publishing */
export const publishCarousel = operation({
	value: 'publishCarousel',
	name: 'Publish Carousel',
	action: 'Publish a carousel for all to see',
	description:
		'Publish 2 to 10 images and videos, from URLs or files of this workflow, as one post to swipe through, and return its link. Instagram crops all to the shape of the first.',
	lane: ownLane,
	fields: [...itemFields, captionField, publishOptions('carousel', WAIT_SECONDS.video)],
	run: async (ctx) => {
		const options = ctx.param<PublishOptions>('options', {});
		const caption = readCaption(ctx);
		const details = readDetails(ctx, options, 'none');
		return await publish(ctx, {
			children: await readItems(ctx),
			container: { isVideo: false, params: { media_type: 'CAROUSEL', ...(caption ? { caption } : {}), ...details } },
			caption,
			maxWaitSeconds: options.maxWait ?? WAIT_SECONDS.video,
			stopBeforeLimit: options.stopBeforeLimit,
		});
	},
});
