import { graphError, guardNetwork, line } from '../../support/graph.mts';
import { loginServer, type LoginAnswers } from '../../support/loginServer.mts';
import { freshLogin, tokens } from '../../support/logins.mts';
import { NAME, send } from './sendText.mts';

guardNetwork();

describe('an exchange that Meta refuses', () => {
	it.each<[string, LoginAnswers, RegExp]>(
		// prettier-ignore
		[
			['the app secret is wrong', { appToken: () => ({ status: 400, body: graphError(1, undefined, { message: 'Error validating client secret.' }) }) }, /^Check the App ID and the app secret.*"Error validating client secret\." Meta error 1,/],
			['Meta cannot be reached', { appToken: () => 'reset' as const, exchange: () => 'reset' as const }, /socket hang up|closed unexpectedly|ECONNRESET/],
			['Meta answers with a page of a proxy', { exchange: () => ({ status: 502, body: '<html></html>' }) }, /did not come from Meta \(HTTP 502\)/],
			['Meta sends no token', { exchange: () => ({ body: { ok: true } }) }, /without a token/],
			['the login has expired meanwhile', { exchange: () => ({ status: 400, body: graphError(190, 463) }) }, /The login has expired.*connect again/],
			['the list of Pages is refused', { other: (request) => (line(request) === 'GET /me/accounts' ? { status: 403, body: graphError(10) } : undefined) }, /lacks a permission/],
		],
	)('is one clear message and stores nothing when %s', async (_name, answers, reason) => {
		const calls = loginServer(answers);
		const credentials = freshLogin();
		const before = structuredClone(credentials);
		const { error } = await send(credentials);
		expect(error?.message).toBe('Meta did not give a lasting login');
		expect(error?.description).toMatch(reason);
		expect(error?.description).toMatch(/[Cc]onnect again\b/);
		expect(credentials).toEqual(before);
		expect(calls.some((call) => line(call).endsWith('/messages'))).toBe(false);
		for (const token of Object.values(tokens))
			expect(JSON.stringify([error?.message, error?.description, error?.context])).not.toContain(token);
	});

	it('tells a login that was never connected', async () => {
		const calls = loginServer();
		const credentials = freshLogin();
		delete credentials[NAME].oauthTokenData;
		const { error } = await send(credentials);
		expect(error?.message).toBe('The Instagram credential is not connected');
		expect(error?.description).toBe('Open the credential in n8n and connect again.');
		expect(calls).toEqual([]);
	});
});
