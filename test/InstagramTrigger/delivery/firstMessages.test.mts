import { FirstMessages } from '../../../nodes/InstagramTrigger/delivery/firstMessages.ts';
import { altered, BAKERY, eventsOf, PERSON, read } from '../../support/events.mts';

const HOUR = 60 * 60 * 1000;
const make = (maxEntries = 100) => {
	const clock = { now: 0 };
	return { clock, first: new FirstMessages(maxEntries, () => clock.now) };
};
const [message] = read('text');
/** A message of a person, as the trigger puts it out. */
const from = (person: string, eventId: string, more: object = {}) => ({
	...message,
	conversationWith: person,
	eventId,
	...more,
});
const ids = (events: Array<{ eventId: string }>) => events.map(({ eventId }) => eventId);

describe('FirstMessages', () => {
	it('lets one message of a person through, and the next one when the hours are over', () => {
		const { clock, first } = make();
		expect(ids(first.keep([from('1', 'a'), from('1', 'b'), from('2', 'c')], 2))).toEqual(['a', 'c']);
		clock.now = 2 * HOUR - 1;
		expect(first.keep([from('1', 'd')], 2)).toEqual([]);
		clock.now = 2 * HOUR;
		expect(ids(first.keep([from('1', 'e'), from('1', 'f')], 2))).toEqual(['e']);
	});

	it('lets the same message through again: n8n may have failed to take it', () => {
		const { first } = make();
		first.keep([from('1', 'a')], 1);
		first.keep([from('1', 'b')], 1);
		expect(ids(first.keep([from('1', 'a')], 1))).toEqual(['a']);
	});

	it('keeps accounts and people apart', () => {
		const { first } = make();
		first.keep([from('1', 'a')], 1);
		expect(ids(first.keep([from('1', 'c', { accountId: 'other' })], 1))).toEqual(['c']);
		expect(ids(first.keep([from('2', 'd')], 1))).toEqual(['d']);
	});

	it('counts story replies and mentions as messages, and leaves everything else alone', () => {
		const { first } = make();
		const names = [
			'storyReply',
			'storyMention',
			'text',
			'echo',
			'reaction',
			'seen',
			'postback',
			'comment',
			'policy',
			'messageEdit',
			'deleted',
		];
		const events = names.flatMap((name) => read(name));
		expect(first.keep(events, 1).map(({ event }) => event)).toEqual([
			'storyReply',
			'echo',
			'reaction',
			'seen',
			'postback',
			'comment',
			'policy',
			'messageEdit',
			'messageDeleted',
		]);
	});

	it('lets messages of nobody through', () => {
		const { first } = make();
		const nobody = eventsOf(altered('text', `{"id":"${PERSON}"}`, 'null'));
		expect([nobody[0].conversationWith, nobody[0].accountId]).toEqual([null, BAKERY]);
		expect(first.keep([...nobody, ...nobody], 1)).toHaveLength(2);
	});

	it.each([0, -1, NaN])('lets everything through within %s hours', (hours) => {
		const { first } = make();
		expect(first.keep([from('1', 'a'), from('1', 'b')], hours)).toHaveLength(2);
	});

	it('forgets the oldest conversations beyond its size', () => {
		const { clock, first } = make(2);
		for (const person of ['1', '2', '3']) {
			clock.now++;
			first.keep([from(person, `first of ${person}`)], 1);
		}
		expect(
			ids(
				first.keep(
					['3', '2'].map((person) => from(person, `next of ${person}`)),
					1,
				),
			),
		).toEqual([]);
		expect(ids(first.keep([from('1', 'next of 1')], 1))).toEqual(['next of 1']);
	});

	it('counts a conversation that begins anew as a young one', () => {
		const { clock, first } = make(2);
		first.keep([from('1', 'a')], 1);
		first.keep([from('2', 'b')], 1);
		clock.now = HOUR;
		first.keep([from('1', 'c')], 1);
		first.keep([from('3', 'd')], 1);
		expect(first.keep([from('1', 'e')], 1)).toEqual([]);
	});
});
