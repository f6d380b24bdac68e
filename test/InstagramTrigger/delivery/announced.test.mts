import type { IDataObject } from 'n8n-workflow';
import { deliveryOf } from '../../support/attachments.mts';
import { PERSON } from '../../support/events.mts';
import { graphError, guardNetwork, line, listenAt, type Answer } from '../../support/graph.mts';
import { BAKERY, GRAPH, settledLogin, tokens } from '../../support/logins.mts';
import { webhookServer, type Settings } from '../../support/webhookServer.mts';

guardNetwork();
const open: Array<Awaited<ReturnType<typeof webhookServer>>> = [];
const serve = async (parameters: IDataObject = {}, more: Partial<Settings> = {}) => {
	const server = await webhookServer({ credentials: settledLogin(), parameters, ...more });
	open.push(server);
	return server;
};
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

let count = 0;
/** What Meta sends about one new message: its announcement, the message itself, and what it answers when it is asked. */
function aMessage({ mid = `aWdfZnew${++count}`, isOwn = false } = {}) {
	const [account, person] = [{ id: BAKERY.id }, { id: PERSON }];
	const [sender, recipient] = isOwn ? [account, person] : [person, account];
	const parties = { sender, recipient, timestamp: 1763719530123 };
	const announcement = { ...parties, message_edit: { mid, num_edit: 0 } };
	const { timestamp } = parties;
	const echo = isOwn ? { is_echo: true } : {};
	return {
		mid,
		announcement,
		alone: { timestamp, message_edit: announcement.message_edit },
		message: { ...parties, message: { mid, text: 'Hello', ...echo } },
		answer: (more: IDataObject = { message: 'Hello' }): Answer => ({
			body: {
				id: mid,
				created_time: '2025-11-21T10:05:30+0000',
				from: { ...sender, ...(isOwn ? { username: BAKERY.username } : {}) },
				to: { data: [recipient] },
				...more,
			},
		}),
	};
}

const refused: Answer = { status: 400, body: graphError(100) };
const jsons = ({ items }: { items: Array<{ json: IDataObject }> }) => items.map(({ json }) => json);
const withoutRaw = ({ raw: _raw, ...rest }: IDataObject) => rest;
const told = (server: Parameters<typeof jsons>[0]) =>
	jsons(server).map(({ event, eventId, message }) => [event, eventId, (message as IDataObject).text]);

