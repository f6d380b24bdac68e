import { graphError, guardNetwork } from '../support/graph.mts';
import { loginServer, pageOf } from '../support/loginServer.mts';
import { BAKERY } from '../support/logins.mts';
import { openedLogin, pastedTokens, sessionOf, TYPE } from '../support/pastedTokens.mts';
import { instagram, send, signers } from './accessTokenRuns.mts';

guardNetwork();

describe('renewal', () => {
	const ending = (endsIn: number, renewed?: number) =>
		openedLogin(pastedTokens.instagram, { kind: 'instagram', token: 'IGAAstored00', endsIn, renewed });

	it('happens once it is a week old, before the token is used, without a failing call', async () => {
		const calls = instagram();
		const credentials = ending(52);
		expect((await send(credentials)).error).toBeUndefined();
		expect(signers(calls)).toEqual([
			['GET /refresh_access_token', 'IGAAstored00'],
			['GET /me', pastedTokens.renewed],
			['GET /me', pastedTokens.renewed],
			[`POST /${BAKERY.id}/messages`, pastedTokens.renewed],
		]);
		expect(sessionOf(credentials)).toMatchObject({ token: pastedTokens.renewed });
		expect(credentials[TYPE].tokenSession).not.toContain('IGAAstored00');
	});

	it.each([
		[54, -30],
		[5, -0.5],
	])('does not happen with %d days left and a last try %d days ago', async (endsIn, renewed) => {
		const calls = instagram();
		await send(ending(endsIn, renewed));
		expect(signers(calls)).toEqual([[`POST /${BAKERY.id}/messages`, 'IGAAstored00']]);
	});

	it('keeps the old token when Meta refuses, and waits a day before it asks again', async () => {
		const calls = instagram({ status: 400, body: graphError(190) });
		const credentials = ending(3);
		for (let i = 0; i < 2; i++) expect((await send(credentials)).error).toBeUndefined();
		const asked = calls.filter(({ path }) => path === '/refresh_access_token');
		expect(asked.map(({ authorization, query }) => [authorization, query.access_token])).toEqual([
			['Bearer IGAAstored00', undefined],
			[undefined, 'IGAAstored00'],
		]);
		expect(calls.at(-1)?.authorization).toBe('Bearer IGAAstored00');
		expect(sessionOf(credentials)).toMatchObject({ token: 'IGAAstored00' });
	});

	it('of a user token exchanges the stored one and reads the Pages again', async () => {
		const calls = loginServer({ lists: [[pageOf(BAKERY, 'EAAfreshpage')]] });
		const credentials = openedLogin(pastedTokens.user, { kind: 'facebookUser', token: 'EAAstored000', endsIn: 2 });
		expect((await send(credentials)).error).toBeUndefined();
		expect(new URLSearchParams(calls[0].body).get('fb_exchange_token')).toBe('EAAstored000');
		expect(calls.at(-1)?.authorization).toBe('Bearer EAAfreshpage');
	});
});
