import type { IDataObject } from 'n8n-workflow';
import { everyEvent } from '../../support/events.mts';
import { fixture, fixtureNames } from '../../support/fixtures.mts';
import { graphError, guardNetwork, listenAt } from '../../support/graph.mts';
import { BAKERY, FLORIST, GRAPH, settledLogin } from '../../support/logins.mts';
import { webhookServer } from '../../support/webhookServer.mts';

type Server = Awaited<ReturnType<typeof webhookServer>>;
type Entry = IDataObject & { id?: string };
guardNetwork();
/** Messages that Meta only announced are asked for, and stay unknown. */
beforeEach(() => void listenAt(GRAPH, () => ({ status: 400, body: graphError(100) })));
const open: Server[] = [];
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));
/** A trigger for both accounts that wants everything. */
const serve = async (): Promise<Server> => {
	const options = { includeEchoes: true, includeOwnComments: true, includeTestPayloads: true };
	const server = await webhookServer({
		credentials: settledLogin([BAKERY, FLORIST]),
		parameters: { events: everyEvent, options },
	});
	open.push(server);
	return server;
};

const bodyOf = (...entry: Entry[]) => Buffer.from(JSON.stringify({ object: 'instagram', entry }));
/** A sample of the dashboard that names an account in its entry; the recorded ones name none. */
const sample: Entry = {
	id: BAKERY.id,
	time: 1763719531,
	messaging: [{ sender: { id: '12334' }, recipient: { id: '23245' }, timestamp: 1, some_new_thing: { mid: 'x' } }],
};
const recorded = fixtureNames.map((name): [string, Entry[]] => [
	name,
	(JSON.parse(fixture(name).toString('utf8')) as { entry: Entry[] }).entry,
]);
const deliveries = [...recorded, ['a sample', [sample]] as [string, Entry[]]].filter(([, entries]) =>
	entries.every((entry) => entry?.id === BAKERY.id),
);
/** The same, with another account in the entry, and as the one who did it where the account did; nothing else differs. */
const at = (account: { id: string }, entries: Entry[]): Entry[] => {
	const sender = ({ id }: { id: string }) => `"sender":${JSON.stringify({ id })}`;
	const text = JSON.stringify(entries.map((entry) => ({ ...entry, id: account.id })));
	return JSON.parse(text.replaceAll(sender(BAKERY), sender(account))) as Entry[];
};

const eventsOf = (server: Server) => server.taken.flat();
const of = (account: { id: string }, server: Server) =>
	eventsOf(server)
		.filter(({ accountId }) => accountId === account.id)
		.map(({ event }) => event);

describe('what Meta tells two accounts about one thing', () => {
	const kinds = new Set<unknown>();

	it.each(deliveries)(
		'starts an execution for both of them, in one delivery and in two: %s',
		async (_name, entries) => {
			const [alone, together, apart] = [await serve(), await serve(), await serve()];
			const [bakery, florist] = [at(BAKERY, entries), at(FLORIST, entries)];
			await alone.deliver(bodyOf(...bakery));
			await together.deliver(bodyOf(...bakery, ...florist));
			await apart.deliver(bodyOf(...bakery));
			await apart.deliver(bodyOf(...florist));
			const expected = of(BAKERY, alone);
			expect(expected.length).toBeGreaterThan(0);
			for (const server of [together, apart]) {
				expect([of(BAKERY, server), of(FLORIST, server)]).toEqual([expected, expected]);
				expect(eventsOf(server)).toHaveLength(2 * expected.length);
				// Repeats still start nothing, however they are batched.
				for (const body of [bodyOf(...florist), bodyOf(...florist, ...bakery)])
					expect(await server.deliver(body)).toEqual({ status: 200, text: 'EVENT_RECEIVED' });
				expect(eventsOf(server)).toHaveLength(2 * expected.length);
			}
			for (const kind of expected) kinds.add(kind);
		},
	);

	it('was tried with every kind of event', () => {
		expect([...kinds].sort()).toEqual([...everyEvent].sort());
	});
});
