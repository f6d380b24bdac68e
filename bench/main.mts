// npm run bench -- <name> [options]: each bench is a file of its own.
import { parseArgs } from 'node:util';

/** One bench: what it measures, and the run that prints its result. */
export type Bench = {
	about: string;
	/** @param options what was given on the command line */
	run(options: BenchOptions): Promise<void>;
};

/** Options that every bench understands in its own way. */
export type BenchOptions = {
	/** Counted rounds; every round measures everything once. */
	rounds: number;
	/** Length of one measurement. */
	seconds: number;
};

const benches: Record<string, () => Promise<{ bench: Bench }>> = {
	memory: async () => await import('./memory.mts'),
	messages: async () => await import('./messages.mts'),
	publish: async () => await import('./publish.mts'),
	seen: async () => await import('./seen.mts'),
	trigger: async () => await import('./trigger.mts'),
};

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' } },
});
const load = Object.hasOwn(benches, positionals[0] ?? '') ? benches[positionals[0]] : undefined;
if (load === undefined) {
	console.error('npm run bench -- <name> [--rounds 5] [--seconds 3]');
	for (const [name, one] of Object.entries(benches)) console.error(`  ${name}: ${(await one()).bench.about}`);
	process.exit(1);
}
await (await load()).bench.run({ rounds: Number(values.rounds), seconds: Number(values.seconds) });
