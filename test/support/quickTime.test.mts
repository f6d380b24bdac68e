import './quickTime.mts';

const begunQuick = Date.now();
const begun = performance.now();

/** How many times as fast the clock has gone since this file began. */
const pace = () => (Date.now() - begunQuick) / (performance.now() - begun);

describe('quick time', () => {
	it('makes timers and the clock agree, in a tenth of the time', async () => {
		await new Promise((done) => setTimeout(done, 1000));
		expect(Date.now() - begunQuick).toBeGreaterThanOrEqual(990);
		expect(performance.now() - begun).toBeGreaterThan(95);
		expect(pace()).toBeCloseTo(10, 0);
	});

	it('goes for intervals, which can be stopped', async () => {
		const from = Date.now();
		let count = 0;
		await new Promise<void>((done) => {
			const timer = setInterval(() => {
				if (++count < 3) return;
				clearInterval(timer);
				done();
			}, 200);
		});
		expect(Date.now() - from).toBeGreaterThanOrEqual(590);
		const cancelled = setTimeout(() => (count = 99), 50);
		clearTimeout(cancelled);
		await new Promise((done) => setTimeout(done, 300));
		expect(count).toBe(3);
	});

	it('is the time of new dates, and of no others', () => {
		const from = Date.now();
		const now = new Date();
		expect(now.getTime()).toBeGreaterThanOrEqual(from);
		expect(now.getTime()).toBeLessThanOrEqual(Date.now());
		expect(now).toBeInstanceOf(Date);
		expect(new Date(5).toISOString()).toBe('1970-01-01T00:00:00.005Z');
		expect([Date.UTC(1970, 0, 1), Date.parse('1970-01-01T00:00:01Z')]).toEqual([0, 1000]);
	});
});
