import { grantOf, recordGrant } from '../world/grants.mts';
import { newCode } from '../world/ids.mts';
import type { Account } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { accountByUsername } from '../world/world.mts';
import { escapeHtml, htmlPage } from './html.mts';
import type { InstagramRequest } from './instagramRequest.mts';
import { LoginRefusal } from './request.mts';

/** What was filled in on the authorize page. */
export type InstagramForm = {
	account?: string;
	password?: string;
	permissions: string[];
};

const hiddenInputs = (input: Record<string, string>): string =>
	Object.entries(input)
		.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
		.join('');

const accountChoice = (account: Account, index: number): string =>
	`<label><input type="radio" name="account" value="${escapeHtml(account.username)}"${index === 0 ? ' checked' : ''}> @${escapeHtml(account.username)}</label>`;

const scopeBox = (scope: string): string =>
	`<label><input type="checkbox" name="permissions" value="${scope}" checked> ${scope}</label>`;

/** The page on which somebody picks an account and permissions. */
export function instagramConsentPage(world: World, login: InstagramRequest, input: Record<string, string>): string {
	return htmlPage(
		`Log in to ${login.app.name}`,
		`<h1>${escapeHtml(login.app.name)} asks for access to Instagram</h1>
<form method="post">${hiddenInputs(input)}<h2>Account</h2>${[...world.accounts.values()].map(accountChoice).join('')}
${login.forceReauth ? '<label>Password <input type="password" name="password" required></label>' : ''}
<h2>Permissions</h2>${login.scopes.map(scopeBox).join('')}
<button class="primary" name="action" value="continue">Allow</button>
${login.facebookButton ? '<button name="action" value="facebook">Log in with Facebook</button>' : ''}
<button name="action" value="cancel" formnovalidate>Cancel</button></form>`,
	);
}

const redirectUrl = (login: InstagramRequest, values: Record<string, string>): string => {
	const url = new URL(login.redirectUri);
	for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
	if (login.state !== undefined) url.searchParams.set('state', login.state);
	return url.href;
};

/** Where Cancel leads. */
export function instagramCancelUrl(login: InstagramRequest): string {
	return redirectUrl(login, {
		error: 'access_denied',
		error_reason: 'user_denied',
		error_description: 'The user denied your request',
	});
}

const readAccount = (world: World, login: InstagramRequest, form: InstagramForm): Account => {
	const [first] = world.accounts.values();
	const account = form.account === undefined ? first : accountByUsername(world, form.account.replace(/^@/, ''));
	if (!account) throw new LoginRefusal('Invalid request', 'There is no such account.');
	if (login.forceReauth && !form.password)
		throw new LoginRefusal('Log in first', 'The password has to be entered again.');
	if (account.checkpointed) throw new LoginRefusal('Log in first', 'Instagram has to check that it is you.');
	if (account.accountType === 'PERSONAL')
		throw new LoginRefusal('Not eligible', 'Only professional accounts can be connected.');
	if (!login.app.live && !account.hasRole) {
		throw new LoginRefusal('App not active', 'The app is not live, and this account is no tester of it.');
	}
	return account;
};

/** Record what was granted and return where Allow leads: with a code, and `#_` at the end. */
export function instagramAcceptUrl(world: World, login: InstagramRequest, form: InstagramForm): string {
	const account = readAccount(world, login, form);
	const scopes = login.scopes.filter((scope) => form.permissions.includes(scope));
	const grant = grantOf(account, login.app.id);
	recordGrant(grant, login.scopes, scopes);
	const code = newCode();
	world.instagramCodes.set(code, {
		value: code,
		appId: login.app.id,
		accountId: account.id,
		redirectUri: login.redirectUri,
		scopes: [...grant.scopes],
		expiresAt: world.clock.now() + world.settings.instagramCodeSeconds * 1000,
		used: false,
	});
	return `${redirectUrl(login, { code })}#_`;
}
