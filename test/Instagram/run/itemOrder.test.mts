import fc from 'fast-check';
import { ItemOrder } from '../../../nodes/Instagram/run/itemOrder.ts';
import { limitConcurrency } from '../../../nodes/meta/limits/concurrency.ts';

const rest = async (ms: number) => await new Promise((done) => setTimeout(done, ms));

describe('the order of items', () => {
	it('is kept at a step, for the items of a queue, whatever else takes its time, and whoever fails', async () => {
		const item = fc.record({
			queue: fc.constantFrom('a', 'b'),
			before: fc.nat(6),
			during: fc.nat(4),
			outcome: fc.constantFrom('fine', 'fails before', 'fails within'),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(item, { maxLength: 12 }), async (items) => {
				const order = new ItemOrder(items.length, (index) => items[index].queue);
				const log: Array<{ queue: string; index: number; event: string }> = [];
				await Promise.all(
					items.map(async ({ before, during, outcome, queue }, index) => {
						try {
							await rest(before);
							if (outcome === 'fails before') throw new Error(outcome);
							await order.afterEarlier(index, 'step', async () => {
								log.push({ queue, index, event: 'begin' });
								await rest(during);
								log.push({ queue, index, event: 'end' });
								if (outcome === 'fails within') throw new Error(outcome);
							});
						} catch (error) {
							expect((error as Error).message).toBe(outcome);
						} finally {
							order.end(index);
						}
					}),
				);
				for (const queue of ['a', 'b']) {
					const reached = items.flatMap((one, index) =>
						one.queue === queue && one.outcome !== 'fails before' ? [index] : [],
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

	it('holds up no other steps', async () => {
		const order = new ItemOrder(2, () => '');
		let finish = () => {};
		const held = order.afterEarlier(0, 'publish', async () => await new Promise<void>((done) => (finish = done)));
		await order.afterEarlier(0, 'ready', async () => {});
		await order.afterEarlier(1, 'ready', async () => {});
		finish();
		await held;
		await order.afterEarlier(1, 'publish', async () => {});
	});

	it('asks for a queue only when an item comes to a step', async () => {
		const asked: number[] = [];
		const order = new ItemOrder(3, (index) => String(asked.push(index)));
		order.end(0);
		expect(asked).toEqual([]);
		await order.afterEarlier(2, 'step', async () => {});
		expect(asked).toEqual([0, 1, 2]);
	});

	it('costs no stack with many items that failed', async () => {
		const order = new ItemOrder(50_000, () => '');
		for (let i = 0; i < 49_999; i++) order.end(i);
		await order.afterEarlier(49_999, 'step', async () => {});
	});
});

describe('a limit', () => {
	it('lets so many tasks run at a time, in their order, and frees the place of one that fails', async () => {
		const limit = limitConcurrency(2);
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
