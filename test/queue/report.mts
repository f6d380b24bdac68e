import type { Attempted } from '../e2e/storm/blow.mts';
import { countEach, missing, type Outcome } from '../e2e/storm/outcome.mts';

/** What a storm left behind. */
export type Aftermath = {
	genuine: string[];
	deliveries: Attempted[];
	/** Before and after what had been cut off was run again. */
	outcomes: Outcome[];
	repaired: Outcome[];
	/** Executions that were run again, by the state that they were found in. */
	retried: object;
};

const moreThanOnce = (ids: string[]): number => [...countEach(ids).values()].filter((count) => count > 1).length;

/** Prints the figures that docs/scale.md quotes. */
export function report(name: string, { genuine, deliveries, outcomes, repaired, retried }: Aftermath): void {
	const ofMeta = deliveries.filter(({ forged }) => forged === undefined);
	const figures = {
		storm: name,
		events: genuine.length,
		deliveries: ofMeta.length,
		attempts: ofMeta.flatMap(({ attempts }) => attempts).length,
		executions: Object.fromEntries(countEach(outcomes.map(({ status }) => status))),
		'events taken more than once': moreThanOnce(outcomes.flatMap(({ started }) => started)),
		'events that came out more than once': moreThanOnce(outcomes.flatMap(({ ended }) => ended)),
		'events that had not come out': missing(genuine, outcomes).length,
		'executions run again': retried,
		'events that have not come out since': missing(genuine, repaired).length,
		'events that have come out more than once since': moreThanOnce(repaired.flatMap(({ ended }) => ended)),
	};
	process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}
