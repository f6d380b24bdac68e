import {
	nextLook,
	pause,
	waitForContainer,
	type Container,
	type MediaKind,
	type PublishContext,
} from '../../../nodes/meta/publishing/wait.ts';

/** A clock that goes on only where the code waits, so that minutes pass in a moment. */
function clockwork() {
	const begun = 1_800_000_000_000;
	let now = begun;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) => {
		now += ms;
		queueMicrotask(run);
		return 0;
	}) as never);
	return { begun, elapsed: () => now - begun, pass: (ms: number) => (now += ms) };
}

let clock: ReturnType<typeof clockwork>;
beforeEach(() => (clock = clockwork()));
afterEach(() => jest.restoreAllMocks());

function stage(readyAfterMs: number, maxWaitMs = 300_000, more: Partial<PublishContext> = {}) {
	const looks: number[] = [];
	const ctx: PublishContext = {
		graph: async () => {
			looks.push(clock.elapsed());
			return { status_code: clock.elapsed() >= readyAfterMs ? 'FINISHED' : 'IN_PROGRESS' };
		},
		fail: (message, description) => Object.assign(new Error(message), { description }),
		isCancelled: () => false,
		accountId: '1',
		maxWaitMs,
		forget: () => {},
		...more,
	};
	const wait = async (kind: MediaKind, since = clock.begun) =>
		await waitForContainer(ctx, { id: '178', since, kind } satisfies Container);
	return { looks, wait };
}

describe('waiting for a container', () => {
	it.each<[MediaKind, number, number[]]>([
		['image', 0, [0]],
		['image', 800, [0, 1000]],
		['image', 5000, [0, 1000, 3000, 6000]],
		['video', 1500, [2000]],
		['video', 20_000, [2000, 8000, 22_000]],
		['video', 100_000, [2000, 8000, 22_000, 37_000, 57_000, 87_000, 117_000]],
		['video', 290_000, [2000, 8000, 22_000, 37_000, 57_000, 87_000, 117_000, 177_000, 237_000, 297_000]],
	])('of an %s that takes %d ms looks as seldom as it can', async (kind, readyAfterMs, expected) => {
		const { looks, wait } = stage(readyAfterMs);
		expect(await wait(kind)).toBe(false);
		expect(looks).toEqual(expected);
	});

	it('comes to an end at the limit, with a last look there, and names the container', async () => {
		const { looks, wait } = stage(Infinity, 45_000);
		await expect(wait('video')).rejects.toMatchObject({
			message: 'Instagram is still processing the media',
			description:
				'Nothing was published. The container 178 lives 24 hours: "Publish Container" publishes it once it is ready, and never twice. To wait longer, raise Options > Maximum Wait.',
		});
		expect(looks).toEqual([2000, 8000, 22_000, 37_000, 45_000]);
	});

	it('looks at once, and once at least, when it begins late', async () => {
		clock.pass(400_000);
		const ready = stage(1000);
		await ready.wait('video');
		expect(ready.looks).toEqual([400_000]);
		const late = stage(Infinity);
		await expect(late.wait('video')).rejects.toMatchObject({ message: 'Instagram is still processing the media' });
		expect(late.looks).toHaveLength(1);
	});

	it('ends within a second of a cancellation', async () => {
		const { looks, wait } = stage(Infinity, 300_000, { isCancelled: () => clock.elapsed() > 9000 });
		await expect(wait('video')).rejects.toMatchObject({
			message: 'The execution was cancelled',
			description: 'Nothing was published; the container is 178.',
		});
		expect([looks, clock.elapsed()]).toEqual([[2000, 8000], 10_000]);
	});

	it.each(['image', 'video'] as const)('plans looks of an %s that grow apart, and never more than a minute', (kind) => {
		const plan = Array.from({ length: 20 }).reduce<number[]>(
			(times) => [...times, nextLook(kind, times.at(-1) ?? -1)],
			[],
		);
		const gaps = plan.map((at, index) => at - (plan[index - 1] ?? 0));
		expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
		expect(gaps.at(-1)).toBeLessThanOrEqual(60_000);
	});
});

it('a pause takes as long as it should', async () => {
	const ctx = { isCancelled: () => false } as PublishContext;
	await pause(ctx, 3300, () => '');
	expect(clock.elapsed()).toBe(3300);
});
