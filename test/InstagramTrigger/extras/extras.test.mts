import type { IDataObject } from 'n8n-workflow';
import { messagingWindowOf } from '../../../nodes/InstagramTrigger/extras/messagingWindow.ts';
import { RecentAnswers } from '../../../nodes/InstagramTrigger/extras/recentAnswers.ts';
import { commentOf, deliveryOf, messageWith } from '../../support/attachments.mts';
import { rawIn, read } from '../../support/events.mts';
import { fixture } from '../../support/fixtures.mts';
import { graphError, guardNetwork, line, listenAt, type Answer } from '../../support/graph.mts';
import { BAKERY, GRAPH, settledLogin, tokens } from '../../support/logins.mts';
import { webhookServer } from '../../support/webhookServer.mts';

guardNetwork();
const open: Array<Awaited<ReturnType<typeof webhookServer>>> = [];
const serve = async (options: IDataObject, credentials = settledLogin()) => {
	const server = await webhookServer({
		credentials,
		parameters: { events: ['message', 'comment', 'reaction'], options },
	});
	open.push(server);
	return server;
};
afterEach(async () => await Promise.all(open.splice(0).map(async (server) => await server.close())));

const jsons = ({ items }: { items: Array<{ json: IDataObject }> }) => items.map(({ json }) => json);
const hello = (person: string) => messageWith([], person, { text: 'Hello' });
const anna = {
	id: '701',
	name: 'Anna',
	username: 'anna',
	profile_pic: null,
	follower_count: 12,
	is_user_follow_business: true,
	is_business_follow_user: false,
	is_verified_user: false,
};
const refused: Answer = { status: 400, body: graphError(230) };

describe('Add Sender Profile', () => {
	it('asks once per new person, as the account that was written to', async () => {
		const asked = listenAt(GRAPH, () => ({ body: anna }));
		const server = await serve({ addSenderProfile: true });
		await server.deliver(deliveryOf(hello('701'), hello('701')));
		await server.deliver(deliveryOf(hello('701')));
		const profile = {
			id: '701',
			name: 'Anna',
			username: 'anna',
			pictureUrl: null,
			followers: 12,
			followsAccount: true,
			isFollowedByAccount: false,
			isVerified: false,
		};
		expect(jsons(server)).toMatchObject(
			Array.from({ length: 3 }, () => ({ senderProfile: profile, senderProfileProblem: null })),
		);
		expect(asked.map(line)).toEqual(['GET /701']);
		expect(asked[0].authorization).toBe(`Bearer ${tokens.bakery}`);
	});

	it('tells that a commenter has not agreed, and asks again when they write', async () => {
		let answer = refused;
		const asked = listenAt(GRAPH, () => answer);
		const server = await serve({ addSenderProfile: true });
		await server.deliver(commentOf('702'));
		await server.deliver(commentOf('702'));
		answer = { body: { ...anna, id: '702' } };
		await server.deliver(deliveryOf(hello('702')));
		expect(jsons(server)).toMatchObject([
			{ senderProfile: null, senderProfileProblem: expect.stringContaining('has not agreed') },
			{ senderProfile: null, senderProfileProblem: expect.stringContaining('has not agreed') },
			{ senderProfile: { id: '702' }, senderProfileProblem: null },
		]);
		expect(asked).toHaveLength(2);
	});

	it('passes the event on without the profile when Meta refuses, and remembers no failure', async () => {
		const asked = listenAt(GRAPH, (_request, count) =>
			count === 1 ? { status: 400, body: graphError(190, 493) } : { body: { ...anna, id: '703' } },
		);
		const server = await serve({ addSenderProfile: true });
		await server.deliver(deliveryOf(hello('703')));
		await server.deliver(deliveryOf(hello('703')));
		expect(jsons(server)).toMatchObject([
			{ senderProfile: null, senderProfileProblem: expect.stringContaining('90 days') },
			{ senderProfile: { name: 'Anna' } },
		]);
		expect(asked).toHaveLength(2);
	});

	it('hands over in time when Meta is slow, and knows the person the next time', async () => {
		const asked = listenAt(GRAPH, () => ({ body: { ...anna, id: '704' }, delayMs: 3_500 }));
		const server = await serve({ addSenderProfile: true });
		const begun = Date.now();
		expect((await server.deliver(deliveryOf(hello('704')))).status).toBe(200);
		expect(Date.now() - begun).toBeLessThan(3_500);
		await server.deliver(deliveryOf(hello('704')));
		expect(jsons(server)).toMatchObject([
			{ senderProfile: null, senderProfileProblem: expect.stringContaining('in time') },
			{ senderProfile: { id: '704' } },
		]);
		expect(asked).toHaveLength(1);
	});

	it('asks nothing about samples, and for no more than thirty new people at once', async () => {
		const asked = listenAt(GRAPH, ({ path }) => ({ body: { ...anna, id: path.split('/').at(-1) } }));
		const server = await serve({ addSenderProfile: true, includeTestPayloads: true });
		await server.deliver(fixture('testMessages'));
		await server.deliver(deliveryOf(...Array.from({ length: 31 }, (_, i) => hello(String(7100 + i)))));
		expect(jsons(server)[0]).toMatchObject({ isTest: true, senderProfile: null });
		expect(jsons(server).filter(({ senderProfile }) => senderProfile)).toHaveLength(30);
		expect(asked).toHaveLength(30);
	});
});

