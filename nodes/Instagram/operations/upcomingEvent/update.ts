import type { IDataObject } from 'n8n-workflow';
import { operation } from '../define';
import {
	endField,
	EVENT_FIELDS,
	EVENT_NOTE,
	eventBody,
	eventIdField,
	eventIdOf,
	remindersField,
	startField,
	titleField,
	type GivenEvent,
} from './shared/upcomingEvent';
import { simplify } from '../shared/listing';
import { optionsField, shown } from '../shared/reading';
import { graphPath } from '../../../meta/graph/path';

/**
 * Facebook Login only. Meta wants title and start with every change: what is not given is read before.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user
 */
export const update = operation({
	value: 'update',
	name: 'Update',
	action: 'Update an upcoming event',
	description: `Change title, times or reminders of an event. What is not filled in stays. ${EVENT_NOTE}.`,
	logins: ['facebookUser', 'facebookPage'],
	capability: 'events',
	lane: (param) => param('eventId'),
	fields: [
		eventIdField,
		{
			...optionsField(
				endField,
				remindersField,
				{
					displayName: 'Reminders Count From',
					name: 'remindersCountFrom',
					type: 'options',
					default: 'EVENT_START',
					description: 'From which moment the reminders count',
					options: [
						{ name: 'End', value: 'EVENT_END' },
						{ name: 'Start', value: 'EVENT_START' },
					],
				},
				startField,
				titleField,
			),
			displayName: 'Update Fields',
			name: 'updateFields',
			placeholder: 'Add Field',
		},
		simplify,
	],
	run: async (ctx) => {
		const path = graphPath`/${eventIdOf(ctx)}`;
		const change = eventBody(ctx, ctx.param<GivenEvent>('updateFields', {}));
		if (Object.keys(change).length === 0)
			throw ctx.fail('There is nothing to change', 'Add what should change under Update Fields.');
		const read = async () => await ctx.graph({ method: 'GET', path, query: { fields: EVENT_FIELDS.join(',') } });
		const known: IDataObject = await read();
		const kept = Object.fromEntries(
			EVENT_FIELDS.filter((name) => name !== 'id' && known[name] !== undefined).map((name) => [name, known[name]]),
		);
		await ctx.graph({ method: 'POST', path, body: { ...kept, ...change }, repeatable: true });
		return shown(ctx, [await read()], EVENT_FIELDS);
	},
});
