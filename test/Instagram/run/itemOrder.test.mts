import fc from 'fast-check';
import { Turns } from '../../../nodes/Instagram/run/itemOrder.ts';
import { atMost } from '../../../nodes/meta/limits/concurrency.ts';

const rest = async (ms: number) => await new Promise((done) => setTimeout(done, ms));

describe('turns', () => {
	it('come in the order of the items of a queue, whatever else takes its time, and whoever fails', async () => {
		const item = fc.record({
			queue: fc.constantFrom('a', 'b'),
			before: fc.nat(6),
			during: fc.nat(4),
			fate: fc.constantFrom('fine', 'fails before', 'fails within'),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(item, { maxLength: 12 }), async (items) => {
				const turns = new Turns(items.length, (index) => items[index].queue);
				const log: Array<{ queue: string; index: number; event: string }> = [];
				await Promise.all(
					items.map(async ({ before, during, fate, queue }, index) => {
						try {
							await rest(before);
							if (fate === 'fails before') throw new Error(fate);
							await turns.take(index, 'step', async () => {
								log.push({ queue, index, event: 'begin' });
								await rest(during);
								log.push({ queue, index, event: 'end' });
								if (fate === 'fails within') throw new Error(fate);
							});
						} catch (error) {
							expect((error as Error).message).toBe(fate);
						} finally {
							turns.end(index);
						}
					}),
				);
				for (const queue of ['a', 'b']) {
					const reached = items.flatMap((one, index) =>
						one.queue === queue && one.fate !== 'fails before' ? [index] : [],
					);
					const expected = reached.flatMap((index) => [
						{ queue, index, event: 'begin' },
						{ queue, index, event: 'end' },
					]);
					expect(log.filter((entry) => entry.queue === queue)).toEqual(expected);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('do not hold up other steps', async () => {
		const turns = new Turns(2, () => '');
		let finish = () => {};
		const held = turns.take(0, 'publish', async () => await new Promise<void>((done) => (finish = done)));
		await turns.take(0, 'ready', async () => {});
		await turns.take(1, 'ready', async () => {});
		finish();
		await held;
		await turns.take(1, 'publish', async () => {});
	});

	it('are asked for a queue only when somebody takes one', async () => {
		const asked: number[] = [];
		const turns = new Turns(3, (index) => String(asked.push(index)));
		turns.end(0);
		expect(asked).toEqual([]);
		await turns.take(2, 'step', async () => {});
		expect(asked).toEqual([0, 1, 2]);
	});

	it('of many items that failed cost no stack', async () => {
		const turns = new Turns(50_000, () => '');
		for (let i = 0; i < 49_999; i++) turns.end(i);
		await turns.take(49_999, 'step', async () => {});
	});
});

describe('a limit', () => {
	it('lets so many tasks run at a time, in their order, and frees the place of one that fails', async () => {
		const limit = atMost(2);
		const log: string[] = [];
		let running = 0;
		const task = async (name: string, ms: number) =>
			await limit(async () => {
				log.push(name);
				expect(++running).toBeLessThanOrEqual(2);
				await rest(ms);
				running -= 1;
				if (name === 'b') throw new Error(name);
				return name;
			}).catch((error: Error) => `failed ${error.message}`);
		expect(await Promise.all([task('a', 20), task('b', 5), task('c', 5), task('d', 5)])).toEqual([
			'a',
			'failed b',
			'c',
			'd',
		]);
		expect(log).toEqual(['a', 'b', 'c', 'd']);
	});
});
