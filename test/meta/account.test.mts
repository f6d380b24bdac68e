import { guardNetwork, line } from '../support/graph.mts';
import { loginServer } from '../support/loginServer.mts';
import { BAKERY, FLORIST, settledLogin, tokens } from '../support/logins.mts';
import { operationOf } from '../support/parameters.mts';
import { runNode } from '../support/runNode.mts';

guardNetwork();

const NAME = 'instagramFacebookLoginOAuth2Api';
type Setting = { accounts?: Array<typeof BAKERY>; wanted?: string; defaultAccount?: string; more?: object };

async function sendAs({ accounts = [BAKERY, FLORIST], wanted = '', defaultAccount = '', more = {} }: Setting) {
	const calls = loginServer();
	const credentials = settledLogin(accounts, more);
	credentials[NAME].defaultAccount = defaultAccount;
	const account = { __rl: true, mode: 'id', value: wanted };
	const { error } = await runNode({ parameters: operationOf('message', 'sendText', { recipientId: '777', text: 'Hi', account }), credentials });
	return { error, calls: calls.map((call) => [line(call), call.authorization]) };
}

const asBakery = [[`POST /${BAKERY.pageId}/messages`, `Bearer ${tokens.bakery}`]];
const asFlorist = [[`POST /${FLORIST.pageId}/messages`, `Bearer ${tokens.florist}`]];

describe('the account that a node works for', () => {
	it.each<[string, Setting, string[][]]>([
		['the only one of the login', { accounts: [FLORIST] }, asFlorist],
		['the default of the credential', { defaultAccount: '@Sandbox_Florist' }, asFlorist],
		['the one of the node rather than the default', { wanted: '@sandbox_bakery', defaultAccount: 'sandbox_florist' }, asBakery],
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

	it.each<[string, Setting, string, string[]]>([
		['several and none chosen', {}, 'Choose the Instagram account', ['@sandbox_bakery', '@sandbox_florist']],
		['an unknown one', { wanted: '@nobody_here' }, 'The account "@nobody_here" does not belong to this login', ['@sandbox_bakery', '@sandbox_florist']],
		['an unknown default', { defaultAccount: '17841499999999999' }, 'The account "17841499999999999" does not belong to this login', ['@sandbox_bakery']],
		['a part of a name', { wanted: 'sandbox' }, 'The account "sandbox" does not belong to this login', []],
		['none at all', { accounts: [] }, 'This login reaches no Instagram account', ['tick the Facebook Page']],
		['one whose Page gave no token', { accounts: [FLORIST], more: { pageTokens: {} } }, 'This login may not act for @sandbox_florist', ['Florist Page', 'task on the Page']],
	])('is refused before any call: %s', async (_name, setting, message, hints) => {
		const { error, calls } = await sendAs(setting);
		expect(calls).toEqual([]);
		expect(error?.message).toBe(message);
		for (const hint of hints) expect(error?.description).toContain(hint);
		expect(error?.context?.itemIndex).toBe(0);
	});
});
