import { MemoryPerNode } from '../../../nodes/InstagramTrigger/delivery/memoryPerNode.ts';
import { setClock } from '../../support/clock.mts';
import { PERSON } from '../../support/events.mts';
import { fixture } from '../../support/fixtures.mts';
import { BAKERY, settledLogin } from '../../support/logins.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

type Server = Awaited<ReturnType<typeof webhookServer>>;
const open: Server[] = [];
const serve = async (options: object = {}, more: Partial<Settings> = {}): Promise<Server> => {
	const server = await webhookServer({ credentials: settledLogin(), parameters: { options: { ...options } }, ...more });
	open.push(server);
	return server;
};
afterEach(async () => {
	jest.useRealTimers();
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

/** One delivery of so many messages, each of another person. */
const flood = (count: number) =>
	Buffer.from(
		JSON.stringify({
			object: 'instagram',
			entry: [
				{
					id: BAKERY.id,
					time: 1763719531000,
					messaging: Array.from({ length: count }, (_one, i) => ({
						sender: { id: String(1_000_000 + i) },
						recipient: { id: BAKERY.id },
						timestamp: 1763719530123,
						message: { mid: `aWdfZflood${i}`, text: 'x' },
					})),
				},
			],
		}),
	);
const next = Buffer.from(fixture('text').toString('latin1').replace('"aWdfZtext"', '"aWdfZnext"'), 'latin1');
const count = ({ taken }: Server) => taken.flat().length;

describe('two trigger nodes in one process', () => {
	it('a flood at one does not push out what the other has seen', async () => {
		const [victim, flooded] = [await serve(), await serve()];
		await victim.deliver(fixture('text'));
		expect((await flooded.deliver(flood(20_500))).status).toBe(200);
		expect(count(flooded)).toBe(20_500);
		expect((await victim.deliver(fixture('text'))).status).toBe(200);
		expect(count(victim)).toBe(1);
	});

	it.each<[string, Partial<Settings>]>([
		['a copy of the workflow, which has nodes with the same IDs', { workflow: 'copy' }],
		['another node of the workflow', { node: { id: 'another' } }],
		['the test in the editor', { isTest: true }],
	])('each have their own memory: %s', async (what, more) => {
		const options = { onlyFirstMessageHours: 24 };
		const own = { workflow: `with ${what}`, node: { id: 'copied' } };
		const [one, other] = [await serve(options, own), await serve(options, { ...own, ...more })];
		for (const server of [one, other, one, other]) expect((await server.deliver(fixture('text'))).status).toBe(200);
		expect([count(one), count(other)]).toEqual([1, 1]);
	});

	it('a flood at one does not make the other greet a person twice', async () => {
		const options = { onlyFirstMessageHours: 24 };
		const [victim, flooded] = [await serve(options), await serve(options)];
		await victim.deliver(fixture('text'));
		await flooded.deliver(flood(20_500));
		expect(count(flooded)).toBe(20_500);
		await victim.deliver(next);
		expect(victim.taken.flat().map(({ conversationWith }) => conversationWith)).toEqual([PERSON]);
	});

	it('the one that is flooded forgets its oldest events', async () => {
		const flooded = await serve();
		await flooded.deliver(fixture('text'));
		await flooded.deliver(flood(20_500));
		await flooded.deliver(fixture('text'));
		expect(count(flooded)).toBe(20_502);
	});

	it('the memory of one that is not used any more ends, and a first message counts for as long as was asked', async () => {
		const start = 1_800_000_000_000;
		setClock(start);
		const [day, week] = [await serve({ onlyFirstMessageHours: 24 }), await serve({ onlyFirstMessageHours: 168 })];
		for (const server of [day, week]) await server.deliver(fixture('text'));
		setClock(start + 25 * 3_600_000);
		for (const server of [day, week]) await server.deliver(next);
		expect([count(day), count(week)]).toEqual([2, 1]);
	});
});

describe('MemoryPerNode', () => {
	/** A memory of bare entries. */
	const memoryOf = () => {
		let size = 0;
		return {
			get size() {
				return size;
			},
			forget: (number: number) => (size -= number),
			add: (number: number) => (size += number),
		};
	};
	const make = (maxEntries = 100) => {
		const clock = { now: 0 };
		return { clock, memories: new MemoryPerNode(memoryOf, maxEntries, () => clock.now) };
	};

	it('gives each node its own, as long as it is used', () => {
		const { clock, memories } = make();
		memories.of('one', 10).add(1);
		memories.of('two', 10).add(2);
		clock.now = 9;
		expect(memories.of('one', 10).size).toBe(1);
		clock.now = 12;
		expect([memories.of('one', 10).size, memories.of('two', 10).size]).toEqual([1, 0]);
	});

	it('halves the largest when all are too much, and leaves the small ones alone', () => {
		const { memories } = make(100);
		memories.of('small', 1).add(10);
		memories.of('middle', 1).add(30);
		memories.of('large', 1).add(75);
		expect(memories.of('small', 1).size).toBe(10);
		expect([memories.of('middle', 1).size, memories.of('large', 1).size]).toEqual([30, 37]);
		memories.of('new', 1).add(1_000);
		expect(['small', 'middle', 'large', 'new'].map((node) => memories.of(node, 1).size)).toEqual([10, 30, 18, 31]);
	});
});
