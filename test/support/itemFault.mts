import type { IDataObject } from 'n8n-workflow';
import type { InstagramEvent } from '../../nodes/InstagramTrigger/events/define.ts';
import { readers } from '../../nodes/InstagramTrigger/events/index.ts';
import type { Field, Shape } from '../../nodes/InstagramTrigger/events/shared/shape.ts';

const shapes = new Map(readers.map(({ event, output }) => [event, Object.keys(output).join()]));

/** What is wrong with an item, whatever it was made of. Bare comparisons: in a million runs, those of jest would take most of the time. */
export function faultOf(item: InstagramEvent): string | undefined {
	const { event, eventId, accountId, conversationWith, username, timestamp, isEcho, isTest, raw, ...own } = item;
	if (Object.keys(own).join() !== shapes.get(event)) return `other keys than a ${event} has`;
	const types = [eventId, accountId, isEcho, isTest, raw].map((value) => typeof value).join();
	if (types !== 'string,string,boolean,boolean,object') return `other types: ${types}`;
	if ([conversationWith, username, timestamp].some((text) => text !== null && typeof text !== 'string'))
		return 'something else than a text or null';
	return eventId === '' ? 'no ID' : undefined;
}

const IS: Record<string, (value: unknown) => boolean> = {
	ID: (value) => typeof value === 'string' && value !== '',
	text: (value) => typeof value === 'string',
	number: (value) => typeof value === 'number' && Number.isFinite(value),
	time: (value) => typeof value === 'string' && new Date(value).toISOString() === value,
	object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
	null: (value) => value === null,
	true: (value) => value === true,
	false: (value) => value === false,
	list: Array.isArray,
	'list of texts': (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
};

/** Where an item differs from what its reader says about it. */
export function faults(path: string, value: unknown, { type, inner }: Pick<Field, 'type' | 'inner'>): string[] {
	if (!type.split(' or ').some((one) => IS[one](value))) return [`${path} is no ${type}`];
	if (!inner || value === null) return [];
	if (Array.isArray(value)) return value.flatMap((one, i) => shapeFaults(`${path}[${i}]`, one, inner));
	return shapeFaults(path, value as IDataObject, inner);
}

/** Where an object of an item has other keys than its shape, or values of other types. */
export function shapeFaults(path: string, value: IDataObject, shape: Shape): string[] {
	const [keys, expected] = [Object.keys(value), Object.keys(shape)];
	if (keys.join() !== expected.join()) return [`${path} has ${keys.join()} instead of ${expected.join()}`];
	return expected.flatMap((key) => faults(`${path}.${key}`, value[key], shape[key]));
}

const readerOf = new Map(readers.map((reader) => [reader.event, reader]));

/** All that is wrong with an item, down to the last key. */
export function faultsIn(item: InstagramEvent): string[] {
	const fault = faultOf(item);
	const { output } = readerOf.get(item.event)!;
	const own = Object.fromEntries(Object.keys(output).map((key) => [key, item[key]]));
	return [...(fault ? [fault] : []), ...shapeFaults(item.event, own as IDataObject, output)];
}
