import { setTimeout as wait } from 'node:timers/promises';
import { memoryDeduplicator } from '../../../support/deduplication.mts';
import { guardNetwork, listenAt } from '../../../support/graph.mts';
import { GRAPH } from '../../../support/logins.mts';
import { jsons, run } from '../../../support/parameters.mts';

guardNetwork();

const event = (eventId: unknown, name = 'message') => ({ event: name, eventId, message: { text: 'Hello' } });
/** Parameters as n8n fills them in when nothing was changed. */
const defaults = { eventId: '={{ $json.eventId }}', scope: 'node', remember: 5000 };
const pass = async (items: object[], more: object = {}, options: object = {}) =>
	await run('webhook', 'removeDuplicates', { ...defaults, ...more }, { items: items as never, ...options });
const idsOf = async (items: object[], more: object = {}) =>
	jsons((await pass(items, more)).items).map(({ eventId }) => eventId);

describe('webhook: removeDuplicates', () => {
	it('passes what is new, whole and paired with its item, and calls nobody', async () => {
		await memoryDeduplicator();
		const calls = listenAt(GRAPH, () => ({}));
		const { items, error } = await pass([event('a'), event('b')]);
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{ json: event('a'), pairedItem: { item: 0 } },
			{ json: event('b'), pairedItem: { item: 1 } },
		]);
		expect(calls).toEqual([]);
	});

	it('drops what it saw in an earlier execution, and passes the rest of the delivery', async () => {
		await memoryDeduplicator();
		expect(await idsOf([event('a'), event('b')])).toEqual(['a', 'b']);
		expect(await idsOf([event('b'), event('c'), event('a')])).toEqual(['c']);
		expect(await idsOf([event('c')])).toEqual([]);
	});

	it('drops the second of two equal events in one delivery', async () => {
		await memoryDeduplicator();
		expect(await idsOf([event('a'), event('a'), event('b'), event('a')])).toEqual(['a', 'b']);
	});

	it('tells events of one ID from each other: a message and its deletion', async () => {
		await memoryDeduplicator();
		expect(await idsOf([event('a'), event('a', 'messageDeleted')])).toEqual(['a', 'a']);
		expect(await idsOf([event('a', 'messageDeleted'), event('a')])).toEqual([]);
	});

	it('tells accounts of one ID from each other: a comment that mentions two of them comes to both', async () => {
		const list = await memoryDeduplicator();
		const mentions = ['17841400000000001', '17841400000000002'].map((accountId) => ({
			...event('17894227972186120:mention', 'mention'),
			accountId,
		}));
		expect(jsons((await pass(mentions)).items)).toEqual(mentions);
		expect(await idsOf(mentions)).toEqual([]);
		expect([...list.lists.values()][0]).toHaveLength(2);
	});

	it('lets the second account through in a later execution, too', async () => {
		await memoryDeduplicator();
		for (const accountId of ['17841400000000001', '17841400000000002'])
			expect(await idsOf([{ ...event('a'), accountId }])).toEqual(['a']);
	});

	it('lets everything through when a person runs an execution again: it broke off behind this node, or in it', async () => {
		await memoryDeduplicator();
		expect(await idsOf([event('a'), event('b')])).toEqual(['a', 'b']);
		expect(
			jsons((await pass([event('a'), event('b'), event('b'), event('c')], {}, { mode: 'retry' })).items).map(
				({ eventId }) => eventId,
			),
		).toEqual(['a', 'b', 'c']);
		expect(await idsOf([event('a'), event('c')])).toEqual([]);
	});

	it('takes numbers and items of other nodes', async () => {
		await memoryDeduplicator();
		expect(jsons((await pass([{ id: 1 }, { id: '1' }, { id: 2 }], { eventId: '={{ $json.id }}' })).items)).toEqual([
			{ id: 1 },
			{ id: 2 },
		]);
	});

	it('asks the database once for all items', async () => {
		const list = await memoryDeduplicator();
		await pass(Array.from({ length: 200 }, (_one, i) => event(`m${i}`)));
		expect(list.writes).toBe(1);
	});

	it('remembers as much as it is told, and at least the delivery at hand', async () => {
		const list = await memoryDeduplicator();
		await pass([event('a'), event('b'), event('c')], { remember: 2 });
		expect([...list.lists.values()][0]).toHaveLength(3);
		await pass([event('d')], { remember: 2 });
		expect([...list.lists.values()][0]).toEqual(['message:c', 'message:d']);
	});

	it.each(['node', 'workflow'])('keeps the list of its %s', async (scope) => {
		const list = await memoryDeduplicator();
		await pass([event('a')], { scope });
		expect([...list.lists.keys()]).toEqual([scope === 'node' ? 'test:instagram' : 'test:']);
	});

	it('lets one of two executions through that run at the same time, and forgets nothing', async () => {
		const list = await memoryDeduplicator();
		list.between = async () => await wait(5);
		const all = await Promise.all(['a', 'a', 'b', 'c', 'b', 'd'].map(async (id) => await idsOf([event(id)])));
		expect(all.flat().sort()).toEqual(['a', 'b', 'c', 'd']);
		expect([...list.lists.values()][0]).toHaveLength(4);
	});

	it('tries again when another process began the list in the same moment', async () => {
		const list = await memoryDeduplicator();
		let other = true;
		list.between = () => {
			if (other) list.lists.set('test:instagram', ['message:x', 'message:a']);
			other = false;
		};
		expect(await idsOf([event('a'), event('b')])).toEqual(['b']);
		expect([...list.lists.values()][0]).toEqual(['message:x', 'message:a', 'message:b']);
	});

	it('passes an error of the database on, and no item', async () => {
		const list = await memoryDeduplicator();
		await pass([event('a')]);
		list.between = () => {
			throw new Error('database is locked');
		};
		const { items, error } = await pass([event('b')]);
		expect(items).toEqual([]);
		expect(error?.message).toContain('database is locked');
	});

	it.each([undefined, null, '', '  '])(
		'remembers nothing when an item has no ID (%p): its repeat would pass',
		async (eventId) => {
			const list = await memoryDeduplicator();
			const { error } = await pass([event('a'), { event: 'message', eventId }]);
			expect(error?.message).toBe('Item 2 has no event ID');
			expect(error?.description).toContain('right after the Instagram Trigger');
			expect(list.writes).toBe(0);
		},
	);

	it('with "continue on fail" names the item without an ID and passes the others', async () => {
		await memoryDeduplicator();
		const { items } = await pass([event('a'), { event: 'message' }, event('b')], {}, { continueOnFail: true });
		expect(jsons(items)).toMatchObject([{ eventId: 'a' }, { error: 'Item 2 has no event ID' }, { eventId: 'b' }]);
	});
});
