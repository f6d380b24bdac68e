import { matcherFor } from '../../../nodes/InstagramTrigger/pattern/matcher.ts';
import { cpuTimed } from '../../support/cpuTime.mts';
import { BAKERY, judged, PERSON } from '../../support/events.mts';
import { settledLogin } from '../../support/logins.mts';
import { webhookServer } from '../../support/webhookServer.mts';

/** As many messages as Meta puts into one delivery. */
const MOST = 1_000;
const delivery = (textOf: (index: number) => string) =>
	Buffer.from(
		JSON.stringify({
			object: 'instagram',
			entry: [
				{
					id: BAKERY,
					time: 1763719531000,
					messaging: Array.from({ length: MOST }, (_one, i) => ({
						sender: { id: PERSON },
						recipient: { id: BAKERY },
						timestamp: 1763719530123 + i,
						message: { mid: `aWdfZ${i}`, text: textOf(i) },
					})),
				},
			],
		}),
	);
const judgedWith = (pattern: string, body: Buffer) => {
	const { result, ms } = cpuTimed(() => judged(body, { matches: matcherFor(pattern).matches }));
	if (result.status !== 200) throw new Error(`refused with ${result.status}`);
	return { ids: result.events.map(({ eventId }) => eventId), unsearched: result.unsearched, ms };
};
const SLOW = '/(?:a?){240}b/';
const hostile = delivery(() => 'a'.repeat(1_000));

describe('the searches of one delivery', () => {
	it('end after so many steps, however slow the pattern; what is left comes through', () => {
		const { ids, unsearched, ms } = judgedWith(SLOW, hostile);
		expect(unsearched).toBeGreaterThan(MOST / 2);
		expect(unsearched).toBeLessThan(MOST);
		// What was searched did not match, and what was not searched is all there, in its order.
		expect(ids).toEqual(Array.from({ length: unsearched! }, (_one, i) => `aWdfZ${MOST - unsearched! + i}`));
		expect(ms).toBeLessThan(2_000);
		// The next delivery begins anew.
		expect(judgedWith(SLOW, hostile).ids).toEqual(ids);
	});

	it.each([
		'price',
		'/price/',
		'/\\b(price|cost)s?\\b/i',
		'/how much|what.*cost|price/i',
		'/^\\s*(yes|no|stop)\\b/i',
		'/\\d{4,6}/',
	])('reach to the end of the largest delivery with patterns as people write them: %s', (pattern) => {
		const lorem = 'lorem ipsum dolor sit amet '.repeat(37);
		const wanted = pattern.includes('^') ? `yes ${lorem}` : `${lorem} what is the price of 12345`;
		const body = delivery((i) => (i % 2 ? lorem : wanted));
		const { ids, unsearched } = judgedWith(pattern, body);
		expect(unsearched).toBeUndefined();
		expect(ids).toHaveLength(MOST / 2);
	});

	it.each(['x', '/x/', '/x/u'])('do not begin with a text that is longer than all of them may take: %s', (pattern) => {
		const text = 'a'.repeat(11_000_000);
		const { ids, unsearched, ms } = judgedWith(
			pattern,
			delivery((i) => (i === 0 ? text : 'a')),
		);
		expect([ids.length, unsearched]).toEqual([MOST, MOST]);
		expect(ms).toBeLessThan(2_000);
	});
});

it('a text that is made of accents takes a plain search no longer', () => {
	const { matches } = matcherFor('x');
	const { result, ms } = cpuTimed(() => matches!(`a${'\u0301'.repeat(100_000)}${'\u0316'.repeat(100_000)}`));
	expect(result).toBe(false);
	expect(ms).toBeLessThan(1_000);
});

describe('a trigger whose pattern is too slow', () => {
	const inCore = <T extends object>(name: string) =>
		jest.requireActual<T>(require.resolve(name, { paths: [require.resolve('n8n-core')] }));
	const { Container } = inCore<{ Container: { get: (token: unknown) => { warn: (text: string) => void } } }>('@n8n/di');
	const { Logger } = inCore<{ Logger: unknown }>('@n8n/backend-common');

	it('starts the workflow with what is left, and says so once per delivery in the log', async () => {
		const warn = jest.spyOn(Container.get(Logger), 'warn').mockImplementation(() => {});
		const server = await webhookServer({
			credentials: settledLogin(),
			parameters: { options: { onlyMessagesThatMatch: SLOW } },
		});
		expect((await server.deliver(hostile)).status).toBe(200);
		await server.close();
		const told = warn.mock.calls.map(([text]) => text).filter((text) => text.includes('Only Messages That Match'));
		warn.mockRestore();
		expect(told).toHaveLength(1);
		expect(told[0]).toContain(`${server.taken[0].length} messages or comments started the workflow without`);
		expect(server.taken[0].length).toBeGreaterThan(MOST / 2);
	});
});
