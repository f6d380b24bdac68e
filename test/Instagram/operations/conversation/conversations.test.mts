import '../../../support/quickTime.mts';
import { graphError, guardNetwork, line, listenAt } from '../../../support/graph.mts';
import { BAKERY, GRAPH, tokens } from '../../../support/logins.mts';
import { jsons, run } from '../../../support/parameters.mts';

guardNetwork();

const person = { id: '5551234567890123', username: 'sandbox_visitor' };
const own = { id: BAKERY.id, username: BAKERY.username };
const conversation = (id: string, people: object[]) => ({
	id,
	updated_time: '2026-11-21T10:15:30+0000',
	participants: { data: people },
});
const nextPage = { cursors: { after: 'second' }, next: 'https://evil.example' };

describe('conversation: getMany', () => {
	const serve = () =>
		listenAt(GRAPH, ({ query }) => ({
			body:
				query.after === 'second'
					? { data: [conversation('c2', [person, own])] }
					: { data: [conversation('c1', [own, person])], paging: nextPage },
		}));

	it('reads all pages of the inbox, with the Page token, and tells who is on the other side', async () => {
		const calls = serve();
		const { items, error } = await run('conversation', 'getMany', { returnAll: true });
		expect(error).toBeUndefined();
		const simple = { conversationWith: person.id, username: person.username, updatedAt: '2026-11-21T10:15:30.000Z' };
		expect(jsons(items)).toEqual([
			{ id: 'c1', ...simple },
			{ id: 'c2', ...simple },
		]);
		expect(calls.map((call) => [line(call), call.authorization, call.query.platform])).toEqual(
			Array(2).fill([`GET /${BAKERY.pageId}/conversations`, `Bearer ${tokens.bakery}`, 'instagram']),
		);
	});

	it("gives Meta's own answer with Simplify off", async () => {
		serve();
		const { items } = await run('conversation', 'getMany', { returnAll: false, limit: 1, simplify: false });
		expect(jsons(items)).toEqual([conversation('c1', [own, person])]);
	});

	it('copes with people who are gone and times that are missing', async () => {
		listenAt(GRAPH, () => ({
			body: { data: [{ id: 'c1' }, { id: 'c2', participants: { data: [own] }, updated_time: 'soon' }] },
		}));
		const { items } = await run('conversation', 'getMany');
		expect(jsons(items)).toEqual([
			{ id: 'c1', conversationWith: null, username: null, updatedAt: null },
			{ id: 'c2', conversationWith: null, username: null, updatedAt: 'soon' },
		]);
	});
});

describe('conversation: getMessages', () => {
	const chosen = { conversationId: { __rl: true, mode: 'id', value: 'aWdfZA-_G06=' } };
	const theirs = {
		id: 'm2',
		created_time: '2026-11-21T10:15:30+0000',
		from: person,
		to: { data: [own] },
		message: 'Grüße',
	};
	const ours = {
		id: 'm1',
		created_time: '2026-11-21T11:15:30+0100',
		from: own,
		message: '',
		attachments: { data: [{ image_data: { url: 'https://cdn.example/1' } }] },
	};
	const serve = () =>
		listenAt(GRAPH, ({ query }) => ({ body: query.after ? { data: [ours] } : { data: [theirs], paging: nextPage } }));

	it('reads all pages and tells which side wrote', async () => {
		const calls = serve();
		const { items, error } = await run('conversation', 'getMessages', { ...chosen, returnAll: true });
		expect(error).toBeUndefined();
		const nothing = { attachments: [], shares: [], story: null, reactions: [], isUnsupported: false };
		const image = { type: 'image', url: 'https://cdn.example/1', name: null, mimeType: null, size: null };
		expect(jsons(items)).toEqual([
			{
				...nothing,
				id: 'm2',
				text: 'Grüße',
				from: person.id,
				username: person.username,
				isFromAccount: false,
				createdAt: '2026-11-21T10:15:30.000Z',
			},
			{
				...nothing,
				id: 'm1',
				text: '',
				from: own.id,
				username: own.username,
				isFromAccount: true,
				createdAt: '2026-11-21T10:15:30.000Z',
				attachments: [image],
			},
		]);
		expect(calls.map(line)).toEqual(Array(2).fill('GET /aWdfZA-_G06%3D/messages'));
	});

	it("gives Meta's own answer with Simplify off", async () => {
		serve();
		const { items } = await run('conversation', 'getMessages', {
			...chosen,
			returnAll: false,
			limit: 2,
			simplify: false,
		});
		expect(jsons(items)).toEqual([theirs, ours]);
	});

	it('takes tokens out of the addresses of a raw answer', async () => {
		const paged = (query: string) => ({
			...ours,
			attachments: { ...ours.attachments, paging: { next: `https://graph.facebook.com/x?limit=1${query}` } },
		});
		listenAt(GRAPH, () => ({ body: { data: [paged('&access_token=EAA')] } }));
		const { items } = await run('conversation', 'getMessages', { ...chosen, simplify: false });
		expect(jsons(items)).toEqual([paged('')]);
	});

	it('reads messages that came without content one by one, when told to, and keeps those that are gone', async () => {
		const bare = (id: string) => ({ id, created_time: '2026-11-21T10:15:30+0000', from: person, message: '' });
		const calls = listenAt(GRAPH, (request) => {
			if (line(request).endsWith('/messages')) return { body: { data: [theirs, bare('m4'), bare('m5')] } };
			return line(request) === 'GET /m4'
				? { body: { ...bare('m4'), attachments: ours.attachments } }
				: { status: 400, body: graphError(9000001) };
		});
		const { items } = await run('conversation', 'getMessages', { ...chosen, options: { readMissing: true } });
		expect(jsons(items).map(({ id, attachments }) => [id, (attachments as unknown[]).length])).toEqual([
			['m2', 0],
			['m4', 1],
			['m5', 0],
		]);
		expect(calls.map(line).slice(1)).toEqual(['GET /m4', 'GET /m5']);
	});

	it('asks for the conversation when none is chosen, before any call', async () => {
		const calls = serve();
		const { error } = await run('conversation', 'getMessages', {
			conversationId: { __rl: true, mode: 'id', value: '={{ "" }}' },
		});
		expect(error?.message).toBe('"Conversation" is empty');
		expect(calls).toEqual([]);
	});
});
