import { RepeatFilter } from '../../../nodes/InstagramTrigger/delivery/repeatFilter.ts';
import { cpuTimedAsync } from '../../support/cpuTime.mts';

const make = (ttlMs = 1000, maxEntries = 100) => {
	const clock = { now: 0 };
	return { clock, seen: new RepeatFilter(ttlMs, maxEntries, () => clock.now) };
};
/** Lets everything that can go on go on; the clock of the events stands still. */
const breathe = async () => await new Promise((resolve) => setImmediate(resolve));
const fresh = async (seen: RepeatFilter, keys: string[]) => {
	const { fresh: found, settle } = await seen.claim(keys);
	settle(true);
	await breathe();
	return [...found].sort();
};

/** Claims without waiting for the outcome. */
const start = (seen: RepeatFilter, keys: string[]) => {
	const state: { done?: Awaited<ReturnType<RepeatFilter['claim']>> } = {};
	const promise = seen.claim(keys).then((claim) => (state.done = claim));
	return { state, promise };
};

describe('RepeatFilter', () => {
	it('gives an event out once, and again after its time', async () => {
		const { clock, seen } = make(1000);
		expect(await fresh(seen, ['a', 'b'])).toEqual(['a', 'b']);
		expect(await fresh(seen, ['b', 'c'])).toEqual(['c']);
		clock.now = 999;
		expect(await fresh(seen, ['a'])).toEqual([]);
		clock.now = 1000;
		expect(await fresh(seen, ['a'])).toEqual(['a']);
	});

	it('counts an event that a delivery lists twice once', async () => {
		const { seen } = make();
		expect(await fresh(seen, ['a', 'a'])).toEqual(['a']);
		expect(await fresh(seen, ['a'])).toEqual([]);
	});

	it('does not count an event as seen when its delivery failed', async () => {
		const { seen } = make();
		(await seen.claim(['a'])).settle(false);
		await breathe();
		expect(await fresh(seen, ['a'])).toEqual(['a']);
	});

	it('lets a repeat wait for the first delivery, and drops it when that went well', async () => {
		const { seen } = make();
		const first = await seen.claim(['a']);
		const second = start(seen, ['a']);
		await breathe();
		expect(second.state.done).toBeUndefined();
		first.settle(true);
		await second.promise;
		expect([...second.state.done!.fresh]).toEqual([]);
	});

	it('hands the event to exactly one of the waiting repeats when the first delivery failed', async () => {
		const { seen } = make();
		const first = await seen.claim(['a']);
		const repeats = Array.from({ length: 5 }, () => start(seen, ['a']));
		await breathe();
		first.settle(false);
		await breathe();
		const owners = repeats.filter(({ state }) => state.done?.fresh.has('a'));
		expect(owners).toHaveLength(1);
		expect(repeats.filter(({ state }) => state.done)).toHaveLength(1);
		owners[0].state.done!.settle(true);
		await Promise.all(repeats.map(({ promise }) => promise));
		expect(repeats.filter(({ state }) => state.done!.fresh.size > 0)).toHaveLength(1);
	});

	it('never lets two deliveries wait for each other, whatever the order of their events', async () => {
		const { seen } = make();
		const both = [start(seen, ['a', 'b', 'c']), start(seen, ['c', 'b', 'a']), start(seen, ['b', 'c', 'a'])];
		const settleNext = async () => {
			await breathe();
			for (const { state } of both) state.done?.settle(true);
		};
		for (let i = 0; i < both.length; i++) await settleNext();
		await Promise.all(both.map(({ promise }) => promise));
		expect(both.flatMap(({ state }) => [...state.done!.fresh]).sort()).toEqual(['a', 'b', 'c']);
	});

	it('takes the new part of a delivery that overlaps with one in hand', async () => {
		const { seen } = make();
		const first = await seen.claim(['b']);
		const second = start(seen, ['c', 'b', 'a']);
		await breathe();
		expect(second.state.done).toBeUndefined();
		first.settle(true);
		await second.promise;
		expect([...second.state.done!.fresh].sort()).toEqual(['a', 'c']);
		second.state.done!.settle(true);
	});

	it('forgets the oldest events beyond its size', async () => {
		const { seen } = make(1e9, 3);
		for (const key of ['a', 'b', 'c', 'd']) await fresh(seen, [key]);
		expect(await fresh(seen, ['b', 'c', 'd'])).toEqual([]);
		expect(await fresh(seen, ['a'])).toEqual(['a']);
		expect(await fresh(seen, ['b'])).toEqual(['b']);
	});

	it('never forgets an event in hand, however full it is', async () => {
		const { seen } = make(1e9, 2);
		const held = await seen.claim(['held']);
		for (const key of ['a', 'b', 'c', 'd']) await fresh(seen, [key]);
		const repeat = start(seen, ['held']);
		await breathe();
		expect(repeat.state.done).toBeUndefined();
		held.settle(true);
		await repeat.promise;
		expect(repeat.state.done!.fresh.size).toBe(0);
	});

	it('takes a large delivery in a time that grows as it does', async () => {
		const costOf = async (count: number) => {
			const { seen } = make(1e9, 1_000);
			const keys = Array.from({ length: count }, (_one, i) => `event ${i}`);
			return await cpuTimedAsync(async () => await fresh(seen, keys));
		};
		// The first run is slower: nothing is compiled yet.
		await costOf(5_000);
		const before = await costOf(5_000);
		expect(await costOf(80_000)).toBeLessThan(50 + 64 * before);
	});
});
