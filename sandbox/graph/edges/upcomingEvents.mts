import { graphTime } from '../../world/clock.mts';
import { numericId } from '../../world/ids.mts';
import type { Account, UpcomingEvent } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import type { Endpoint } from '../engine/endpoint.mts';
import { endpoint } from '../engine/endpoint.mts';
import { invalidParam } from '../engine/errors.mts';
import { edgePage } from '../engine/paging.mts';
import type { ParamTable } from '../engine/params.mts';
import { readEnum } from '../engine/params.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';

const SCOPES = ['instagram_basic', 'instagram_manage_upcoming_events'];
const AFTER = Array.from({ length: 7 }, (_, day) => `AFTER_EVENT_${day + 1}DAY`);
const SUBTYPES = [
	'BEFORE_EVENT_15MIN',
	'BEFORE_EVENT_1HOUR',
	'BEFORE_EVENT_1DAY',
	'BEFORE_EVENT_2DAY',
	'EVENT_START',
	...AFTER,
	'RESCHEDULED',
];

const PARAMS: ParamTable = {
	title: 'string!',
	start_time: 'datetime!',
	end_time: 'datetime',
	notification_subtypes: 'list',
};

const eventNode: NodeType<UpcomingEvent> = {
	name: 'IGUpcomingEvent',
	defaults: ['id', 'title', 'start_time'],
	fields: {
		id: ({ id }) => id,
		title: ({ title }) => title,
		start_time: ({ startsAt }) => graphTime(startsAt),
		end_time: ({ endsAt }) => (endsAt === undefined ? undefined : graphTime(endsAt)),
		notification_subtypes: ({ subtypes }) => subtypes,
		notification_target_time: ({ target }) => target,
	},
};

const readEvent = (call: Call): Omit<UpcomingEvent, 'id' | 'account' | 'target'> => {
	const { title, start_time: start, end_time: end, notification_subtypes: subtypes } = call.params;
	const startsAt = Number(start);
	const endsAt = end === undefined ? undefined : Number(end);
	if (startsAt <= call.world.clock.now()) throw invalidParam('Param start_time lies in the past');
	if (endsAt !== undefined && endsAt <= startsAt) throw invalidParam('Param end_time lies before start_time');
	const names = ((subtypes as unknown[] | undefined) ?? []).map(
		(one) => readEnum('notification_subtypes', one, SUBTYPES) ?? '',
	);
	return { title: String(title), startsAt, endsAt, subtypes: names };
};

const create = (call: Call, account: Account): unknown => {
	const event: UpcomingEvent = {
		id: numericId('73', 16),
		account,
		...readEvent(call),
		target: 'EVENT_START',
	};
	call.world.upcomingEvents.set(event.id, event);
	return { id: event.id };
};

/** Upcoming events of an account. */
export const upcomingEventEndpoints: Endpoint[] = [
	endpoint({
		on: 'account',
		edge: 'upcoming_events',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, account) =>
			edgePage(call, {
				items: [...call.world.upcomingEvents.values()].filter((one) => one.account === account),
				keyOf: ({ id }) => id,
				type: eventNode,
			}),
	}),
	endpoint({
		on: 'account',
		edge: 'upcoming_events',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: PARAMS,
		run: create,
	}),
	endpoint({
		on: 'upcomingEvent',
		edge: '',
		method: 'GET',
		token: 'any',
		scopes: SCOPES,
		params: {},
		run: (call, event) => selectNode(eventNode, event, call.fields, call),
	}),
	endpoint({
		on: 'upcomingEvent',
		edge: '',
		method: 'POST',
		token: 'any',
		scopes: SCOPES,
		params: { ...PARAMS, notification_target_time: 'string' },
		run: (call, event) => {
			const target = readEnum('notification_target_time', call.params.notification_target_time, [
				'EVENT_START',
				'EVENT_END',
			]);
			Object.assign(event, readEvent(call), target && { target });
			return { success: true };
		},
	}),
];
