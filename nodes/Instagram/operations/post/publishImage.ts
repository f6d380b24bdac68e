import { operation } from '../define';
import { readCaption, readDetails } from './publishing/details';
import { binaryField, imageUrlField, readSource, sourceField } from './publishing/media';
import { captionField, publishOptions, WAIT_SECONDS, type PublishOptions } from './publishing/options';
import { ownLane, publish } from './publishing/publish';

/** @see https://developers.facebook.com/docs/instagram-platform/content-publishing */
export const publishImage = operation({
	value: 'publishImage',
	name: 'Publish Image',
	action: 'Publish an image for all to see',
	description:
		'Publish a JPEG image of between 4:5 and 1.91:1, from a URL or a file of this workflow, as a post, and return its link',
	lane: ownLane,
	fields: [sourceField, imageUrlField, binaryField, captionField, publishOptions('image', WAIT_SECONDS.image)],
	run: async (ctx) => {
		const options = ctx.param<PublishOptions>('options', {});
		const caption = readCaption(ctx);
		const details = readDetails(ctx, options, 'needed');
		const media = await readSource(ctx, 'image', 'feed');
		return await publish(ctx, {
			container: { ...media, params: { ...media.params, ...(caption ? { caption } : {}), ...details } },
			caption,
			maxWaitSeconds: options.maxWait ?? WAIT_SECONDS.image,
			stopBeforeLimit: options.stopBeforeLimit,
		});
	},
});
