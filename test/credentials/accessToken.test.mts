import { SIGN_AS_HEADER } from '../../nodes/meta/graph/signAs.ts';
import { graphError, guardNetwork, line, listenAt, type Received } from '../support/graph.mts';
import { loginServer, pageOf } from '../support/loginServer.mts';
import { BAKERY, GRAPH, tokens } from '../support/logins.mts';
import { openedLogin, pastedLogin, pastedTokens, sessionOf, TYPE } from '../support/pastedTokens.mts';
import { proofIn } from '../support/proofs.mts';
import { instagram, send, signers } from './accessTokenRuns.mts';

guardNetwork();

const pageMessages = `POST /${BAKERY.pageId}/messages`;

/** Graph as a Page token sees it: no `/me/accounts`, and `/me` is the Page. */
const asPage = (request: Received) => {
	if (line(request) === 'GET /me/accounts')
		return {
			status: 400,
			body: graphError(100, undefined, {
				message: '(#100) Tried accessing nonexisting field (accounts) on node type (Page)',
			}),
		};
	if (line(request) === 'GET /me') return { body: pageOf(BAKERY) };
	return undefined;
};

describe('a user token', () => {
	it('is exchanged with the app secret, read again and stored; the next run makes one call', async () => {
		const calls = loginServer({ lists: [[pageOf(BAKERY, tokens.bakery)]] });
		const credentials = pastedLogin(pastedTokens.user);
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /me/accounts', pastedTokens.user],
			['GET /me/permissions', pastedTokens.user],
			['POST /oauth/access_token', undefined],
			['GET /me/accounts', tokens.long],
			['GET /me/permissions', tokens.long],
			['GET /me', tokens.long],
			[pageMessages, tokens.bakery],
		]);
		expect(calls.map((call) => proofIn(call))).toEqual(['query', 'query', 'none', 'query', 'query', 'query', 'body']);
		expect(Object.fromEntries(new URLSearchParams(calls[2].body))).toEqual({
			grant_type: 'fb_exchange_token',
			client_id: '123456',
			client_secret: 'made-up',
			fb_exchange_token: pastedTokens.user,
		});
		expect(sessionOf(credentials)).toMatchObject({
			kind: 'facebookUser',
			token: tokens.long,
			accounts: [BAKERY],
			pageTokens: { [BAKERY.pageId]: tokens.bakery },
		});
		calls.length = 0;
		await send(credentials);
		expect(signers(calls)).toEqual([[pageMessages, tokens.bakery]]);
	});

	it('is used as it is without an app', async () => {
		const calls = loginServer();
		const credentials = pastedLogin(pastedTokens.user, {});
		expect((await send(credentials)).error).toBeUndefined();
		expect(calls.map((call) => [line(call), proofIn(call)])).toEqual([
			['GET /me/accounts', 'none'],
			['GET /me/permissions', 'none'],
			['GET /me', 'none'],
			[pageMessages, 'none'],
		]);
		expect(sessionOf(credentials)).toMatchObject({ token: pastedTokens.user });
		expect(sessionOf(credentials)).not.toHaveProperty('expiresAt');
	});
});

describe('a Page token', () => {
	it('is recognised and signs for its account', async () => {
		const calls = loginServer({ other: asPage });
		const credentials = pastedLogin(pastedTokens.page);
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /me/accounts', pastedTokens.page],
			['GET /me/permissions', pastedTokens.page],
			['GET /me', pastedTokens.page],
			['GET /me', pastedTokens.page],
			[pageMessages, pastedTokens.page],
		]);
		expect(sessionOf(credentials)).toMatchObject({ kind: 'facebookPage', accounts: [BAKERY] });
	});

	it('of a Page without an account says so', async () => {
		loginServer({
			other: (request) => (line(request) === 'GET /me' ? { body: { id: '5', name: 'Lonely Page' } } : asPage(request)),
		});
		const { error } = await send(pastedLogin(pastedTokens.page));
		expect(error?.description).toContain('The Page "Lonely Page" of this token has no linked Instagram account');
	});
});

