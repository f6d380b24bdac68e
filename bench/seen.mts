import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { show, spread, table } from './figures.mts';
import type { Bench } from './main.mts';

const IDS = 100_000;
const BATCH = 10;
const HOUR_MS = 3_600_000;

type RepeatFilter = {
	claim(keys: string[]): Promise<{ fresh: Set<string>; settle: (taken: boolean) => void }>;
};
const { RepeatFilter } = createRequire(import.meta.url)('../dist/nodes/InstagramTrigger/delivery/repeatFilter.js') as {
	RepeatFilter: new (ttlMs: number, maxEntries: number) => RepeatFilter;
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Keys as long as the trigger's: workflow, node, mode, kind, and an ID of the length that Meta gives messages. */
const keyOf = (index: number): string =>
	`yOgbgi7C0fNfR5cP:3f2b6c1e-8d1a-4c57-9a8e-5b9c1f0d2e3a:trigger:message:aWdfZG1faXRlbToxOklHTWVzc2FnZUlEOjE3ODQxNDAwMDAwMDAwMDAxOjM0MDI4MjM2Njg0MTcxMDMwMDk0OTEyODc3NjQ0NDk1MzcwMDAxMDozODk1${String(index).padStart(22, '0')}`;

function heapUsed(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

/** Fills a memory and repeats every event once. */
async function once(): Promise<{ megabytes: number; bytesPerId: number; idsPerSecond: number }> {
	const before = heapUsed();
	const seen = new RepeatFilter(HOUR_MS, IDS);
	const startedAt = performance.now();
	for (const pass of ['first', 'repeat']) {
		for (let at = 0; at < IDS; at += BATCH) {
			const { fresh, settle } = await seen.claim(Array.from({ length: BATCH }, (_, index) => keyOf(at + index)));
			if (fresh.size !== (pass === 'first' ? BATCH : 0))
				throw new Error(`The memory let ${fresh.size} of ${BATCH} events pass as new in the ${pass} pass`);
			settle(true);
		}
	}
	const seconds = (performance.now() - startedAt) / 1000;
	const bytes = heapUsed() - before;
	// Holds the memory until it has been weighed.
	await seen.claim([keyOf(0)]);
	return { megabytes: bytes / 2 ** 20, bytesPerId: bytes / IDS, idsPerSecond: (2 * IDS) / seconds };
}

export const bench: Bench = {
	about: `memory of the trigger's seen events with ${IDS} IDs`,
	async run({ rounds }) {
		await once();
		const results: Array<Awaited<ReturnType<typeof once>>> = [];
		for (let round = 0; round < rounds; round++) results.push(await once());
		const figure = (name: keyof (typeof results)[number]) => spread(results.map((result) => result[name]));
		const rows = {
			megabytes: figure('megabytes'),
			bytesPerId: figure('bytesPerId'),
			idsPerSecond: figure('idsPerSecond'),
		};
		console.log(
			`Median (smallest to largest) of ${rounds} rounds, ${IDS} IDs in deliveries of ${BATCH}, each repeated once, Node ${process.versions.node}\n`,
		);
		console.log(
			`${table([
				['figure', 'value'],
				['heap, MiB', show(rows.megabytes)],
				['bytes per ID', show(rows.bytesPerId)],
				['IDs per second', show(rows.idsPerSecond)],
			])}\n`,
		);
		console.log(JSON.stringify({ bench: 'seen', ids: IDS, rounds, ...rows }));
	},
};
