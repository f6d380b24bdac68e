import { gateOf } from '../../../nodes/meta/limits/gate.ts';
import { about, messageTo, newConnection, patience, refusal, waited } from './gates.mts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('Wait When Rate Limited', () => {
	it('bounds the whole wait of a call that Meta always refuses, however often others are answered', async () => {
		const login = newConnection();
		const item = { ...login, ...patience(20_000) };
		const read = { method: 'GET', path: '/1784/media', signAs: '1000' };
		const call = gateOf(item, read);
		const waits: Array<number | string> = [];
		while (typeof waits.at(-1) !== 'string' && waits.length < 50) {
			waits.push(await waited(call));
			call.record(refusal(80002));
			if (waits.length % 2 === 1) continue;
			// Another item is answered: the account's row of refusals ends, but the patience of this item does not begin anew.
			const other = gateOf({ ...login, ...patience(90_000) }, read);
			await waited(other);
			other.record({ headers: {} });
		}
		expect(waits).toEqual([0, about(5000), 0, about(5000), 0, about(5000), 0, about(5000), 0, expect.any(String)]);
		expect(waits.at(-1)).toBe('refused with 80002, unknown minutes');
	});

	it('is one for all calls of an item', async () => {
		const item = { ...newConnection(), ...patience(12_000) };
		const outcomes: Array<number | string> = [];
		for (const edge of ['media', 'stories', 'tags']) {
			const call = () => gateOf(item, { method: 'GET', path: `/1784/${edge}`, signAs: '1000' });
			const first = call();
			await waited(first);
			first.record(refusal(613));
			const again = call();
			outcomes.push(await waited(again));
			again.record({ headers: {} });
		}
		expect(outcomes).toEqual([about(5000), about(5000), 'refused with 613, unknown minutes']);
	});

	it('is used up once by calls of an item that wait side by side', async () => {
		const item = { ...newConnection(), ...patience(20_000) };
		const call = () => gateOf(item, { method: 'GET', path: '/1784/media', signAs: '1000' });
		const first = call();
		await waited(first);
		first.record(refusal(80002));
		const both = [call(), call()].map(async (one) => await waited(one));
		await Promise.all(both);
		expect(item.patience?.leftMs).toEqual(about(15_000));
	});

	it('does not count the distance that calls keep when a budget nears its end', async () => {
		const item = { ...newConnection(), ...patience(1000) };
		const call = () => gateOf(item, { method: 'GET', path: '/1784/media', signAs: '1000' });
		const first = call();
		await waited(first);
		first.record({ headers: { 'x-app-usage': JSON.stringify({ call_count: 100 }) } });
		expect(await waited(call())).toEqual(about(10_000));
		expect(item.patience?.leftMs).toBe(1000);
	});
});

describe('a person whom Meta refuses messages with 613', () => {
	it('waits alone', async () => {
		const login = { ...newConnection(), ...patience(90_000) };
		const [refused, other] = [messageTo(login, 'A'), messageTo(login, 'B')];
		await waited(refused);
		refused.record(refusal(613));
		expect(await waited(other)).toBe(0);
		other.record({ headers: {} });
		expect(await waited(messageTo(login, 'C'))).toBe(0);
		expect(await waited(messageTo(login, 'A'))).toEqual(about(5000));
	});

	it('is given up within the patience of its item, while others are answered', async () => {
		const login = newConnection();
		const item = { ...login, ...patience(20_000) };
		const began = Date.now();
		let outcome: number | string = 0;
		let tries = 0;
		for (; typeof outcome === 'number'; tries++) {
			const call = messageTo(item, 'A');
			outcome = await waited(call);
			if (typeof outcome === 'string') break;
			call.record(refusal(613));
			const other = messageTo({ ...login, ...patience(20_000) }, 'B');
			expect(await waited(other)).toBe(0);
			other.record({ headers: {} });
		}
		expect([tries, outcome]).toEqual([3, 'refused with 613, unknown minutes']);
		expect(Date.now() - began).toBeLessThanOrEqual(20_000);
	});

	it('speaks for the account when others are refused as well and nobody is answered', async () => {
		const login = { ...newConnection(), ...patience(90_000) };
		for (const person of ['A', 'B', 'C']) {
			const call = messageTo(login, person);
			expect(await waited(call)).toBe(0);
			call.record(refusal(613));
		}
		const next = messageTo(login, 'D');
		expect(await waited(next)).toEqual(about(5000));
		next.record({ headers: {} });
		expect(await waited(messageTo(login, 'E'))).toBe(0);
	});

	it('does not speak for the account when somebody was answered in between', async () => {
		const login = { ...newConnection(), ...patience(90_000) };
		for (const person of ['A', 'B', 'C', 'D']) {
			const call = messageTo(login, person);
			await waited(call);
			call.record(refusal(613));
			const other = messageTo(login, 'good');
			expect(await waited(other)).toBe(0);
			other.record({ headers: {} });
		}
	});

	it('is not a comment that is answered in private: that limit is the account’s', async () => {
		const login = { ...newConnection(), ...patience(90_000) };
		const reply = (comment: string) =>
			gateOf(login, {
				method: 'POST',
				path: '/1000/messages',
				signAs: '1000',
				body: { recipient: { comment_id: comment }, message: { text: 'Hi' } },
			});
		const first = reply('1');
		await waited(first);
		first.record(refusal(613));
		expect(await waited(reply('2'))).toEqual(about(5000));
	});
});

it('613 for likes holds up no other kind of call', async () => {
	const login = { ...newConnection(), ...patience(90_000) };
	const call = (path: string) => gateOf(login, { method: 'POST', path, signAs: '1000' });
	const like = call('/1784/likes');
	await waited(like);
	like.record(refusal(613, 60));
	expect(await waited(call('/1784/media'))).toBe(0);
	expect(await waited(call('/1784/likes'))).toBe('refused with 613, 60 minutes');
});

it('a wait that Meta names is believed for a day at most', async () => {
	const login = { ...newConnection(), ...patience(undefined) };
	const call = () => gateOf(login, { method: 'GET', path: '/1784/media', signAs: '1000' });
	const first = call();
	await waited(first);
	first.record(refusal(80002, 1_000_000));
	expect(await waited(call())).toBe('refused with 80002, 1440 minutes');
});

it('an execution that was cancelled sends nothing, though there is room', async () => {
	expect(await waited(messageTo(newConnection(), 'A', AbortSignal.abort()))).toBe('cancelled');
});
