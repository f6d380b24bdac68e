import { FLORIST, start, type Started } from '../../sandbox/support.mts';
import { setClock } from '../../support/clock.mts';
import { operationOf } from '../../support/parameters.mts';
import { TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';
import { connectAt, pasteAt } from '../../support/sandboxLogins.mts';

const NAME = 'instagramFacebookLoginOAuth2Api';
const BASIC = [
	'public_profile',
	'pages_show_list',
	'pages_read_engagement',
	'pages_messaging',
	'pages_manage_metadata',
	'instagram_basic',
	'instagram_manage_messages',
];
let sandbox: Started;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(async () => {
	jest.useRealTimers();
	await sandbox.close();
});

/** Answers a customer of the florist; tells what went wrong, if anything did. */
async function answer(type: string, credentials: Stored, account = FLORIST.username) {
	await sandbox.write('visitor', 'Hello?', FLORIST.username);
	const recipientId = await sandbox.scopedId('visitor', FLORIST.username);
	const parameters = operationOf('message', 'sendText', {
		authentication: type,
		recipientId,
		text: 'Hi',
		account: { __rl: true, mode: 'id', value: account },
	});
	const { error, items } = await runNode({ parameters, credentials });
	return error?.message ?? typeof items[0].json.messageId;
}
const exchanges = async (): Promise<number> => {
	const { body } = await sandbox.control('GET', '/requests');
	return JSON.stringify(body.requests).split('"fb_exchange_token"').length - 1;
};

const logins: Array<[string, string, (token: object) => Promise<Stored>]> = [
	['Facebook Login', NAME, async (token) => await connectAt(sandbox, token)],
	['a pasted user token', TYPE, async (token) => pasteAt(sandbox, await sandbox.token('user', token))],
];

describe.each(logins)('%s', (_name, type, connect) => {
	it("reaches the Pages of an agency's clients, which no other list shows", async () => {
		await sandbox.control('POST', '/businesses', { name: 'Sandbox Agency', clientPages: [FLORIST.page] });
		expect(await answer(type, await connect({}))).toBe('string');
	});

	it('does not reach them without business_management, and names the account that it lacks', async () => {
		await sandbox.control('POST', '/businesses', { name: 'Sandbox Agency', clientPages: [FLORIST.page] });
		expect(await answer(type, await connect({ scopes: BASIC }))).toBe(
			'The account "sandbox_florist" does not belong to this login',
		);
	});

	it('finds a Page that was assigned after connecting, without a new exchange', async () => {
		await sandbox.control('PATCH', `/pages/${FLORIST.page}`, { assigned: false });
		const credentials = await connect({ scopes: BASIC });
		setClock(Date.now());
		expect(await answer(type, credentials)).toContain('does not belong to this login');
		const before = await exchanges();
		await sandbox.control('PATCH', `/pages/${FLORIST.page}`, { assigned: true });
		setClock(Date.now() + 61_000);
		expect(await answer(type, credentials)).toBe('string');
		expect(before).toBeGreaterThan(0);
		expect(await exchanges()).toBe(before);
	});

	it('works for a Page once its account is linked, and says so before', async () => {
		await sandbox.control('PATCH', `/accounts/${FLORIST.username}`, { linked: false });
		const credentials = await connect({});
		setClock(Date.now());
		expect(await answer(type, credentials, FLORIST.page)).toMatch(/^The Page ".+" has no linked Instagram account$/);
		await sandbox.control('PATCH', `/accounts/${FLORIST.username}`, { linked: true });
		setClock(Date.now() + 61_000);
		expect(await answer(type, credentials, FLORIST.page)).toBe('string');
	});
});

it('a login with a thousand Pages knows them all', async () => {
	await sandbox.control('POST', '/pages', { count: 1000, linked: true });
	const credentials = await connectAt(sandbox);
	expect(await answer(NAME, credentials)).toBe('string');
	const { accounts, pageTokens } = credentials[NAME].oauthTokenData as { accounts: object[]; pageTokens: object };
	expect(accounts).toHaveLength(1002);
	expect(Object.keys(pageTokens)).toHaveLength(1002);
});
