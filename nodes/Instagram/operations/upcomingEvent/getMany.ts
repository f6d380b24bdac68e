import { operation } from '../define';
import { EVENT_FIELDS, EVENT_NOTE } from './shared/upcomingEvent';
import { returnAllAndLimit, simplify } from '../shared/listing';
import { shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const getMany = operation({
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many upcoming events',
	description: `List the upcoming events of the account. ${EVENT_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'events',
	fields: [...returnAllAndLimit, simplify],
	run: async (ctx) =>
		shown(
			ctx,
			await ctx.list({
				method: 'GET',
				path: graphPath`/${ctx.account().id}/upcoming_events`,
				query: { fields: EVENT_FIELDS.join(',') },
			}),
			EVENT_FIELDS,
		),
});
