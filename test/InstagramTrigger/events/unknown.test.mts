import type { IDataObject } from 'n8n-workflow';
import { readers } from '../../../nodes/InstagramTrigger/events/index.ts';
import { fixture } from '../../support/fixtures.mts';
import { BAKERY, eventsOf, everyEvent, judged, PERSON, read } from '../../support/events.mts';

const DIGEST = expect.stringMatching(/^[0-9a-f]{32}$/);
const entry = {
	event: 'unknown',
	eventId: DIGEST,
	accountId: BAKERY,
	conversationWith: null,
	username: null,
	timestamp: '2025-11-21T10:05:31.000Z',
	isEcho: false,
	isTest: false,
};
const about = (kind: string, place: string, reason = 'This version of the node does not know it.') => ({
	kind,
	place,
	reason,
});
const unknowns = (name: string, settings = {}) => read(name, settings).filter(({ event }) => event === 'unknown');
const bodyOf = (...entries: unknown[]) => Buffer.from(JSON.stringify({ object: 'instagram', entry: entries }));

describe('something that nobody knows', () => {
	it('is passed on as it is, from messages and from changes', () => {
		const message = {
			sender: { id: PERSON },
			recipient: { id: BAKERY },
			timestamp: 1763719530123,
			some_new_thing: { mid: 'aWdfZnew' },
		};
		expect(unknowns('unknownKinds')).toEqual([
			{
				...entry,
				conversationWith: PERSON,
				timestamp: '2025-11-21T10:05:30.123Z',
				unknown: about('some_new_thing', 'messaging'),
				raw: message,
			},
			{ ...entry, unknown: about('some_new_field', 'changes'), raw: { field: 'some_new_field', value: { id: '1' } } },
		]);
	});

	it('is passed on from places that nobody knows, too', () => {
		const change = { changes: { field: 'mentions' } };
		expect(read('unknownElsewhere')).toEqual([
			{ ...entry, unknown: about('new_kind_of_list', 'entry'), raw: { new_kind_of_list: [{ id: '1' }] } },
			{ ...entry, unknown: about('changes', 'entry'), raw: change },
		]);
	});

	it.each<[string, IDataObject, string, string]>([
		['a message that is a text', { messaging: [{ sender: { id: PERSON }, message: 'Hallo' }] }, 'message', 'messaging'],
		['a list that is none', { messaging: { message: { mid: 'x' } } }, 'messaging', 'entry'],
		['a change without a value', { changes: [{ field: 'comments', value: null }] }, 'changes', 'entry'],
		['a standby of a kind that cannot be', { standby: 'x' }, 'standby', 'entry'],
		['a message with its sender only', { messaging: [{ sender: { id: PERSON } }] }, '', 'messaging'],
	])('%s', (_name, part, kind, place) => {
		expect(eventsOf(bodyOf({ id: BAKERY, time: 1763719531, ...part }))).toMatchObject([
			{ event: 'unknown', unknown: { kind, place } },
		]);
	});

	it('is not what says nothing', () => {
		expect(
			eventsOf(
				bodyOf(
					{ id: BAKERY, time: 1 },
					{},
					{ id: BAKERY, messaging: [null, 3, [], {}], changes: ['x', {}], changed_fields: [] },
				),
			),
		).toEqual([]);
	});

	it('comes only to those who chose it, and only of their accounts', () => {
		expect(unknowns('unknownKinds', { events: everyEvent.filter((event) => event !== 'unknown') })).toEqual([]);
		expect(judged(fixture('unknownKinds'), { accounts: ['1'], events: ['unknown'] })).toEqual({
			status: 200,
			events: [],
			hasForeign: true,
		});
	});

	it('of nobody knows which account comes, too', () => {
		expect(eventsOf(bodyOf({ time: 1763719531, news: { a: 1 } }))).toMatchObject([
			{ event: 'unknown', accountId: '', raw: { news: { a: 1 } } },
		]);
	});
});

describe('a subscription without values', () => {
	const reason = expect.stringContaining('"Include Values" on');
	const raw = { id: BAKERY, time: 1763719531, changed_fields: ['comments'] };

	it('tells those who wait for its field why nothing comes', () => {
		expect(read('changedFields', { events: ['comment'] })).toEqual([
			{ ...entry, unknown: { ...about('comments', 'changed_fields'), reason }, raw },
		]);
		expect(read('changedFields', { events: ['unknown'] })).toMatchObject([
			{ unknown: { kind: 'comments' } },
			{ unknown: { kind: 'mentions' } },
		]);
		expect(read('changedFields', { events: ['message', 'liveComment'] })).toEqual([]);
	});
});

describe('an object that breaks its reader', () => {
	const message = readers.find(({ event }) => event === 'message')!;
	const { read: whole } = message;
	afterEach(() => {
		message.read = whole;
	});

	it('comes as it is to those who chose its event, and costs the others of its delivery nothing', () => {
		message.read = (occurrence) => {
			if ((occurrence.body.message as IDataObject).mid === 'aWdfZb1') throw new Error('it broke');
			return whole(occurrence);
		};
		const found = read('batch', { events: ['message', 'comment'] });
		expect(found.map(({ event }) => event)).toEqual(['unknown', 'message', 'comment']);
		expect(found[0]).toMatchObject({
			conversationWith: PERSON,
			unknown: about('message', 'messaging', 'It does not look as Meta documents it.'),
			raw: { message: { mid: 'aWdfZb1' } },
		});
	});
});
