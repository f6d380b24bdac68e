import type { Forgery } from '../context/delivery.mts';
import { FORGERIES } from '../context/delivery.mts';
import type { WebhookEvent } from './event.mts';
import { inventEvent } from './forgery.mts';

/** How bad the network between Meta and the app is, and who else knows its callback. */
export type ChaosSettings = {
	/** Share of events (0 to 1) that come a second time. */
	duplicates: number;
	/** Share of events (0 to 1) beside which somebody sends an invented one, in a delivery of its own. */
	forged: number;
	/** Events arrive in any order. */
	shuffle: boolean;
	/** Each delivery waits up to this many ms. */
	maxDelayMs: number;
	/** Events per delivery, one of these numbers at a time; empty = as many as there are. */
	batchSizes: number[];
	/** The same seed gives the same choices. */
	seed: number;
};

/** Events that travel in one delivery. */
export type Batch = {
	events: WebhookEvent[];
	forged?: Forgery;
	delayMs?: number;
};

/** Puts chaos into what is about to be delivered, as far as it was asked for. */
export type Chaos = {
	settings: ChaosSettings;
	counts: { events: number; duplicates: number; forged: number };
	set(settings: Partial<ChaosSettings>): void;
	plan(events: WebhookEvent[], maxBatch: number): Batch[];
};

const CALM: ChaosSettings = {
	duplicates: 0,
	forged: 0,
	shuffle: false,
	maxDelayMs: 0,
	batchSizes: [],
	seed: 1,
};

/** A small generator of numbers from 0 to 1 (mulberry32). */
const randomFrom = (seed: number) => {
	let state = seed;
	return (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
};

const shuffled = <T,>(items: T[], random: () => number): T[] => {
	const list = [...items];
	for (let last = list.length - 1; last > 0; last -= 1) {
		const other = Math.floor(random() * (last + 1));
		[list[last], list[other]] = [list[other], list[last]];
	}
	return list;
};

/** No chaos until it is asked for. Shares are exact: 5% of 1,000 events are 50. */
export function createChaos(): Chaos {
	let random = randomFrom(CALM.seed);
	const counts = { events: 0, duplicates: 0, forged: 0 };
	const chaos: Chaos = {
		settings: CALM,
		counts,
		set(settings) {
			chaos.settings = { ...CALM, ...settings };
			random = randomFrom(chaos.settings.seed);
			Object.assign(counts, { events: 0, duplicates: 0, forged: 0 });
		},
		plan(events, maxBatch) {
			const { duplicates, forged, shuffle, maxDelayMs, batchSizes } = chaos.settings;
			const again: WebhookEvent[] = [];
			const batches: Batch[] = [];
			for (const event of events) {
				counts.events += 1;
				if (Math.floor(counts.events * duplicates) > counts.duplicates) {
					counts.duplicates += 1;
					again.push(event);
				}
				if (Math.floor(counts.events * forged) > counts.forged) {
					batches.push({
						events: [inventEvent(event)],
						forged: FORGERIES[counts.forged % FORGERIES.length],
					});
					counts.forged += 1;
				}
			}
			const cut = (list: WebhookEvent[]) => {
				for (let at = 0; at < list.length; ) {
					const size = batchSizes[Math.floor(random() * batchSizes.length)] ?? maxBatch;
					batches.push({ events: list.slice(at, at + Math.min(size, maxBatch)) });
					at += Math.min(size, maxBatch);
				}
			};
			if (shuffle) cut(shuffled([...events, ...again], random));
			else [events, again].forEach(cut);
			if (maxDelayMs > 0) for (const batch of batches) batch.delayMs = Math.ceil(random() * maxDelayMs);
			return shuffle ? shuffled(batches, random) : batches;
		},
	};
	return chaos;
}
