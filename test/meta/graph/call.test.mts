import '../../support/quickTime.mts';
import nock from 'nock';
import { ERROR_TABLE } from '../../../nodes/meta/errors/table.ts';
import { graphError, guardNetwork, line, listenAt, type Answer } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin, tokens } from '../../support/logins.mts';
import { search } from '../../support/contexts.mts';
import { jsons, operationOf, run } from '../../support/parameters.mts';

guardNetwork();

let apps = 0;
/** What Meta said to one app must not hold up another. */
const ownApp = () => newLogin([BAKERY], {}, { clientSecret: `call ${++apps}` });
const sendText = async (more = {}) =>
	await run('message', 'sendText', { recipientId: '777', text: 'Hi', ...more }, ownApp());
const getConversations = async (more = {}) =>
	await run('conversation', 'getMany', { returnAll: false, limit: 5, simplify: false, ...more }, ownApp());

/** Gives the answers one after the other, the last one for ever. */
const inTurn = (answers: Answer[]) => (_request: unknown, count: number) =>
	answers[Math.min(count, answers.length) - 1];
const found = { body: { data: [{ id: 'c1' }] } };

describe('reads', () => {
	it.each<[string, Answer]>([
		['Meta calls the error transient', { status: 400, body: graphError(424242, undefined, { is_transient: true }) }],
		['Meta is unavailable (code 2)', { status: 500, body: graphError(2) }],
		['Meta answers 500 with a number that nobody listed', { status: 500, body: graphError(424242) }],
		['a gateway answers 502 in HTML', { status: 502, body: '<html><body>Bad gateway</body></html>' }],
		['the connection breaks', 'reset'],
	])('are repeated when %s', async (_name, answer) => {
		const calls = listenAt(GRAPH, inTurn([answer, found]));
		const { items, error } = await getConversations();
		expect(error).toBeUndefined();
		expect(jsons(items)).toEqual([{ id: 'c1' }]);
		expect(calls.map(line)).toEqual(Array(2).fill(`GET /${BAKERY.pageId}/conversations`));
	});

	it('are given up after three tries, with the words of the table', async () => {
		const calls = listenAt(GRAPH, () => ({ status: 500, body: graphError(2) }));
		const { error } = await getConversations();
		expect(calls).toHaveLength(3);
		expect(error?.message).toBe('Meta is temporarily unavailable');
	});

	it.each<[number, object]>([
		[190, {}],
		[100, {}],
		[10, {}],
		[4, {}],
		[4, { is_transient: true }],
		[368, { is_transient: true }],
		[80002, {}],
	])('are not repeated after error %i %j, by somebody who does not want to wait', async (code, more) => {
		const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(code, undefined, more) }));
		const { error } = await getConversations({ options: { rateLimitWait: 0 } });
		expect(calls).toHaveLength(1);
		expect(error?.description).toContain(`Meta error ${code},`);
	});

	it('are not repeated for a picker, which never waits, when Meta takes no more calls', async () => {
		for (const code of [4, 80002]) {
			const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(code, undefined, { is_transient: true }) }));
			const { credentials } = ownApp();
			const looked = search('searchConversations', operationOf('conversation', 'getMany'), credentials);
			await expect(looked).rejects.toThrow('reached its call limit');
			expect(calls).toHaveLength(1);
			nock.cleanAll();
		}
	});
});

describe('writes', () => {
	it.each<[string, Answer]>([
		['the connection breaks', 'reset'],
		['a gateway answers 502', { status: 502, body: '<html></html>' }],
		['Meta answers 500, code 1', { status: 500, body: graphError(1) }],
		['Meta answers 500, code 2, transient', { status: 500, body: graphError(2, undefined, { is_transient: true }) }],
	])('are sent once only when %s, and the error says that it is unclear', async (_name, answer) => {
		const calls = listenAt(GRAPH, () => answer);
		const { error } = await sendText();
		expect(calls.map(line)).toEqual([`POST /${BAKERY.pageId}/messages`]);
		expect(error?.description).toContain('The message may or may not have been sent');
	});

	it('do not claim to be unclear when Meta plainly refused', async () => {
		listenAt(GRAPH, () => ({ status: 400, body: graphError(10, 2534022) }));
		const { error } = await sendText();
		expect(error?.message).toBe('The 24-hour window to answer this person is closed');
		expect(error?.description).not.toContain('may or may not');
	});

	it('nor when Meta takes no more calls, whatever the status: such a call was not carried out', async () => {
		const numbers = ERROR_TABLE.filter(({ code, limits }) => limits && code !== undefined);
		expect(numbers.length).toBeGreaterThan(5);
		for (const { code = 0, subcode } of numbers) {
			for (const status of [400, 500, 503]) {
				const calls = listenAt(GRAPH, () => ({ status, body: graphError(code, subcode) }));
				const { error } = await sendText({ options: { rateLimitWait: 0 } });
				expect([code, status, calls.length]).toEqual([code, status, 1]);
				expect(error?.description).not.toContain('may or may not');
				nock.cleanAll();
			}
		}
	});
});

