import { setTimeout as wait } from 'node:timers/promises';
import { Expiring } from '../../../nodes/InstagramTrigger/delivery/expiring.ts';
import { secretsInMemory } from '../../../nodes/InstagramTrigger/delivery/secrets.ts';
import { setClock } from '../../support/clock.mts';
import { fixture } from '../../support/fixtures.mts';
import { BAKERY, settledLogin } from '../../support/logins.mts';
import { webhookServer } from '../../support/webhookServer.mts';

/** What is in there, without asking it: asking sweeps. */
const held = (kept: Expiring<unknown>) => [...(kept as unknown as { entries: Map<string, unknown> }).entries.keys()];
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

describe('Expiring', () => {
	it('keeps an entry until its time, and sweeps it out when anybody asks for anything', () => {
		const clock = { now: 1_000 };
		const kept = new Expiring<string>(() => clock.now);
		kept.set('a', 'one', 2_000);
		kept.set('b', 'two', 3_000);
		clock.now = 1_999;
		expect([kept.get('a'), kept.values()]).toEqual(['one', ['one', 'two']]);
		clock.now = 2_000;
		expect(kept.get('unknown')).toBeUndefined();
		expect(held(kept)).toEqual(['b']);
	});

	it('lets a time be prolonged and an entry be taken out', () => {
		const clock = { now: 0 };
		const kept = new Expiring<string>(() => clock.now);
		kept.set('a', 'one', 10);
		kept.set('a', 'two', 20);
		clock.now = 15;
		expect(kept.get('a')).toBe('two');
		kept.delete('a');
		expect(kept.get('a')).toBeUndefined();
	});

	it.each([0, -1, NaN])('keeps nothing for no time (%s)', (until) => {
		const kept = new Expiring<string>(() => 0);
		kept.set('a', 'one', until);
		expect(held(kept)).toEqual([]);
	});

	it('sweeps by itself where nobody asks, with few timers, also for odd times', async () => {
		const { timeout } = AbortSignal;
		const timers: number[] = [];
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			timers.push(ms);
			return timeout.call(AbortSignal, Math.min(ms, 5));
		});
		const clock = { now: 0 };
		const kept = new Expiring<string>(() => clock.now);
		for (let i = 0; i < 100; i++) kept.set(`entry ${i}`, 'value', 1_000.5 + i);
		expect(timers).toEqual([61_001]);
		kept.set('for ever', 'value', Infinity);
		expect(timers).toEqual([61_001, 2 ** 31 - 1]);
		kept.delete('for ever');
		clock.now = 2_000;
		for (let left = 400; held(kept).length > 0 && left > 0; left--) await wait(5);
		expect(held(kept)).toEqual([]);
	});
});

describe('app secrets in memory', () => {
	it('are gone a minute after they were read, whoever asks then', async () => {
		const start = 1_800_000_000_000;
		setClock(start);
		const serve = async () => await webhookServer({ credentials: settledLogin([BAKERY]) });
		const [one, other] = [await serve(), await serve()];
		await one.deliver(fixture('text'));
		const [key] = held(secretsInMemory);
		expect(held(secretsInMemory)).toHaveLength(1);
		setClock(start + 60_000);
		await other.deliver(fixture('text'));
		expect(held(secretsInMemory)).toHaveLength(1);
		expect(held(secretsInMemory)).not.toContain(key);
		await Promise.all([one.close(), other.close()]);
	});
});
