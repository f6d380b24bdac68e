import { operation } from '../define';
import { readCaption, readDetails } from './publishing/details';
import { binaryField, readCover, readSource, sourceField, videoUrlField } from './publishing/media';
import { captionField, publishOptions, WAIT_SECONDS, type PublishOptions } from './publishing/options';
import { ownLane, publish } from './publishing/publish';

/** @see https://developers.facebook.com/docs/instagram-platform/content-publishing */
export const publishReel = operation({
	value: 'publishReel',
	name: 'Publish Reel',
	action: 'Publish a reel for all to see',
	description:
		'Publish an MP4 or MOV of 3 seconds to 15 minutes and at most 300 MB, from a URL or a file of this workflow, as a reel, and return its link',
	lane: ownLane,
	fields: [sourceField, videoUrlField, binaryField, captionField, publishOptions('reel', WAIT_SECONDS.video)],
	run: async (ctx) => {
		const options = ctx.param<PublishOptions>('options', {});
		const caption = readCaption(ctx);
		const details = readDetails(ctx, options, 'none');
		const media = await readSource(ctx, 'video', 'reel', options.thumbOffset);
		const cover = await readCover(ctx, options.coverUrl ?? '', options.coverBinaryField ?? '');
		return await publish(ctx, {
			container: {
				...media,
				params: { media_type: 'REELS', ...media.params, ...cover, ...(caption ? { caption } : {}), ...details },
			},
			caption,
			maxWaitSeconds: options.maxWait ?? WAIT_SECONDS.video,
			stopBeforeLimit: options.stopBeforeLimit,
		});
	},
});
