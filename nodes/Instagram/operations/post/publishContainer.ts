import { operation } from '../define';
import { metaId } from '../shared/metaId';
import { containerIdField } from './publishing/types';
import { publishOptions, WAIT_SECONDS, type PublishOptions } from './publishing/options';
import { reserveQuotaFor, ownLane, publishMade } from './publishing/publish';
import { publishContext } from './publishing/run';

/** @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish */
export const publishContainer = operation({
	value: 'publishContainer',
	name: 'Publish Container',
	action: 'Publish a media container for all to see',
	description:
		'Publish a container that was made before, once it is ready. Finishes what a time limit or an error left behind; a container that is live already is not published again.',
	lane: ownLane,
	fields: [containerIdField, publishOptions('container', WAIT_SECONDS.video)],
	run: async (ctx) => {
		const { maxWait = WAIT_SECONDS.video, stopBeforeLimit } = ctx.param<PublishOptions>('options', {});
		const containerId = metaId(ctx, 'containerId', 'Container ID');
		const publishing = publishContext(ctx, maxWait);
		if (stopBeforeLimit) await reserveQuotaFor(ctx, publishing);
		return await publishMade(ctx, publishing, containerId);
	},
});
