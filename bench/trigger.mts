import { cpus } from 'node:os';
import { show, spread, table, type Spread } from './figures.mts';
import type { Bench } from './main.mts';
import { EVENTS, measureBatch } from './trigger/batch.mts';
import { executed, repeated, turnedAway, unknownPath, type Kind } from './trigger/kinds.mts';
import { measureMemory } from './trigger/memory.mts';
import { measurePipeline } from './trigger/pipeline.mts';
import { KINDS, measureRates } from './trigger/rates.mts';
import { openSide, SETTINGS, type Side } from './trigger/sides.mts';

const DELIVERIES = 100_000;
/** Growth of the heap that noise explains, as a share. */
const FLAT = 1.05;

const ratios = (a: number[], b: number[]): Spread => spread(a.map((value, round) => value / b[round]));

/** A goal and how it was met. @param at whether the value must be at least or at most the goal */
const goal = (name: string, { median }: Spread, at: 'least' | 'most', wanted: number): string[] => [
	name,
	median.toPrecision(3),
	`at ${at} ${wanted}`,
	(at === 'least' ? median >= wanted : median <= wanted) ? 'met' : 'missed',
];

export const bench: Bench = {
	about: "the trigger on n8n: executions, refusals, batches, memory, against n8n's own nodes",
	async run(options) {
		const pipeline = measurePipeline();
		const sides: Side[] = [];
		try {
			for (const setting of SETTINGS) sides.push(await openSide(setting));
			const [normal, tuned] = sides;
			const rates = await measureRates(sides, options);
			const of = (side: Side, kind: Kind, other: Kind) => ratios(rates(side, kind), rates(side, other));
			const batches: Array<{ one: number; each: number }> = [];
			for (const side of sides) batches.push(await measureBatch(side));
			const memory = await measureMemory(tuned, DELIVERIES);

			console.log(
				`Median (smallest to largest) of ${options.rounds} interleaved rounds of ${options.seconds} s, ${cpus().length} processors, SQLite, Node ${process.versions.node}. Tuned: ${JSON.stringify(SETTINGS[1].env)}\n`,
			);
			const heading = [
				'requests per second',
				...sides.map(({ name }) => name),
				...sides.map(({ name }) => `× Webhook node, ${name}`),
			];
			const rows = KINDS.map((kind) => [
				kind.name,
				...sides.map((side) => show(spread(rates(side, kind)))),
				...sides.map((side) => show(of(side, kind, executed.webhook))),
			]);
			console.log(`${table([heading, ...rows])}\n`);
			console.log(
				`${table([
					[`${EVENTS} events`, 'one delivery, s', 'a delivery each, s'],
					...sides.map(({ name }, index) => [
						name,
						batches[index].one.toPrecision(3),
						batches[index].each.toPrecision(3),
					]),
				])}\n`,
			);
			console.log(
				`Heap of n8n (${tuned.name}) after garbage collection, MB, before and after each tenth of ${DELIVERIES} refused, ignored and repeated deliveries: ${memory.map((mb) => mb.toFixed(1)).join(', ')}\n`,
			);
			console.log(
				`${table([
					['pure pipeline', 'µs', 'bare HMAC and JSON.parse, µs'],
					...pipeline.map(({ name, judged, bare }) => [name, show(spread(judged)), show(spread(bare))]),
				])}\n`,
			);

			const goals = [
				goal('executions, of the Webhook node, tuned', of(tuned, executed.trigger, executed.webhook), 'least', 0.95),
				goal(
					'executions, of the Webhook node where a credential is used, tuned',
					of(tuned, executed.trigger, executed.withCredential),
					'least',
					0.95,
				),
				goal(
					'executions, of the WhatsApp Trigger, default',
					of(normal, executed.trigger, executed.whatsApp),
					'least',
					1,
				),
				goal('executions, of the WhatsApp Trigger, tuned', of(tuned, executed.trigger, executed.whatsApp), 'least', 3),
				...[...Object.values(turnedAway), repeated].map((kind) =>
					goal(`${kind.name}, of an unknown path, tuned`, of(tuned, kind, unknownPath), 'least', 0.6),
				),
				...sides.map(({ name }, index) =>
					goal(
						`${EVENTS} events in one delivery, of as many deliveries, ${name}`,
						spread([batches[index].one / batches[index].each]),
						'most',
						0.05,
					),
				),
				goal(
					`heap after ${DELIVERIES} deliveries, of the heap before`,
					spread([(memory.at(-1) ?? Infinity) / memory[0]]),
					'most',
					FLAT,
				),
				...pipeline.map(({ name, judged, bare }) =>
					goal(`pure pipeline, ${name}, of its floor`, ratios(judged, bare), 'most', 1.5),
				),
			];
			console.log(`${table([['goal', 'value', 'wanted', ''], ...goals])}\n`);
			const figures = KINDS.map((kind) => ({
				kind: kind.name,
				...Object.fromEntries(sides.map((side) => [side.name, rates(side, kind)])),
			}));
			console.log(JSON.stringify({ bench: 'trigger', ...options, figures, batches, memory, goals }));
		} finally {
			await Promise.all(sides.map(async (side) => await side.close()));
		}
	},
};
