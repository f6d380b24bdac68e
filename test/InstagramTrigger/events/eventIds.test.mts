import type { InstagramEvent } from '../../../nodes/InstagramTrigger/events/define.ts';
import { altered, eventsOf, read } from '../../support/events.mts';
import { fixture, fixtureNames } from '../../support/fixtures.mts';

const idsOf = (body: Buffer): string[] => eventsOf(body).map(({ eventId }) => eventId);
/** The same events in another delivery: sent later, as Meta does when it repeats or batches anew. */
const sentLater = (name: string): Buffer =>
	Buffer.from(
		fixture(name)
			.toString('latin1')
			.replace(/"time":1763719531(000)?/g, '"time":1763719999$1'),
		'latin1',
	);

/** What Meta sends twice about one thing, under two names. */
const SAME = [['testMessages', 'testMessagesOfPage']];

describe('event IDs', () => {
	it.each(fixtureNames)('are the same in each repeat: %s', (name) => {
		const ids = idsOf(fixture(name));
		expect(idsOf(fixture(name))).toEqual(ids);
		expect(ids.every((id) => id.length > 0 && !/undefined|null|NaN|\[object/.test(id))).toBe(true);
	});

	// Nothing but the time of the sending tells these apart.
	const untimed = fixtureNames.filter((name) => !/^test|^unknown|^changedFields|^malformed/.test(name));
	it.each(untimed)('do not depend on when Meta sends it: %s', (name) => {
		expect(idsOf(sentLater(name))).toEqual(idsOf(fixture(name)));
	});

	it('are all different, over all kinds of events', () => {
		const all = fixtureNames
			.filter((name) => !SAME.some(([, twin]) => twin === name))
			.flatMap((name) => read(name).map(({ event, eventId }): [string, string] => [eventId, `${name}: ${event}`]));
		const twice = all.filter(([id], i) => all.findIndex(([other]) => other === id) !== i);
		expect(twice).toEqual([]);
		expect(all.length).toBeGreaterThan(100);
	});

	it.each<[string, string, string, string]>([
		['a second reaction to a message', 'reaction', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		['another reaction at the same moment', 'reaction', '"action":"react"', '"action":"unreact"'],
		['another emoji at the same moment', 'reactionOther', '\\ud83c\\udf5e', '\\ud83e\\udd50'],
		['the reaction of another person', 'reaction', '"id":"5551234567890123"', '"id":"5551234567890124"'],
		['a second look at the same message', 'seen', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		['a second edit', 'messageEdit', '"num_edit":"2"', '"num_edit":"3"'],
		['a second tap on a button', 'postback', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		[
			'a tap without an ID at another time',
			'postbackWithoutId',
			'"timestamp":1763719530123',
			'"timestamp":1763719530124',
		],
		['a second hand-over', 'handover', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		['a hand-over to another app', 'handover', '"new_owner_app_id":"123456"', '"new_owner_app_id":"123457"'],
		['a second opening of a link', 'referral', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		['a second opt-in', 'optin', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		['other numbers of a story', 'storyInsights', '"reach":44', '"reach":45'],
		['another rating', 'feedback', 'Bad response', 'Good response'],
		['a second warning', 'policy', '"timestamp":1763719530123', '"timestamp":1763719530124'],
		[
			'the same in another account',
			'unknownKinds',
			'"id":"17841400000000001","messaging"',
			'"id":"17841400000000002","messaging"',
		],
		['something unknown at another time', 'unknownElsewhere', '"time":1763719531000', '"time":1763719532000'],
		['a change without values at another time', 'changedFields', '"time":1763719531', '"time":1763719532'],
	])('tell apart: %s', (_name, name, from, to) => {
		const accounts = ['17841400000000001', '17841400000000002'];
		const [one, other] = [eventsOf(fixture(name), { accounts }), eventsOf(altered(name, from, to), { accounts })].map(
			([first]: InstagramEvent[]) => first.eventId,
		);
		expect(other).not.toBe(one);
	});
});
