import type { Connection } from '../../../nodes/meta/connection.ts';
import { gapAt } from '../../../nodes/meta/limits/budgets.ts';
import { gateOf } from '../../../nodes/meta/limits/gate.ts';
import { about, newConnection, patience, refusal, waited as waitedFor } from './gates.mts';

let connection: Connection;
beforeEach(() => {
	jest.useFakeTimers();
	connection = newConnection();
});
afterEach(() => jest.useRealTimers());

type Rates = Record<string, number>;

const gate = (
	path = '/1000/messages',
	signAs = '1000',
	{ maxWaitMs, signal }: { maxWaitMs?: number; signal?: AbortSignal } = { maxWaitMs: 90_000 },
) => gateOf({ ...connection, ...patience(maxWaitMs) }, { method: 'POST', signAs, path }, signal);
const appUsage = (usage: Rates) => ({ headers: { 'x-app-usage': JSON.stringify(usage) } });
const accountUsage = (id: string, usage: Rates) => ({
	headers: { 'x-business-use-case-usage': JSON.stringify({ [id]: [{ type: 'messenger', ...usage }] }) },
});

const waited = async (call = gate()) => await waitedFor(call);

/** A call that leaves and is answered. */
async function served(answer: Parameters<ReturnType<typeof gate>['record']>[0], call = gate()): Promise<void> {
	await waited(call);
	call.record(answer);
}

describe('a budget that comes near its end', () => {
	it('costs nothing while there is room', async () => {
		await served(accountUsage('1784', { call_count: 79, total_time: 12 }));
		await served(appUsage({ call_count: 80 }));
		expect([await waited(), await waited(), await waited()]).toEqual([0, 0, 0]);
	});

	it('sets calls further apart the less is left', () => {
		const gaps = [0, 80, 85, 90, 95, 99, 100, 130].map(gapAt);
		expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
		expect([gaps[1], gaps[6], gaps[7]]).toEqual([0, 10_000, 10_000]);
		expect(gaps[2]).toBeGreaterThan(100);
	});

	it.each([
		['the app, by calls', () => appUsage({ call_count: 95, total_cputime: 2, total_time: 3 })],
		['the app, by time', () => appUsage({ call_count: 1, total_cputime: 2, total_time: 95 })],
		['the app, by work', () => appUsage({ call_count: 1, total_cputime: 95, total_time: 3 })],
		['the app, by calls to graph.instagram.com', () => appUsage({ call_volume: 95, cpu_time: 2 })],
		['the app, by work of graph.instagram.com', () => appUsage({ call_volume: 1, cpu_time: 95 })],
		['its Page', () => accountUsage('1000', { call_count: 95 })],
		['its Instagram account', () => accountUsage('1784', { call_count: 95 })],
		['an object of another kind, when no other is named', () => accountUsage('88', { call_count: 95 })],
	])('is told of %s', async (_whose, answer) => {
		await served(answer());
		expect([await waited(), await waited()]).toEqual([about(gapAt(95)), about(gapAt(95))]);
	});

	it('is that of the account alone, and of its kind of call', async () => {
		await served(accountUsage('1784', { call_count: 99 }));
		expect(await waited(gate('/1001/messages', '1001'))).toBe(0);
		expect(await waited(gate('/1784/media'))).toBe(0);
		expect(await waited()).toEqual(about(gapAt(99)));
	});

	it('is not taken from another account of the same header', async () => {
		const rows = { '1784': [{ call_count: 3 }], '1785': [{ call_count: 100, estimated_time_to_regain_access: 9 }] };
		await served({ headers: { 'x-business-use-case-usage': JSON.stringify(rows) } });
		expect([await waited(), await waited()]).toEqual([0, 0]);
	});

	it('is forgotten when an answer tells less, and after a while', async () => {
		await served(accountUsage('1784', { call_count: 99 }));
		await served(accountUsage('1784', { call_count: 60 }));
		expect(await waited()).toBe(0);
		await served(appUsage({ call_count: 99 }));
		await jest.advanceTimersByTimeAsync(61_000);
		expect([await waited(), await waited()]).toEqual([0, 0]);
	});

	it('does not hold up a call that may not wait', async () => {
		await served(appUsage({ call_count: 100 }));
		expect([await waited(gate('/me', 'user', {})), await waited(gate('/me', 'user', {}))]).toEqual([0, 0]);
	});
});

