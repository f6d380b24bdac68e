import { resources } from '../../../nodes/Instagram/operations/index.ts';
import { operation } from '../../../nodes/Instagram/operations/define.ts';
import type { LoginKind } from '../../../nodes/meta/accounts.ts';
import { graphPath } from '../../../nodes/meta/graph/path.ts';
import { guardNetwork, listenAt } from '../../support/graph.mts';
import { lasting, login, NAME as INSTAGRAM_LOGIN, newToken } from '../../support/instagramLogins.mts';
import { GRAPH, settledLogin } from '../../support/logins.mts';
import { operationOf } from '../../support/parameters.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../../support/pastedTokens.mts';
import { runNode, type Stored } from '../../support/runNode.mts';

guardNetwork();

const FACEBOOK_LOGIN = 'instagramFacebookLoginOAuth2Api';
const logins: Record<string, [string, () => Stored]> = {
	'Facebook Login': [FACEBOOK_LOGIN, () => settledLogin()],
	'Instagram Login': [INSTAGRAM_LOGIN, () => login(lasting(newToken()))],
	'a pasted user token': [TYPE, () => openedLogin(pastedTokens.user, { kind: 'facebookUser', token: 'EAAstored000' })],
	'a pasted Page token': [
		TYPE,
		() => openedLogin(pastedTokens.page, { kind: 'facebookPage', token: pastedTokens.page }),
	],
	'a pasted Instagram token': [
		TYPE,
		() => openedLogin(pastedTokens.instagram, { kind: 'instagram', token: pastedTokens.instagram }),
	],
};

/** Runs a made-up operation that Meta offers to some logins only, as the last of the first resource. */
async function runWith(offered: LoginKind[] | undefined, name: string) {
	const [{ value, operations }] = resources;
	const picky = operation({
		value: 'madeUp',
		name: 'Made Up',
		action: 'Make something up',
		description: 'Made up',
		withoutAccount: true,
		fields: [],
		...(offered ? { logins: offered } : {}),
		run: async ({ graph }) => await graph({ method: 'GET', path: graphPath`/made_up`, signAs: 'user' }),
	});
	operations.push(picky);
	const calls = [GRAPH, INSTAGRAM].map((host) => listenAt(host, () => ({ body: { id: '1' } })));
	try {
		const [authentication, credentials] = logins[name];
		const { items, error } = await runNode({
			parameters: operationOf(value, 'madeUp', { authentication }),
			credentials: credentials(),
		});
		return { items, error, calls: calls.flat() };
	} finally {
		operations.splice(operations.indexOf(picky), 1);
	}
}

describe('an operation that Meta does not offer to every login', () => {
	it.each<[string, LoginKind[], string, string]>([
		['Instagram Login', ['facebookUser', 'facebookPage'], 'Instagram Login', 'Facebook Login'],
		['a pasted Instagram token', ['facebookUser', 'facebookPage'], 'Instagram Login', 'Facebook Login'],
		['Facebook Login', ['instagram'], 'Facebook Login', 'Instagram Login'],
		['a pasted user token', ['instagram'], 'Facebook Login', 'Instagram Login'],
		['a pasted Page token', ['facebookUser'], "a Page's token", 'Facebook Login'],
		['a pasted Page token', ['facebookUser', 'instagram'], "a Page's token", 'Facebook Login or Instagram Login'],
	])('is refused before any call: %s, offered to %j', async (name, offered, called, suitable) => {
		const { error, calls } = await runWith(offered, name);
		expect(calls).toEqual([]);
		expect(error?.message).toBe(`Meta does not offer "Made Up" with ${called}`);
		expect(error?.description).toBe(`Choose a credential of ${suitable} for this operation.`);
		expect(error?.context?.itemIndex).toBe(0);
	});

	it.each<[string, LoginKind[]]>([
		['Instagram Login', ['instagram']],
		['a pasted Instagram token', ['instagram']],
		['Facebook Login', ['facebookUser']],
		['a pasted user token', ['facebookUser', 'facebookPage']],
		['a pasted Page token', ['facebookUser', 'facebookPage']],
	])('runs with the others: %s, offered to %j', async (name, offered) => {
		const { items, error, calls } = await runWith(offered, name);
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([{ id: '1' }]);
		expect(calls).toHaveLength(1);
	});
});

it.each(Object.keys(logins))('an operation that names no logins runs with all of them: %s', async (name) => {
	const { error, calls } = await runWith(undefined, name);
	expect(error).toBeUndefined();
	expect(calls).toHaveLength(1);
});
