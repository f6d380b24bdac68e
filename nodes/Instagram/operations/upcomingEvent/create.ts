import { operation } from '../define';
import {
	endField,
	EVENT_NOTE,
	eventBody,
	remindersField,
	startField,
	titleField,
	type GivenEvent,
} from './shared/upcomingEvent';
import { optionsField } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const create = operation({
	value: 'create',
	name: 'Create',
	action: 'Create an upcoming event',
	description: `Announce an event that people can ask to be reminded of. ${EVENT_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'events',
	fields: [
		{ ...titleField, required: true },
		{ ...startField, required: true },
		optionsField(endField, remindersField),
	],
	run: async (ctx) => {
		const options = ctx.param<GivenEvent>('options', {});
		const body = eventBody(ctx, { ...options, title: ctx.param('title'), startTime: ctx.param<unknown>('startTime') });
		const ifUnclear = 'The event may or may not have been created: look at Get Many before you create it again.';
		const { id } = await ctx.graph({
			method: 'POST',
			path: graphPath`/${ctx.account().id}/upcoming_events`,
			body,
			ifUnclear,
		});
		return { id, title: body.title, startTime: new Date(Number(body.start_time) * 1000).toISOString() };
	},
});
