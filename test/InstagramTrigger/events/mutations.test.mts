import fc from 'fast-check';
import { readers } from '../../../nodes/InstagramTrigger/events/index.ts';
import { judge, type TriggerSettings } from '../../../nodes/InstagramTrigger/delivery/judge.ts';
import { cpuTimed } from '../../support/cpuTime.mts';
import { everyEvent, openSettings, SECRET, sign } from '../../support/events.mts';
import { fixture, fixtureNames } from '../../support/fixtures.mts';
import { isLong, runs } from '../../support/long.mts';
import { mutated } from '../../support/mutate.mts';

const RUNS = runs(12_000);
const deliveries = fixtureNames.map(fixture);
/** In a short run, rare kinds of events would come through by luck only. */
const unbroken = isLong
	? []
	: deliveries.map((original): [{ original: Buffer; body: Buffer }, TriggerSettings] => [
			{ original, body: original },
			openSettings,
		]);
/** Half of the triggers want everything, the others anything. */
const settings: fc.Arbitrary<TriggerSettings> = fc.oneof(
	fc.constant(openSettings),
	fc.record<TriggerSettings>({
		events: fc.subarray(everyEvent),
		accounts: fc.constantFrom(openSettings.accounts, [], ['0', '']),
		includeEchoes: fc.boolean(),
		includeOwnComments: fc.boolean(),
		includeTestPayloads: fc.boolean(),
		matches: fc.constantFrom(undefined, (text: string) => text.length > 3),
	}),
);
const shapes = new Map(readers.map(({ event, output }) => [event, Object.keys(output)]));

describe(`${RUNS} deliveries that are broken in odd ways`, () => {
	it('and signed are taken or refused, never an error, and what comes out is whole', () => {
		const seen = { 200: 0, 400: 0, events: 0, slowest: 0, kinds: new Set<string>() };
		fc.assert(
			fc.property(mutated(deliveries), settings, ({ body }, wanted) => {
				const { result: verdict, ms } = cpuTimed(() => judge(body, sign(body), [SECRET], wanted));
				seen.slowest = Math.max(seen.slowest, ms);
				if (verdict.status === 401) throw new Error('a valid signature was refused');
				seen[verdict.status]++;
				if (verdict.status === 400) return;
				const again = judge(body, sign(body), [SECRET], wanted);
				expect(again.status === 200 && again.events.map(({ eventId }) => eventId)).toEqual(
					verdict.events.map(({ eventId }) => eventId),
				);
				for (const event of verdict.events) {
					seen.events++;
					seen.kinds.add(event.event);
					const {
						eventId,
						accountId,
						conversationWith,
						username,
						timestamp,
						isEcho,
						isTest,
						raw,
						event: name,
						...own
					} = event;
					expect(Object.keys(own)).toEqual(shapes.get(name));
					expect([typeof eventId, typeof accountId, typeof isEcho, typeof isTest, typeof raw]).toEqual([
						'string',
						'string',
						'boolean',
						'boolean',
						'object',
					]);
					for (const text of [conversationWith, username, timestamp])
						expect(text === null || typeof text === 'string').toBe(true);
					expect(eventId).not.toBe('');
				}
			}),
			{ numRuns: RUNS + unbroken.length, examples: unbroken },
		);
		// Both ends were reached, and every kind of event came through: the deliveries are not all broken beyond reading.
		expect(seen[200]).toBeGreaterThan(RUNS / 3);
		expect(seen[400]).toBeGreaterThan(RUNS / 20);
		expect(seen.events).toBeGreaterThan(RUNS / 4);
		expect([...seen.kinds].sort()).toEqual([...everyEvent].sort());
		expect(seen.slowest).toBeLessThan(1_000);
	}, 120_000);

	it('and not signed are refused with 401, whatever is in them', () => {
		const header = fc.constantFrom<Array<(original: Buffer, body: Buffer) => string | undefined>>(
			(original) => sign(original),
			(_original, body) => sign(body, 'another secret'),
			(_original, body) => sign(body, ''),
			(_original, body) => sign(body).replace('sha256', 'sha1'),
			(_original, body) => `${sign(body)}0`,
			() => undefined,
		);
		fc.assert(
			fc.property(mutated(deliveries), header, ({ original, body }, headerOf) => {
				fc.pre(!body.equals(original));
				expect(judge(body, headerOf(original, body), [SECRET, ''], openSettings)).toMatchObject({ status: 401 });
			}),
			{ numRuns: RUNS },
		);
	}, 120_000);
});
