import { operation } from '../define';
import { EVENT_FIELDS, EVENT_NOTE, eventIdField, eventIdOf } from './shared/upcomingEvent';
import { simplify } from '../shared/listing';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const get = operation({
	value: 'get',
	name: 'Get',
	action: 'Get an upcoming event',
	description: `Read title, times and reminders of one event. ${EVENT_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'events',
	fields: [eventIdField, simplify],
	run: async (ctx) =>
		shown(
			ctx,
			[
				await ctx.graph({
					method: 'GET',
					path: graphPath`/${eventIdOf(ctx)}`,
					query: { fields: EVENT_FIELDS.join(',') },
				}),
			],
			EVENT_FIELDS,
		),
});
