import fc from 'fast-check';
import { judge, type TriggerSettings, type Verdict } from '../../../nodes/InstagramTrigger/delivery/judge.ts';
import { cpuTimed } from '../../support/cpuTime.mts';
import { everyEvent, openSettings, SECRET, sign } from '../../support/events.mts';
import { fixture, fixtureNames } from '../../support/fixtures.mts';
import { faultOf } from '../../support/itemFault.mts';
import { isLong, runs } from '../../support/long.mts';
import { mutated } from '../../support/mutate.mts';

/** A million finds what a thousand do not; fast-check names seed and path of what it finds. */
const RUNS = runs(1_000_000, 1_200);
const TIMEOUT_MS = isLong ? 60 * 60 * 1000 : 120_000;
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

describe(`${RUNS} deliveries that are broken in odd ways`, () => {
	it(
		'and signed are taken or refused, never an error, and what comes out is whole',
		() => {
			const seen = { 200: 0, 400: 0, events: 0, slowest: 0, kinds: new Set<string>() };
			fc.assert(
				fc.property(mutated(deliveries), settings, ({ body }, wanted) => {
					const { result: verdict, ms } = cpuTimed(() => judge(body, sign(body), [SECRET], wanted));
					seen.slowest = Math.max(seen.slowest, ms);
					if (verdict.status === 401) throw new Error('a valid signature was refused');
					seen[verdict.status]++;
					if (verdict.status === 400) return;
					const again = judge(body, sign(body), [SECRET], wanted);
					const ids = (one: Verdict) => (one.status === 200 ? one.events.map(({ eventId }) => eventId).join() : '');
					if (ids(again) !== ids(verdict)) throw new Error('a repeat has other IDs');
					for (const event of verdict.events) {
						seen.events++;
						seen.kinds.add(event.event);
						const fault = faultOf(event);
						if (fault) throw new Error(`${fault}: ${JSON.stringify(event)}`);
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
		},
		TIMEOUT_MS,
	);

	it(
		'and not signed are refused with 401, whatever is in them',
		() => {
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
					const { status } = judge(body, headerOf(original, body), [SECRET, ''], openSettings);
					if (status !== 401) throw new Error(`answered ${status}`);
				}),
				{ numRuns: RUNS },
			);
		},
		TIMEOUT_MS,
	);
});
