import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../../../nodes/meta/connection.ts';
import { accountKeyOf, keysOf } from '../../../nodes/meta/limits/owners.ts';
import { graphError, guardNetwork, listenAt, type Received } from '../../support/graph.mts';
import { BAKERY, FLORIST, GRAPH, newLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { INSTAGRAM, openedLogin, TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';
import { newConnection } from './gates.mts';

guardNetwork();

const CALLS = [
	{ method: 'GET', path: '/me', signAs: 'user' },
	{ method: 'GET', path: '/123456/subscriptions', signAs: 'app' },
	{ method: 'GET', path: '/1784/media', signAs: '1000' },
	{ method: 'GET', path: '/1000/conversations', signAs: '1000' },
	{ method: 'POST', path: '/1784/likes', signAs: '1000', body: { media_id: '1' } },
	{ method: 'POST', path: '/1000/messages', signAs: '1000', body: { recipient: { id: '7' } } },
	{ method: 'POST', path: '/1000/messages', signAs: '1000', body: { recipient: { comment_id: '7' } } },
	{ method: 'POST', path: '/1000/message_attachments', signAs: '1000', body: new FormData() },
];
/** Everything that this process remembers of a login's calls: its budgets, and the queues for Meta's rates. */
const allKeys = (login: Connection): string[] =>
	CALLS.flatMap((call) => [
		...Object.values(keysOf(login, call)).filter((key) => key !== undefined),
		accountKeyOf(login, call.signAs),
	]);

const KINDS: Array<[string, Partial<Connection>]> = [
	['Facebook Login', {}],
	['Instagram Login', { kind: 'instagram', credentialType: 'instagramLoginOAuth2Api' }],
	['a pasted user token', { credentialType: 'instagramAccessTokenApi' }],
	['a pasted Page token', { kind: 'facebookPage', credentialType: 'instagramAccessTokenApi' }],
	['a pasted token of Instagram Login', { kind: 'instagram', credentialType: 'instagramAccessTokenApi' }],
	['a pasted token without a secret', { credentialType: 'instagramAccessTokenApi', appSecret: '' }],
];

describe.each(KINDS)('what is remembered of %s', (_name, kind) => {
	const victim = newConnection(kind);

	it.each<[string, Partial<Connection>]>([
		['no secret', { appSecret: '' }],
		['a wrong secret', { appSecret: 'guessed' }],
		[
			'a pasted Instagram token beside the right secret, which Meta never checks',
			{
				kind: 'instagram',
				credentialType: 'instagramAccessTokenApi',
			},
		],
		['another host that names the same accounts', { versionedUrl: 'https://elsewhere.example/v25.0' }],
	])('is out of reach for somebody else with the same App ID, the same accounts, and %s', (_how, more) => {
		const attacker = { ...victim, loginKey: 'of another token', ...more };
		const keys = allKeys(victim);
		expect(allKeys(attacker).filter((key) => keys.includes(key))).toEqual([]);
	});

	it('names the host, and somebody who proves to be the owner', () => {
		for (const key of allKeys(victim)) {
			expect(key).toMatch(/^https:\/\/graph\.example (app [0-9a-f]{64}|login login \d+)( |$)/);
			if (victim.appSecret) expect(key).not.toContain(victim.appSecret);
		}
	});

	it('does not depend on the version, which Meta does not count apart', () => {
		expect(allKeys({ ...victim, versionedUrl: 'https://graph.example/v24.0' })).toEqual(allKeys(victim));
	});
});

it('logins of one app share what Meta counts for the app and its accounts, and nothing of the login', () => {
	const one = newConnection();
	const other = { ...one, loginKey: 'of another token' };
	const [call] = CALLS.slice(2);
	const [mine, theirs] = [keysOf(one, call), keysOf(other, call)];
	expect([theirs.app, theirs.account, theirs.call]).toEqual([mine.app, mine.account, mine.call]);
	expect(theirs.login).not.toBe(mine.login);
});

describe('the App ID of somebody else', () => {
	const account = (id: string) => ({ __rl: true, mode: 'id', value: id });
	const send = async (credentials: Stored, more: IDataObject = {}) =>
		await runNode({
			parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi', ...more }),
			credentials,
		});
	const refuses = { 'x-business-use-case-usage': JSON.stringify({ '9': [{ estimated_time_to_regain_access: 55 }] }) };
	/** Meta refuses whoever signs with this token, and tells to wait for 55 minutes. */
	const serve = (host: string, token: string): Received[] =>
		listenAt(host, ({ authorization }) =>
			authorization === `Bearer ${token}`
				? { status: 400, body: graphError(4), headers: refuses }
				: { body: { message_id: 'm', recipient_id: '777' } },
		);

	it.each([
		['without a secret', ''],
		['with a wrong one', 'guessed'],
	])('in a credential %s does not stop the calls of its owner', async (_how, appSecret) => {
		const clientId = appSecret ? '900001' : '900002';
		const calls = serve(GRAPH, 'EAAattacker');
		const attacker = openedLogin(
			'EAAattacker',
			{ kind: 'facebookPage', token: 'EAAattacker' },
			{ appId: clientId, appSecret },
		);
		const session = JSON.parse(String(attacker[TYPE].tokenSession)) as IDataObject;
		attacker[TYPE].tokenSession = JSON.stringify({ ...session, pageTokens: { [BAKERY.pageId]: 'EAAattacker' } });
		const refused = await send(attacker, { authentication: TYPE });
		expect(refused.error?.message).toBe('The Meta app reached its call limit');
		const { credentials } = newLogin([FLORIST], {}, { clientId });
		const { error } = await send(credentials, { account: account(FLORIST.id) });
		expect([error, calls.length]).toEqual([undefined, 2]);
	});

	it('typed by mistake beside a token of Instagram Login holds up nobody else, either', async () => {
		const calls = serve(INSTAGRAM, 'IGAAone');
		const paste = (token: string) =>
			openedLogin(token, { kind: 'instagram', token }, { appId: '900003', appSecret: 'made-up-too' });
		expect((await send(paste('IGAAone'), { authentication: TYPE })).error?.message).toBe(
			'The Meta app reached its call limit',
		);
		expect((await send(paste('IGAAtwo'), { authentication: TYPE })).error).toBeUndefined();
		expect(calls).toHaveLength(2);
	});

	it('stops both where both prove the same app with its secret', async () => {
		const { credentials: one, token } = newLogin([BAKERY], {}, { clientSecret: 'shared-by-both' });
		const { credentials: other } = newLogin([FLORIST], {}, { clientSecret: 'shared-by-both' });
		const calls = listenAt(GRAPH, () => ({ status: 400, body: graphError(4), headers: refuses }));
		await send(one);
		const { error } = await send(other, { account: account(FLORIST.id) });
		expect(error?.description).toContain('Meta asks to wait 55 minutes.');
		expect([calls.length, JSON.stringify(error).includes(token)]).toEqual([1, false]);
	});
});
