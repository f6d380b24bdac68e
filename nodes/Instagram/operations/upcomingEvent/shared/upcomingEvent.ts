import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { metaId } from '../../shared/metaId';
import type { RunContext } from '../../define';
import { asNames, secondsOf } from '../../shared/reading';

/** Said of every operation on events. */
export const EVENT_NOTE = 'Needs the capability Upcoming Events. Facebook Login only';

export const EVENT_FIELDS = [
	'id',
	'title',
	'start_time',
	'end_time',
	'notification_subtypes',
	'notification_target_time',
];

const REMINDERS: INodePropertyOptions[] = [
	{ name: '1 Day After', value: 'AFTER_EVENT_1DAY' },
	{ name: '1 Day Before', value: 'BEFORE_EVENT_1DAY' },
	{ name: '1 Hour Before', value: 'BEFORE_EVENT_1HOUR' },
	{ name: '15 Minutes Before', value: 'BEFORE_EVENT_15MIN' },
	...[2, 3, 4, 5, 6, 7].map((days) => ({ name: `${days} Days After`, value: `AFTER_EVENT_${days}DAY` })),
	{ name: '2 Days Before', value: 'BEFORE_EVENT_2DAY' },
	{ name: 'At the Start', value: 'EVENT_START' },
	{ name: 'When It Is Moved', value: 'RESCHEDULED' },
];

export const eventIdField: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 7312345678901234',
	description: 'ID of the event, from Create or Get Many',
};

/** ID of the chosen event. */
export function eventIdOf(ctx: RunContext): string {
	return metaId(ctx, 'eventId', 'Event ID');
}

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Open bakery',
	description: 'What the event is',
};
export const startField: INodeProperties = {
	displayName: 'Start',
	name: 'startTime',
	type: 'dateTime',
	default: '',
	description: 'When it begins; a moment in the future',
};
export const endField: INodeProperties = {
	displayName: 'End',
	name: 'endTime',
	type: 'dateTime',
	default: '',
	description: 'When it ends',
};
export const remindersField: INodeProperties = {
	displayName: 'Reminders',
	name: 'reminders',
	type: 'multiOptions',
	options: [...REMINDERS].sort((a, b) => a.name.localeCompare(b.name)),
	default: [],
	description: 'When Instagram reminds the people who asked for it',
};

/** An event as the operator gave it; what is absent or empty is not set. */
export type GivenEvent = {
	title?: string;
	startTime?: unknown;
	endTime?: unknown;
	reminders?: unknown;
	remindersCountFrom?: string;
};

/** The given parts of an event in Meta's words, times in seconds since 1970. */
export function eventBody(
	ctx: RunContext,
	{ title = '', startTime, endTime, reminders, remindersCountFrom }: GivenEvent,
): IDataObject {
	const start = secondsOf(ctx, 'Start', startTime);
	const end = secondsOf(ctx, 'End', endTime);
	if (start !== undefined && end !== undefined && end <= start)
		throw ctx.fail('The event ends before it starts', 'Pick an "End" that is later than "Start".');
	return {
		...(title.trim() ? { title: title.trim() } : {}),
		...(start === undefined ? {} : { start_time: start }),
		...(end === undefined ? {} : { end_time: end }),
		...(reminders === undefined ? {} : { notification_subtypes: asNames(reminders) }),
		...(remindersCountFrom ? { notification_target_time: remindersCountFrom } : {}),
	};
}