describe('a token of Instagram Login', () => {
	it('talks to graph.instagram.com only, and is renewed at once', async () => {
		const facebook = listenAt(GRAPH, () => ({}));
		const calls = instagram();
		const credentials = pastedLogin(pastedTokens.instagram);
		expect((await send(credentials)).error).toBeUndefined();
		expect(facebook).toEqual([]);
		expect(signers(calls)).toEqual([
			['GET /me', pastedTokens.instagram],
			['GET /refresh_access_token', pastedTokens.instagram],
			['GET /me', pastedTokens.renewed],
			[`POST /${BAKERY.id}/messages`, pastedTokens.renewed],
		]);
		expect(calls[1]).toMatchObject({ path: '/refresh_access_token', query: { grant_type: 'ig_refresh_token' } });
		expect(sessionOf(credentials)).toMatchObject({
			kind: 'instagram',
			token: pastedTokens.renewed,
			accounts: [{ id: BAKERY.id, username: BAKERY.username }],
		});
	});

	it('is kept when it is too young to be renewed', async () => {
		const calls = instagram({ status: 400, body: graphError(190) });
		expect((await send(pastedLogin(pastedTokens.instagram))).error).toBeUndefined();
		expect(calls.at(-1)?.authorization).toBe(`Bearer ${pastedTokens.instagram}`);
	});

	it('reads the documented form of the answer, too', async () => {
		const calls = instagram(undefined, { data: [{ user_id: BAKERY.id, username: BAKERY.username }] });
		expect((await send(pastedLogin(pastedTokens.instagram))).error).toBeUndefined();
		expect(line(calls.at(-1)!)).toBe(`POST /${BAKERY.id}/messages`);
	});
});

describe('an edited credential', () => {
	it.each([
		['accessToken', 'EAAothertoken'],
		['appSecret', 'another-made-up'],
	])('makes the session void: %s', async (field, value) => {
		const calls = loginServer();
		const credentials = openedLogin(pastedTokens.user, { kind: 'facebookUser', token: 'EAAoldsession' });
		credentials[TYPE][field] = value;
		expect((await send(credentials)).error).toBeUndefined();
		expect(calls[0].authorization).toBe(`Bearer ${field === 'accessToken' ? value : pastedTokens.user}`);
		expect(JSON.stringify(calls)).not.toContain('EAAoldsession');
		expect(credentials[TYPE].tokenSession).not.toContain('EAAoldsession');
	});
});

describe('a token that Meta does not accept', () => {
	it.each([
		[
			'wrong',
			{
				other: () => ({
					status: 400,
					body: graphError(190, undefined, { message: `Malformed access token ${pastedTokens.user}` }),
				}),
			},
			/Meta does not accept this access token/,
		],
		[
			'of another app',
			{ exchange: () => ({ status: 400, body: graphError(101) }) },
			/Check the App ID and the app secret/,
		],
	])('is told in plain words without the token: %s', async (_name, answers, reason) => {
		const calls = loginServer(answers);
		const credentials = pastedLogin(pastedTokens.user);
		const { error } = await send(credentials);
		expect(error?.message).toBe('Meta does not accept the access token of the credential');
		expect(error?.description).toMatch(reason);
		expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(pastedTokens.user);
		expect(credentials[TYPE].tokenSession).toBe('');
		expect(calls.some((call) => line(call) === pageMessages)).toBe(false);
	});

	it.each([
		['dead', graphError(190, 460), true],
		['fine, but Meta blocked its app', graphError(200, undefined, { message: 'API access blocked.' }), false],
		['fine, but its person has to pass a check', graphError(190, 459), false],
		['fine, but Meta does not answer properly', graphError(2), false],
	])('is called dead only where a new one helps: %s', async (_name, body, isDead) => {
		loginServer({ other: () => ({ status: 400, body }) });
		const { error } = await send(pastedLogin(pastedTokens.user));
		expect(String(error?.description).includes('Make a new token and paste it into the credential.')).toBe(isDead);
		expect(error?.failure).toEqual(isDead ? { cause: 'credential-invalid' } : undefined);
	});

	it('is not quoted even when it looks like no token', async () => {
		const mistake = 'hunter-two-hunter';
		loginServer({
			other: () => ({
				status: 400,
				body: graphError(190, undefined, { message: `Malformed access token ${mistake}` }),
			}),
		});
		const { error } = await send(pastedLogin(mistake));
		expect(error?.description).toContain('Malformed access token [token]');
		expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(mistake);
	});

	it('is asked for when there is none, without a call', async () => {
		const calls = loginServer();
		const { error } = await send(pastedLogin('  '));
		expect(error?.description).toContain('The credential has no access token');
		expect(calls).toEqual([]);
	});
});

describe('on the wire', () => {
	it('no call carries the internal header, and no address a token or secret', async () => {
		const calls = [loginServer(), instagram()];
		await send(pastedLogin(pastedTokens.user));
		await send(pastedLogin(pastedTokens.instagram));
		await send(openedLogin(pastedTokens.instagram, { kind: 'instagram', token: 'IGAAstored00', endsIn: 3 }));
		const all = calls.flat();
		expect(all.length).toBeGreaterThan(10);
		expect(all.filter(({ headers }) => SIGN_AS_HEADER in headers)).toEqual([]);
		const addresses = JSON.stringify(all.map(({ path, query }) => [path, query]));
		expect(addresses).not.toMatch(/EAA|IGAA|made-up/);
	});
});
