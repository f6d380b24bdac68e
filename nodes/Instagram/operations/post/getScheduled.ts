import { operation } from '../define';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

const SCHEDULED_FIELDS = ['id', 'caption', 'media_type', 'media_url', 'thumbnail_url', 'publish_timestamp'];

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const getScheduled = operation({
	value: 'getScheduled',
	name: 'Get Scheduled',
	action: 'Get the scheduled posts of the account',
	description:
		'List the posts that are planned in the Instagram app or in Meta Business Suite, with the time at which they appear. Facebook Login only.',
	logins: ['facebookUser', 'facebookPage'],
	fields: [...returnAllAndLimit, simplify],
	run: async (ctx) => {
		const path = graphPath`/${ctx.account().id}/scheduled_media`;
		return shown(
			ctx,
			await ctx.list({ method: 'GET', path, query: { fields: SCHEDULED_FIELDS.join(',') }, mayLackFields: true }),
			SCHEDULED_FIELDS,
		);
	},
});
