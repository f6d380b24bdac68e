import type { Connection } from '../../../nodes/meta/connection.ts';
import { waitForSlot, type Pace } from '../../../nodes/meta/limits/pace.ts';
import { newConnection } from './gates.mts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Joins a queue. @returns when the call left, in milliseconds from now; empty while it waits */
function join(login: Connection, pace: Pace, signal?: AbortSignal): { left: number[] } {
	const began = Date.now();
	const left: number[] = [];
	void waitForSlot(login, '1000', pace, signal).then(() => left.push(Date.now() - began));
	return { left };
}
const times = <T,>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const settle = async () => await jest.advanceTimersByTimeAsync(0);

describe('the queue of an account', () => {
	it.each<[string, Partial<Connection>]>([
		['has another app, with another secret', { appSecret: 'guessed' }],
		['has no secret', { appSecret: '', credentialType: 'instagramAccessTokenApi' }],
		['has a host of their own that names the same account', { versionedUrl: 'https://elsewhere.example/v25.0' }],
	])('is not lengthened by somebody who %s', async (_who, more) => {
		const owner = newConnection();
		times(20, () => join({ ...owner, loginKey: 'of another token', ...more }, 'conversations'));
		const call = join(owner, 'conversations');
		await settle();
		expect(call.left).toEqual([0]);
	});

	it('is one for all logins of its app, as Meta counts', async () => {
		const one = newConnection();
		const [first, second] = [
			join(one, 'conversations'),
			join({ ...one, loginKey: 'of another token' }, 'conversations'),
		];
		await settle();
		expect([first.left, second.left]).toEqual([[0], []]);
		await jest.advanceTimersByTimeAsync(600);
		expect(second.left).toHaveLength(1);
	});

	it('ends for an execution that is cancelled, at once, and costs those behind it no time', async () => {
		const login = newConnection();
		const end = new AbortController();
		const cancelled = times(20, () => join(login, 'conversations', end.signal));
		const behind = join(login, 'conversations');
		await settle();
		expect(cancelled.filter(({ left }) => left.length > 0)).toHaveLength(1);
		end.abort();
		await settle();
		expect(cancelled.map(({ left }) => left)).toEqual(times(20, () => [0]));
		// Only the one call that left is kept distance from.
		await jest.advanceTimersByTimeAsync(600);
		expect(behind.left).toHaveLength(1);
	});

	it('takes no time of an execution that was cancelled before', async () => {
		const login = newConnection();
		join(login, 'conversations');
		const late = join(login, 'conversations', AbortSignal.abort());
		await settle();
		expect(late.left).toEqual([0]);
	});

	it('lets likes go so slowly that Meta does not lock them: fewer than 50 within five seconds', async () => {
		const login = newConnection();
		const likes = times(120, () => join(login, 'likes'));
		await jest.advanceTimersByTimeAsync(20_000);
		const left = likes.flatMap((like) => like.left);
		expect(left).toHaveLength(120);
		expect(Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + 5000).length))).toBeLessThan(
			50,
		);
	});
});
