import type { IDataObject } from 'n8n-workflow';
import { cpuTimed } from '../../support/cpuTime.mts';
import { BAKERY, eventsOf, PERSON, read } from '../../support/events.mts';

const list = <T,>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_one, i) => make(i));
const bodyOf = (...entry: unknown[]) => Buffer.from(JSON.stringify({ object: 'instagram', entry }));
const entry = (more: object) => ({ id: BAKERY, time: 1763719531, ...more });
const parties = { sender: { id: PERSON }, recipient: { id: BAKERY }, timestamp: 1763719530123 };
/** A sample of the dashboard: whatever account its entry names, it is nobody else's. */
const sample = { sender: { id: '12334' }, recipient: { id: '23245' } };

/** Deliveries that have so many of something. */
const shapes: Array<[string, (count: number) => Buffer]> = [
	['fields without values', (count) => bodyOf(entry({ changed_fields: list(count, (i) => `field_${i}`) }))],
	['the same field without a value', (count) => bodyOf(entry({ changed_fields: list(count, () => 'comments') }))],
	[
		'fields without values, beside as many messages',
		(count) =>
			bodyOf(
				entry({
					changed_fields: list(count, (i) => `field_${i}`),
					messaging: list(count, (i) => ({ ...parties, message: { mid: `m${i}` } })),
				}),
			),
	],
	[
		'fields without values, in an entry with a long list of what belongs to it',
		(count) =>
			bodyOf(
				entry({
					changed_fields: list(count, (i) => `field_${i}`),
					uid: list(count, String),
					hop_context: list(count, String),
				}),
			),
	],
	[
		'unknown kinds in an entry with a long time',
		(count) =>
			bodyOf(entry({ time: '1'.repeat(20 * count), messaging: list(count, (i) => ({ ...parties, novelty: { i } })) })),
	],
	[
		'unknown kinds in an entry whose time is an object',
		(count) =>
			bodyOf(entry({ time: list(count, String), messaging: list(count, (i) => ({ ...parties, novelty: { i } })) })),
	],
	[
		'samples in an entry with a long ID',
		(count) =>
			bodyOf(entry({ id: '9'.repeat(20 * count), messaging: list(count, (i) => ({ ...sample, novelty: { i } })) })),
	],
	['unknown keys in an entry', (count) => bodyOf(entry(Object.fromEntries(list(count, (i) => [`key_${i}`, { i }]))))],
	[
		'unknown keys in a message',
		(count) =>
			bodyOf(entry({ messaging: [{ ...parties, ...Object.fromEntries(list(count, (i) => [`key_${i}`, { i }])) }] })),
	],
	[
		'the same message',
		(count) => bodyOf(entry({ messaging: list(count, () => ({ ...parties, message: { mid: 'm' } })) })),
	],
	['the same unknown thing', (count) => bodyOf(entry({ messaging: list(count, () => ({ ...parties, novelty: {} })) }))],
	['entries of the same', (count) => bodyOf(...list(count, () => entry({ changed_fields: ['comments'] })))],
	[
		'attachments of a message',
		(count) =>
			bodyOf(
				entry({
					messaging: [
						{
							...parties,
							message: { mid: 'm', attachments: list(count, () => ({ type: 'image', payload: { url: 'x' } })) },
						},
					],
				}),
			),
	],
	[
		'roles of apps',
		(count) =>
			bodyOf(
				entry({
					messaging: [
						{ ...parties, app_roles: Object.fromEntries(list(count, (i) => [String(i), ['primary_receiver']])) },
					],
				}),
			),
	],
	[
		'numbers beyond 2^53',
		(count) =>
			Buffer.from(
				JSON.stringify({ object: 'instagram', entry: [entry({ novelty: list(count, () => 1) })] }).replaceAll(
					'1,',
					'123456789012345678901,',
				),
			),
	],
	['spaces', (count) => Buffer.from(`{"object":"instagram","entry":[${' '.repeat(count * 20)}]}`)],
	[
		'spaces behind each of as many commas',
		(count) => Buffer.from(`{"object":"instagram","entry":[${list(count, () => `1,${' '.repeat(20)}`).join('')}1]}`),
	],
];

const SMALL = 1_000;
const LARGE = 8 * SMALL;

describe('a delivery with many', () => {
	it.each(shapes)('%s makes items that grow as it does', (_what, make) => {
		const timesAsLong = (count: number) => JSON.stringify(eventsOf(make(count))).length / make(count).length;
		expect(timesAsLong(LARGE)).toBeLessThan(1.5 * timesAsLong(SMALL) + 0.1);
	});

	it.each(shapes)('%s takes a time that grows as it does', (_what, make) => {
		const [small, large] = [make(SMALL), make(LARGE)];
		// The first runs are slower: nothing is compiled yet.
		for (let i = 0; i < 3; i++) eventsOf(small);
		const before = cpuTimed(() => eventsOf(small)).ms;
		const { ms } = cpuTimed(() => eventsOf(large));
		expect(ms).toBeLessThan(60 + 24 * before);
	});
});

describe('a field without a value', () => {
	const idsOf = (body: Buffer) => eventsOf(body).map(({ eventId }) => eventId);
	const body = (fields: unknown[], more: object = {}) => bodyOf(entry({ changed_fields: fields, ...more }));

	it('has an ID that does not change with what Meta tells beside it, and is that of no other', () => {
		const [comments, mentions] = idsOf(body(['comments', 'mentions']));
		expect(comments).not.toBe(mentions);
		expect(idsOf(body(['mentions', 'comments']))).toEqual([mentions, comments]);
		expect(idsOf(body(['comments']))).toEqual([comments]);
		expect(idsOf(body(['comments'], { time: 1763719532 }))).not.toEqual([comments]);
		expect(read('changedFields').map(({ eventId }) => eventId)).toEqual([comments, mentions]);
	});

	it('and without a name is told from the next one as well', () => {
		const odd: unknown[] = [null, true, {}, { a: 1 }, [], 'x', 7];
		expect(new Set(idsOf(body(odd))).size).toBe(odd.length);
	});

	it('keeps what stands in its entry: ID and time', () => {
		expect(eventsOf(body(['comments']))[0]).toMatchObject({
			accountId: BAKERY,
			raw: { id: BAKERY, time: 1763719531, changed_fields: ['comments'] } as IDataObject,
		});
	});
});
