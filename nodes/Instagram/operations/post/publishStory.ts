import { operation } from '../define';
import { readDetails } from './publishing/details';
import { binaryField, imageUrlField, readSource, sourceField, videoUrlField } from './publishing/media';
import { publishOptions, WAIT_SECONDS, type PublishOptions } from './publishing/options';
import { mediaTypeField, showForType } from './publishing/types';
import { ownLane, publish } from './publishing/publish';

/** @see https://developers.facebook.com/docs/instagram-platform/content-publishing */
export const publishStory = operation({
	value: 'publishStory',
	name: 'Publish Story',
	action: 'Publish a story for all to see',
	description:
		'Publish a JPEG image or a video of 3 to 60 seconds and at most 100 MB, from a URL or a file of this workflow, as a story for 24 hours',
	lane: ownLane,
	fields: [
		mediaTypeField,
		sourceField,
		showForType('image', imageUrlField),
		showForType('video', videoUrlField),
		binaryField,
		publishOptions('story', WAIT_SECONDS.video),
	],
	run: async (ctx) => {
		const options = ctx.param<PublishOptions>('options', {});
		const type = ctx.param<'image' | 'video'>('mediaType', 'image');
		const details = readDetails(ctx, options, type === 'video' ? 'none' : 'optional');
		const media = await readSource(ctx, type, 'story');
		return await publish(ctx, {
			container: { ...media, params: { media_type: 'STORIES', ...media.params, ...details } },
			isStory: true,
			maxWaitSeconds: options.maxWait ?? WAIT_SECONDS.video,
			stopBeforeLimit: options.stopBeforeLimit,
		});
	},
});