describe('limits', () => {
	const usage = {
		'x-business-use-case-usage': JSON.stringify({
			'17841400000000001': [
				{ type: 'instagram', call_count: 100, estimated_time_to_regain_access: 7 },
				{ type: 'messenger', estimated_time_to_regain_access: 19 },
			],
		}),
	};

	it.each([4, 80002])('code %i: the longest wait of the usage header stands in the error', async (code) => {
		const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(code), headers: usage }));
		const { error } = await sendText();
		expect(calls).toHaveLength(1);
		expect(error?.description).toContain('Meta asks to wait 19 minutes.');
		expect(error?.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 19 * 60_000 });
	});

	it.each(['{"cut":[{"estimated_time', '{"1":null}', '[]', '{"1":[null]}', 'none'])(
		'an odd usage header (%s) does not hide the error',
		async (header) => {
			listenAt(GRAPH, () => ({ status: 400, body: graphError(4), headers: { 'x-business-use-case-usage': header } }));
			const { error } = await sendText({ options: { rateLimitWait: 0 } });
			expect(error?.message).toBe('The Meta app reached its call limit');
			expect(error?.description).not.toContain('minutes.');
		},
	);
});

describe('answers that are not from Meta', () => {
	it('are named as such', async () => {
		listenAt(GRAPH, () => ({ status: 200, body: '<html>Log in to the office network</html>' }));
		const { error } = await sendText();
		expect(error?.message).toBe('The answer did not come from Meta (HTTP 200)');
		expect(error?.description).toContain('base URL');
		expect(JSON.stringify(error)).not.toContain(tokens.bakery);
	});
});

describe('lists', () => {
	const total = 230;
	/** Serves numbered conversations; `next` leads elsewhere, which must not be followed. */
	const pages = () =>
		listenAt(GRAPH, ({ query }) => {
			const from = Number(query.after ?? 0);
			const until = Math.min(from + Number(query.limit), total);
			const data = Array.from({ length: until - from }, (_, i) => ({ id: `c${from + i}` }));
			const cursors = { before: String(from), after: String(until) };
			return {
				body: {
					data,
					paging: { cursors, ...(until < total ? { next: 'https://evil.example/steal?access_token=x' } : {}) },
				},
			};
		});

	it.each([
		[{ limit: 1 }, [['1', undefined]], 1],
		[{ limit: 100 }, [['100', undefined]], 100],
		[
			{ limit: 150 },
			[
				['100', undefined],
				['50', '100'],
			],
			150,
		],
		[
			{ limit: 500 },
			[
				['100', undefined],
				['100', '100'],
				['100', '200'],
			],
			230,
		],
		[
			{ returnAll: true },
			[
				['100', undefined],
				['100', '100'],
				['100', '200'],
			],
			230,
		],
	])('%j takes no more calls than needed', async (more, expected, count) => {
		const calls = pages();
		const { items, error } = await getConversations(more);
		expect(error).toBeUndefined();
		expect(calls.map(({ query }) => [query.limit, query.after])).toEqual(expected);
		expect(jsons(items)).toEqual(Array.from({ length: count }, (_, i) => ({ id: `c${i}` })));
	});

	it('go on over an empty page in the middle', async () => {
		const calls = listenAt(GRAPH, (_request, count) => ({
			body:
				count === 1
					? { data: [], paging: { cursors: { after: 'x' }, next: 'https://evil.example' } }
					: { data: [{ id: 'c1' }] },
		}));
		const { items } = await getConversations({ returnAll: true });
		expect(calls).toHaveLength(2);
		expect(jsons(items)).toEqual([{ id: 'c1' }]);
	});

	it('give no items when Meta has none', async () => {
		listenAt(GRAPH, () => ({ body: { data: [] } }));
		const { items, error } = await getConversations();
		expect([items, error]).toEqual([[], undefined]);
	});
});

describe('signing', () => {
	it('puts no token into an address and none into a body', async () => {
		const calls = listenAt(GRAPH, () => found);
		await getConversations();
		await sendText();
		expect(calls).toHaveLength(2);
		for (const { path, query, body, authorization } of calls) {
			expect(authorization).toBe(`Bearer ${tokens.bakery}`);
			expect(JSON.stringify([path, query, body])).not.toContain('EAA');
		}
	});
});