describe('a message that Meta announced by its ID only', () => {
	it('is read, and told as if it had come', async () => {
		const one = aMessage();
		const asked = listenAt(GRAPH, () => one.answer());
		const [announced, sent] = [await serve(), await serve()];
		expect((await announced.deliver(deliveryOf(one.announcement))).status).toBe(200);
		await sent.deliver(deliveryOf(one.message));
		expect(jsons(announced).map(withoutRaw)).toEqual(jsons(sent).map(withoutRaw));
		expect(jsons(announced)[0].raw).toEqual(one.announcement);
		expect(asked.map(line)).toEqual([`GET /${one.mid}`]);
		expect(asked[0].authorization).toBe(`Bearer ${tokens.bakery}`);
	});

	it('without sender and recipient gets them from Meta, too', async () => {
		const one = aMessage();
		listenAt(GRAPH, () => one.answer());
		const [announced, sent] = [await serve(), await serve()];
		await announced.deliver(deliveryOf(one.alone));
		await sent.deliver(deliveryOf(one.message));
		expect(jsons(announced).map(withoutRaw)).toEqual(jsons(sent).map(withoutRaw));
	});

	const cdn = 'https://lookaside.fbsbx.com/1';
	it.each<[string, IDataObject, IDataObject]>([
		[
			'a story reply',
			{ message: 'nice', story: { reply_to: { link: cdn, id: '17900000000000001' } } },
			{ event: 'storyReply', storyReply: { id: '17900000000000001', url: cdn }, message: { text: 'nice' } },
		],
		[
			'a story mention',
			{ message: '', story: { mention: { link: cdn, id: '17900000000000001' } } },
			{ event: 'storyMention', storyMention: { url: cdn } },
		],
		[
			'pictures',
			{ attachments: { data: [{ id: '1', mime_type: 'image/jpeg', image_data: { url: cdn } }] } },
			{ event: 'message', message: { text: '', attachments: [{ type: 'image', url: cdn }] } },
		],
		[
			'a shared post',
			{ shares: { data: [{ link: cdn, name: 'Bread' }] } },
			{ event: 'message', message: { attachments: [{ type: 'share', url: cdn, title: 'Bread' }] } },
		],
		['something unsupported', { is_unsupported: true }, { event: 'message', message: { isUnsupported: true } }],
	])('is what reading shows: %s', async (_name, more, expected) => {
		const one = aMessage();
		listenAt(GRAPH, () => one.answer(more));
		const server = await serve();
		await server.deliver(deliveryOf(one.announcement));
		const message = { contentProblem: null, ...(expected.message as IDataObject) };
		expect(jsons(server)).toMatchObject([{ eventId: one.mid, ...expected, message }]);
	});

	it.each<[string, (one: ReturnType<typeof aMessage>) => Answer, RegExp]>([
		['refuses', () => refused, /^Meta announced the message by its ID only\. Asked for the rest: /],
		['tells nothing', (one) => one.answer({}), /tells nothing else/],
		['is slow', (one) => ({ ...(one.answer() as object), delayMs: 3_500 }), /in time\. Ask with Message: Get\.$/],
	])('is told without its content when Meta %s, and again when that comes', async (_name, answer, problem) => {
		const one = aMessage();
		listenAt(GRAPH, () => answer(one));
		const server = await serve();
		for (const body of [one.announcement, one.message, one.announcement, one.message])
			expect((await server.deliver(deliveryOf(body))).status).toBe(200);
		expect(told(server)).toEqual([
			['message', one.mid, null],
			['message', one.mid, 'Hello'],
		]);
		expect(jsons(server).map(({ message }) => (message as IDataObject).contentProblem)).toEqual([
			expect.stringMatching(problem),
			null,
		]);
	});

	it('is told once, however its copies come, and read only before it has come itself', async () => {
		const messages = Array.from({ length: 3 }, () => aMessage());
		const asked = listenAt(GRAPH, ({ path }) => messages.find(({ mid }) => path.endsWith(mid))?.answer());
		const server = await serve({ options: { onlyFirstMessageHours: 0 } });
		const [first, second, third] = messages;
		await server.deliver(deliveryOf(first.announcement, first.message));
		await server.deliver(deliveryOf(second.message));
		await server.deliver(deliveryOf(second.announcement));
		await server.deliver(deliveryOf(third.announcement));
		await server.deliver(deliveryOf(third.message, third.announcement));
		expect(told(server)).toEqual(messages.map(({ mid }) => ['message', mid, 'Hello']));
		expect(asked.map(line)).toEqual([`GET /${third.mid}`]);
	});

	it('starts an execution at the repeat when n8n failed to take it', async () => {
		const one = aMessage();
		listenAt(GRAPH, () => one.answer());
		let failing = true;
		const take = () => {
			if (failing) throw new Error('no database');
		};
		const server = await serve({}, { take });
		expect((await server.deliver(deliveryOf(one.announcement))).status).toBe(500);
		failing = false;
		for (let i = 0; i < 2; i++) expect((await server.deliver(deliveryOf(one.announcement))).status).toBe(200);
		expect(told(server)).toHaveLength(2);
	});

	it('passes the filters with what was read', async () => {
		const [one, other] = [aMessage(), aMessage()];
		listenAt(GRAPH, ({ path }) => (path.endsWith(one.mid) ? one.answer() : other.answer({ message: 'price?' })));
		const server = await serve({ options: { onlyMessagesThatMatch: 'price', onlyFirstMessageHours: 1 } });
		for (const body of [one.announcement, other.alone, aMessage().message]) await server.deliver(deliveryOf(body));
		expect(told(server)).toEqual([['message', other.mid, 'price?']]);
	});

	it('counts as the first of its person before and after its content is known', async () => {
		const one = aMessage();
		listenAt(GRAPH, () => refused);
		const server = await serve({ options: { onlyFirstMessageHours: 1 } });
		for (const body of [one.announcement, aMessage().message, one.message]) await server.deliver(deliveryOf(body));
		expect(told(server)).toEqual([
			['message', one.mid, null],
			['message', one.mid, 'Hello'],
		]);
	});

	it('and that the account itself wrote starts only who wants that', async () => {
		const [named, alone] = [aMessage({ isOwn: true }), aMessage({ isOwn: true })];
		const asked = listenAt(GRAPH, ({ path }) => (path.endsWith(named.mid) ? named : alone).answer());
		const [plain, wanting] = [await serve(), await serve({ events: [], options: { includeEchoes: true } })];
		for (const server of [plain, wanting])
			for (const body of [named.announcement, alone.alone]) await server.deliver(deliveryOf(body));
		expect(jsons(plain)).toEqual([]);
		expect(jsons(wanting)).toMatchObject([
			{ event: 'echo', eventId: named.mid, isEcho: true, conversationWith: PERSON },
			{ event: 'echo', eventId: alone.mid, isEcho: true, conversationWith: PERSON },
		]);
		expect(asked.filter(({ path }) => path.endsWith(named.mid))).toHaveLength(1);
	});

	it('starts nobody who waits for other events, and is not asked for then', async () => {
		const asked = listenAt(GRAPH, () => refused);
		const [edits, stories] = [
			await serve({ events: ['messageEdit', 'comment'] }),
			await serve({ events: ['storyReply'] }),
		];
		for (const server of [edits, stories]) await server.deliver(deliveryOf(aMessage().announcement));
		expect([...jsons(edits), ...jsons(stories)]).toEqual([]);
		// It could have been a story reply.
		expect(asked).toHaveLength(1);
	});

	it('is asked for thirty times in a delivery at most', async () => {
		const asked = listenAt(GRAPH, () => refused);
		const server = await serve({ options: { onlyFirstMessageHours: 0 } });
		await server.deliver(deliveryOf(...Array.from({ length: 31 }, () => aMessage().announcement)));
		expect([asked.length, server.items.length]).toEqual([30, 31]);
	});
});