describe('a refusal', () => {
	it.each([
		[80006, ['/1000/messages', '1000'], ['/1001/messages', '1001']],
		[613, ['/1000/messages', '1000'], ['/1000/conversations', '1000']],
		[80002, ['/1000/messages', '1000'], ['/1001/messages', '1001']],
	])('with %i holds up the account for the minutes that Meta tells, and nobody else', async (code, held, free) => {
		await served(refusal(code, 1));
		expect(await waited(gate(free[0], free[1]))).toBe(0);
		expect(await waited(gate(held[0], held[1]))).toEqual(about(60_000));
	});

	it.each([4, 341])('with %i holds up the whole app', async (code) => {
		await served(refusal(code, 1));
		expect(await waited(gate('/1001/media', '1001'))).toEqual(about(60_000));
	});

	it('is told at once where Meta asks for more than the call may wait, with what is left of it', async () => {
		await served(refusal(80006, 7));
		await jest.advanceTimersByTimeAsync(100_000);
		expect(await waited()).toBe('refused with 80006, 6 minutes');
		expect(await waited(gate('/1000/messages', '1000', { maxWaitMs: 0 }))).toBe('refused with 80006, 6 minutes');
		expect(await waited(gate('/1000/messages', '1000', {}))).toBe('refused with 80006, 6 minutes');
		expect(await waited(gate('/1000/messages', '1000', { maxWaitMs: 500_000 }))).toEqual(about(320_000));
	});

	it('without a time is waited out longer each time, and not for ever', async () => {
		const call = gate();
		const waits: Array<number | string> = [];
		for (let i = 0; i < 6; i++) {
			waits.push(await waited(call));
			call.record(refusal(4));
		}
		expect(waits).toEqual([
			0,
			about(5000),
			about(10_000),
			about(20_000),
			about(40_000),
			'refused with 4, unknown minutes',
		]);
		// The next call begins anew, but does not start from nothing.
		expect(await waited(gate('/1000/messages', '1000', { maxWaitMs: 60_000 }))).toBe('refused with 4, unknown minutes');
	});

	it('counts once for all calls that were under way', async () => {
		const calls = [gate(), gate(), gate(), gate()];
		for (const call of calls) await waited(call);
		for (const call of calls) call.record(refusal(613));
		expect(await waited()).toEqual(about(5000));
	});

	it('lets calls leave one by one until one is answered', async () => {
		await served(refusal(80006));
		const [first, second, third] = [gate(), gate(), gate()];
		expect(await waited(first)).toEqual(about(5000));
		expect(await waited(second)).toEqual(about(1000));
		first.record({ headers: {} });
		expect(await waited(third)).toBe(0);
	});

	it('is not lifted by the answer to a call that left before', async () => {
		const early = gate();
		await waited(early);
		await served(refusal(80006));
		early.record({ headers: {} });
		expect(await waited()).toEqual(about(5000));
	});

	it('is lifted by no gateway', async () => {
		await served(refusal(80006));
		const call = gate();
		await waited(call);
		call.record({ failure: { status: 502 } });
		expect(await waited()).toEqual(about(1000));
	});

	it('ends its wait when the execution is cancelled', async () => {
		await served(refusal(80006, 1));
		const end = new AbortController();
		setTimeout(() => end.abort(), 3000);
		expect(await waited(gate('/1000/messages', '1000', { maxWaitMs: 90_000, signal: end.signal }))).toBe('cancelled');
		expect(await waited()).toEqual(about(57_000));
	});
});
