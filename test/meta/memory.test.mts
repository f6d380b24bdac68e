import { Memory } from '../../nodes/meta/memory.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a memory', () => {
	it('gives out what is young enough, and nothing older', () => {
		const memory = new Memory<number>(1000, 10);
		memory.set('a', 1);
		jest.setSystemTime(Date.now() + 999);
		expect(memory.get('a')).toBe(1);
		jest.setSystemTime(Date.now() + 1);
		expect(memory.get('a')).toBeUndefined();
	});

	it('lets go of everything that is too old as soon as something is remembered', () => {
		const memory = new Memory<number>(1000, 1000);
		for (let i = 0; i < 100; i++) memory.set(String(i), i);
		jest.setSystemTime(Date.now() + 500);
		memory.set('kept', 1);
		memory.set('7', 7);
		jest.setSystemTime(Date.now() + 500);
		memory.set('new', 2);
		expect([memory.size, memory.get('kept'), memory.get('7'), memory.get('new')]).toEqual([3, 1, 7, 2]);
	});

	it('holds no more than its bound: the oldest leaves, and one that is set anew is young', () => {
		const memory = new Memory<number>(1000, 3);
		for (const key of ['a', 'b', 'c', 'a', 'd']) memory.set(key, 1);
		expect(['a', 'b', 'c', 'd'].filter((key) => memory.get(key))).toEqual(['a', 'c', 'd']);
		for (let i = 0; i < 10_000; i++) memory.set(String(i), i);
		expect(memory.size).toBe(3);
	});

	it('forgets what it is told to forget', () => {
		const memory = new Memory<number>(1000, 3);
		memory.set('a', 1);
		memory.delete('a');
		expect([memory.get('a'), memory.size]).toEqual([undefined, 0]);
	});
});
