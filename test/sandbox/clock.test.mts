import { createClock } from '../../sandbox/world/clock.mts';

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('the clock', () => {
	it('does what is planned on the way, in its order and at its time', async () => {
		const clock = createClock();
		const begin = clock.now();
		const seen: Array<[string, number]> = [];
		const note = (name: string) => seen.push([name, Math.round((clock.now() - begin) / 1000)]);
		clock.at(begin + 60_000, () => note('minute'));
		clock.at(begin + 3_600_000, () => note('hour'));
		clock.at(begin + 1_000, async () => {
			await wait(20);
			note('second');
			clock.at(begin + 30_000, () => note('half a minute'));
		});
		await clock.advance(1_800);
		expect(seen).toEqual([
			['second', 1],
			['half a minute', 30],
			['minute', 60],
		]);
		await clock.advance(1_800);
		expect(seen.at(-1)).toEqual(['hour', 3_600]);
	});

	it('waits for what is under way, and moves once at a time', async () => {
		const clock = createClock();
		let done = false;
		clock.run(async () => {
			await wait(30);
			done = true;
		});
		const [first, second] = await Promise.all([clock.advance(10), clock.advance(20)]);
		expect(done).toBe(true);
		expect(second - first).toBeGreaterThanOrEqual(20_000);
	});

	it('begins by itself, and not what was taken back', async () => {
		const clock = createClock();
		const seen: string[] = [];
		clock.at(clock.now() + 10, () => seen.push('kept'));
		clock.at(clock.now() + 10, () => seen.push('taken back'))();
		await wait(40);
		expect(seen).toEqual(['kept']);
		clock.at(clock.now() + 1_000, () => seen.push('stopped'));
		clock.stop();
		await clock.advance(10);
		expect(seen).toEqual(['kept']);
	});

	it('begins sooner what an advance brought near', async () => {
		const clock = createClock();
		let begun = false;
		clock.at(clock.now() + 60_000, () => (begun = true));
		await clock.advance(59.98);
		expect(begun).toBe(false);
		await wait(60);
		expect(begun).toBe(true);
	});

	it('passes ten thousand plans in a moment', async () => {
		const clock = createClock();
		let count = 0;
		for (let index = 0; index < 10_000; index += 1) clock.at(clock.now() + 60_000 + index, () => (count += 1));
		const begun = Date.now();
		await clock.advance(3_600);
		expect(count).toBe(10_000);
		expect(Date.now() - begun).toBeLessThan(10_000);
	});

	it.each([-1, NaN, Infinity])('does not move by %s', async (seconds) => {
		await expect(createClock().advance(seconds)).rejects.toThrow(RangeError);
	});
});
