import type { IDataObject } from 'n8n-workflow';
import '../../support/quickTime.mts';
import { graphError, guardNetwork, line, listenAt, type Answer, type Received } from '../../support/graph.mts';
import { BAKERY, GRAPH, newLogin, tokens } from '../../support/logins.mts';
import { jsons, operationOf, run } from '../../support/parameters.mts';
import { openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { placeOfProof, proofIn } from '../../support/proofs.mts';
import { runNode } from '../../support/runNode.mts';

guardNetwork();

const signers = (calls: Received[]) => calls.map(({ authorization }) => authorization?.replace('Bearer ', ''));
/** What a Page may not do, and the person may. */
const unlessUser = (refusal: Answer, answer: object) => (request: Received) =>
	request.authorization === `Bearer ${tokens.long}` ? { body: answer } : refusal;

/** Every operation whose edge Meta documents with the person's token, and an answer to it. */
const OPERATIONS: Array<[string, string, IDataObject, object]> = [
	['hashtag', 'search', { hashtag: 'rye' }, { data: [{ id: '178' }] }],
	['hashtag', 'getRecentPosts', { hashtag: '17843857450040591' }, { data: [{ id: '178' }] }],
	['hashtag', 'getTopPosts', { hashtag: '17843857450040591' }, { data: [{ id: '178' }] }],
	['hashtag', 'getSearched', {}, { data: [{ id: '178' }] }],
	['account', 'discover', { username: 'florist' }, { business_discovery: { id: '178' } }],
	['mention', 'get', { mediaId: '1789' }, { mentioned_media: { id: '178' } }],
	['mention', 'reply', { mediaId: '1789', text: 'Thanks' }, { id: '178' }],
];

describe('what Meta documents with the token of the person', () => {
	it.each(OPERATIONS.flatMap((row) => [10, 100, 190].map((code) => [...row, code] as const)))(
		'%s: %s %j %j is tried once as the person after error %i',
		async (...[resource, operation, parameters, answer, code]) => {
			const calls = listenAt(GRAPH, unlessUser({ status: 400, body: graphError(code) }, answer));
			const { items, error } = await run(resource, operation, parameters);
			expect(error).toBeUndefined();
			expect(signers(calls)).toEqual([tokens.bakery, tokens.long]);
			expect(line(calls[0])).toBe(line(calls[1]));
			expect(calls.map((call) => proofIn(call))).toEqual(calls.map(placeOfProof));
			expect(jsons(items)).toMatchObject([{ id: '178' }]);
		},
	);

	it.each(OPERATIONS)(
		'%s: %s %j stays with the Page while that is let',
		async (resource, operation, parameters, answer) => {
			const calls = listenAt(GRAPH, () => ({ body: answer }));
			expect((await run(resource, operation, parameters)).error).toBeUndefined();
			expect(signers(calls)).toEqual([tokens.bakery]);
		},
	);

	it.each([3, 4, 18, 24, 110, 200])('is not tried as the person after error %i', async (code) => {
		const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(code) }));
		const parameters = { username: 'florist', options: { rateLimitWait: 0 } };
		// What Meta says to one app about too many calls must not hold up another.
		const ownApp = newLogin([BAKERY], {}, { clientSecret: `as user ${code}` });
		const { error } = await run('account', 'discover', parameters, ownApp);
		expect(error?.description).toContain(`Meta error ${code},`);
		expect(new Set(signers(calls))).toEqual(new Set([tokens.bakery]));
	});

	it('tells the refusal of the Page when the person is refused, too', async () => {
		const calls = listenAt(GRAPH, (_request, count) => ({ status: 400, body: graphError(count === 1 ? 10 : 190) }));
		const { error } = await run('hashtag', 'search', { hashtag: 'rye' });
		expect(signers(calls)).toEqual([tokens.bakery, tokens.long]);
		expect(error?.description).toContain('Meta error 10,');
	});

	it('writes nothing twice: an answer that got lost ends it, of the Page or of the person', async () => {
		const reply = { mediaId: '1789', text: 'Thanks' };
		const first = listenAt(GRAPH, () => 'reset');
		expect((await run('mention', 'reply', reply)).error?.description).toContain('may or may not');
		expect(signers(first)).toEqual([tokens.bakery]);
	});

	it('says that it is unclear when the answer to the person got lost', async () => {
		const calls = listenAt(GRAPH, (_request, count) => (count === 1 ? { status: 400, body: graphError(10) } : 'reset'));
		const { error } = await run('mention', 'reply', { mediaId: '1789', text: 'Thanks' });
		expect(calls).toHaveLength(2);
		expect(error?.description).toContain('may or may not');
	});

	it('has no other token with that of a Page alone', async () => {
		const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(10) }));
		await runNode({
			parameters: operationOf('hashtag', 'search', { authentication: TYPE, hashtag: 'rye' }),
			credentials: openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page }),
		});
		expect(calls).toHaveLength(1);
	});
});
