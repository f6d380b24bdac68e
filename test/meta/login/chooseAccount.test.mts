import { guardNetwork, line } from '../../support/graph.mts';
import { loginServer, pageOf } from '../../support/loginServer.mts';
import { BAKERY, FLORIST, newLogin, tokens } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { runNode } from '../../support/runNode.mts';

guardNetwork();

const NAME = 'instagramFacebookLoginOAuth2Api';
type Setting = {
	accounts?: Array<typeof BAKERY>;
	wanted?: string;
	defaultAccount?: string;
	more?: { pageTokens?: object };
};

async function sendAs({ accounts = [BAKERY, FLORIST], wanted = '', defaultAccount = '', more = {} }: Setting) {
	const calls = loginServer({
		lists: [accounts.map((account) => pageOf(account, more.pageTokens ? undefined : account.pageId))],
	});
	const { credentials } = newLogin(accounts, more);
	credentials[NAME].defaultAccount = defaultAccount;
	const account = { __rl: true, mode: 'id', value: wanted };
	const { error } = await runNode({
		parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi', account }),
		credentials,
	});
	return { error, calls: calls.map((call) => [line(call), call.authorization]) };
}

const asBakery = [[`POST /${BAKERY.pageId}/messages`, `Bearer ${tokens.bakery}`]];
const asFlorist = [[`POST /${FLORIST.pageId}/messages`, `Bearer ${tokens.florist}`]];

describe('the account that a node works for', () => {
	it.each<[string, Setting, string[][]]>([
		['the only one of the login', { accounts: [FLORIST] }, asFlorist],
		['the default of the credential', { defaultAccount: '@Sandbox_Florist' }, asFlorist],
		[
			'the one of the node rather than the default',
			{ wanted: '@sandbox_bakery', defaultAccount: 'sandbox_florist' },
			asBakery,
		],
		['by @username', { wanted: '@sandbox_florist' }, asFlorist],
		['by username in any case, with blanks around it', { wanted: ' SandBox_FLORIST ' }, asFlorist],
		['by Instagram ID', { wanted: FLORIST.id }, asFlorist],
		['by Page ID', { wanted: FLORIST.pageId }, asFlorist],
		['the default when an expression gives blanks only', { wanted: '  ', defaultAccount: FLORIST.id }, asFlorist],
	])('is %s', async (_name, setting, expected) => {
		const { error, calls } = await sendAs(setting);
		expect(error).toBeUndefined();
		expect(calls).toEqual(expected);
	});

	const several = ['@sandbox_bakery', '@sandbox_florist'];

	it('is asked for before any call when there are several and none is chosen', async () => {
		const { error, calls } = await sendAs({});
		expect(calls).toEqual([]);
		expect(error?.message).toBe('Choose the Instagram account');
		for (const name of several) expect(error?.description).toContain(name);
		expect(error?.context?.itemIndex).toBe(0);
	});

	it.each<[string, Setting, string, string[]]>([
		['an unknown one', { wanted: '@nobody_here' }, 'The account "@nobody_here" does not belong to this login', several],
		[
			'an unknown default',
			{ defaultAccount: '17841499999999999' },
			'The account "17841499999999999" does not belong to this login',
			several,
		],
		['a part of a name', { wanted: 'sandbox' }, 'The account "sandbox" does not belong to this login', []],
		['none at all', { accounts: [] }, 'This login reaches no Instagram account', ['tick the Facebook Page']],
		[
			'one whose Page gave no token',
			{ accounts: [FLORIST], more: { pageTokens: {} } },
			'This login may not act for @sandbox_florist',
			['Florist Page', 'task on the Page'],
		],
	])('is refused when Meta does not show it either: %s', async (_name, setting, message, hints) => {
		const { error, calls } = await sendAs(setting);
		expect(calls.map(([call]) => call)).toEqual([
			'GET /oauth/access_token', // refused, which starts n8n's refresh
			'POST /oauth/access_token', // n8n's own, for the app's token
			'GET /me/accounts',
			'GET /me/permissions',
			'GET /oauth/access_token', // n8n repeats the call that started the refresh
		]);
		expect(error?.message).toBe(message);
		for (const hint of hints) expect(error?.description).toContain(hint);
		expect(error?.context?.itemIndex).toBe(0);
	});
});