describe('Add Messaging Window', () => {
	const opening = ['text', 'storyReply', 'storyMention', 'postback', 'reaction', 'referral', 'standby'];

	it.each(opening)('counts from what the person did: %s', (name) => {
		expect(messagingWindowOf(read(name)[0])).toEqual({
			closesAt: '2025-11-22T10:05:30.123Z',
			closesForHumanAgentAt: '2025-11-28T10:05:30.123Z',
		});
	});

	it.each([
		'echo',
		'seen',
		'comment',
		'reactionTakenBack',
		'messageEdit',
		'deleted',
		'standbySeen',
		'standbyEcho',
		'testMessages',
		'policy',
	])('is null for what opens none: %s', (name) => {
		expect(messagingWindowOf(read(name)[0])).toBeNull();
	});

	it('stands on the item', async () => {
		const server = await serve({ addMessagingWindow: true });
		for (const name of ['text', 'comment']) await server.deliver(fixture(name));
		expect(jsons(server).map(({ messagingWindow }) => messagingWindow)).toEqual([
			{ closesAt: '2025-11-22T10:05:30.123Z', closesForHumanAgentAt: '2025-11-28T10:05:30.123Z' },
			null,
		]);
	});
});

describe('Output Raw Only', () => {
	/** What Meta's object does not say by itself: the kind of event, its ID, and for comments the account. */
	const labelled = (name: string) => {
		const [{ event, eventId }] = read(name);
		return { ...rawIn(name), event, eventId, accountId: BAKERY.id };
	};

	it("puts out Meta's object, untouched, and what tells one event from another", async () => {
		const server = await serve({ outputRawOnly: true });
		for (const name of ['text', 'comment']) await server.deliver(fixture(name));
		expect(jsons(server)).toEqual([labelled('text'), labelled('comment')]);
	});

	it('keeps what other options add, and starts nothing twice', async () => {
		const server = await serve({ outputRawOnly: true, addMessagingWindow: true });
		for (let i = 0; i < 2; i++) await server.deliver(fixture('text'));
		expect(jsons(server)).toEqual([
			{ ...labelled('text'), messagingWindow: expect.objectContaining({ closesAt: expect.any(String) }) },
		]);
	});
});

it('without options, an item has nothing of all this, and no call is made', async () => {
	const asked = listenAt(GRAPH, () => ({ body: anna }));
	const server = await serve({});
	await server.deliver(fixture('attachments'));
	expect(jsons(server)).toEqual(read('attachments').map((event) => ({ ...event, accountId: BAKERY.id })));
	expect(asked).toEqual([]);
});

describe('Remembered', () => {
	const good = () => true;

	it('asks anew when the time is over or the answer will not do, and forgets the oldest beyond its size', async () => {
		const clock = { now: 0 };
		const asked: string[] = [];
		const remembered = new RecentAnswers<number>(1000, 2, () => clock.now);
		const get = async (key: string, isGood: () => boolean = good) =>
			await remembered.get(key, isGood, async () => asked.push(key));
		expect(await Promise.all([get('a'), get('a', () => false)])).toEqual([1, 1]);
		expect(await get('a', () => false)).toBe(2);
		clock.now = 1000;
		expect(await get('a')).toBe(3);
		await get('b');
		await get('c');
		await get('b');
		await get('a');
		expect(asked).toEqual(['a', 'a', 'a', 'b', 'c', 'a']);
	});
});

describe('extras that fail', () => {
	it('lose no event: those of the delivery go on without them', async () => {
		const server = await serve({ addMessagingWindow: true });
		// The latest moment that there is: no window can close after it.
		const odd = { ...hello('703'), timestamp: 8.64e15 };
		expect((await server.deliver(deliveryOf(hello('702'), odd))).status).toBe(200);
		expect(jsons(server).map(({ conversationWith }) => conversationWith)).toEqual(['702', '703']);
	});
});
