import { graphError, guardNetwork, type Answer, type Received } from '../support/graph.mts';
import {
	answers,
	dataOf,
	instagramServer,
	lasting,
	login,
	NAME,
	newToken,
	sixtyDays,
} from '../support/instagramLogins.mts';
import { BAKERY } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { openedLogin, pastedTokens, sessionOf } from '../support/pastedTokens.mts';
import { runNode, type Stored } from '../support/runNode.mts';
import { send as sendPasted } from './accessTokenRuns.mts';

guardNetwork();

const send = async (credentials: Stored) =>
	await runNode({
		parameters: operationOf('message', 'sendText', { authentication: NAME, recipientId: '777', text: 'Hi' }),
		credentials,
	});

/** Where each call to a token endpoint carries its token. */
const places = (calls: Received[], path: string) =>
	calls
		.filter((call) => call.path === path)
		.map(({ authorization, query }) => [authorization !== undefined, query.access_token !== undefined]);
const HEADER = [true, false];
const QUERY = [false, true];

/** A token endpoint that takes no header. */
const queryOnly = (refusal: Answer, token: string) => (call: Received) =>
	call.query.access_token === undefined ? refusal : sixtyDays(token);

const REFUSALS: Array<[string, Answer]> = [
	["in Meta's shape", { status: 400, body: graphError(190) }],
	['in that of the older API', { status: 400, body: { error_type: 'OAuthException', code: 400, error_message: 'No' } }],
	['with a word', { status: 400, body: { error: 'invalid_request', error_description: 'No token' } }],
	['with an empty object', { status: 401, body: {} }],
	['with nothing', { status: 403, body: '' }],
	['with a page', { status: 404, body: '<html>Not found</html>' }],
];

describe.each(REFUSALS)('a token endpoint that refuses the header %s', (_shape, refusal) => {
	it('gets the token of a login to renew in the query', async () => {
		const renewed = newToken();
		const credentials = login(lasting(newToken(), 52));
		const calls = instagramServer({ renewal: queryOnly(refusal, renewed) });
		expect((await send(credentials)).error).toBeUndefined();
		expect(places(calls, '/refresh_access_token')).toEqual([HEADER, QUERY]);
		expect(dataOf(credentials).access_token).toBe(renewed);
		expect(calls.at(-1)).toMatchObject({ path: `/v25.0/${BAKERY.id}/messages`, authorization: `Bearer ${renewed}` });
	});

	it('gets the token of the pop-up in the query', async () => {
		const long = newToken();
		const credentials = login(answers.flat(newToken()));
		const calls = instagramServer({ exchange: queryOnly(refusal, long) });
		expect((await send(credentials)).error).toBeUndefined();
		expect(places(calls, '/access_token')).toEqual([HEADER, QUERY]);
		expect(dataOf(credentials).access_token).toBe(long);
	});

	it('gets a pasted token in the query', async () => {
		const credentials = openedLogin(pastedTokens.instagram, { kind: 'instagram', token: newToken(), endsIn: 52 });
		const renewed = newToken();
		const calls = instagramServer({ renewal: queryOnly(refusal, renewed) });
		expect((await sendPasted(credentials)).error).toBeUndefined();
		expect(places(calls, '/refresh_access_token')).toEqual([HEADER, QUERY]);
		expect(sessionOf(credentials).token).toBe(renewed);
	});
});

it.each<[string, Answer]>([
	['an outage', { status: 502, body: '<html>Bad gateway</html>' }],
	['a lost answer', 'reset'],
])('puts no token into an address because of %s', async (_why, answer) => {
	const calls = instagramServer({ renewal: () => answer });
	expect((await send(login(lasting(newToken(), 52)))).error).toBeUndefined();
	expect(places(calls, '/refresh_access_token')).toEqual([HEADER]);
});
