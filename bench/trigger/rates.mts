import type { BenchOptions } from '../main.mts';
import { rotated } from './rotated.mts';
import { executed, repeated, turnedAway, unknownPath, type Kind } from './kinds.mts';
import type { Side } from './sides.mts';

/** What is measured, in the order of the table. */
export const KINDS: Kind[] = [...Object.values(executed), unknownPath, ...Object.values(turnedAway), repeated];

/** Requests per second of a kind on a side, one figure for each round. */
export type Rates = (side: Side, kind: Kind) => number[];

/** Measures every kind on every side in each round; the first round warms up and does not count. */
export async function measureRates(sides: Side[], { rounds, seconds }: BenchOptions): Promise<Rates> {
	const rates = new Map(sides.map((side) => [side, new Map(KINDS.map((kind) => [kind, [] as number[]]))]));
	for (const side of sides) await side.fire(repeated.next, (sent) => sent < 1);
	for (let round = 0; round <= rounds; round++) {
		console.error(round === 0 ? 'rates: warming up' : `rates: round ${round} of ${rounds}`);
		for (const kind of rotated(KINDS, round)) {
			for (const side of rotated(sides, round)) {
				const rate = await side.measure(kind, round === 0 ? 1 : seconds);
				if (round > 0) rates.get(side)?.get(kind)?.push(rate);
			}
		}
	}
	return (side, kind) => rates.get(side)?.get(kind) ?? [];
}
