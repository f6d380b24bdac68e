import { grantOf, recordGrant } from '../world/grants.mts';
import { newCode } from '../world/ids.mts';
import type { Page } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { accountOfPage } from '../world/world.mts';
import { escapeHtml, htmlPage } from './html.mts';
import type { LoginRequest } from './request.mts';
import { LoginRefusal } from './request.mts';

const checkbox = (name: string, value: string, label: string, fixed: boolean): string =>
	`<label><input type="checkbox" name="${name}" value="${escapeHtml(value)}" checked${fixed ? ' disabled' : ''}> ${escapeHtml(label)}</label>` +
	(fixed ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">` : '');

const pageLabel = (world: World, page: Page): string => {
	const account = accountOfPage(world, page);
	return account ? `${page.name} (@${account.username})` : page.name;
};

/** The page on which a person chooses Pages and permissions. With a configuration it is all or nothing. */
export function consentPage(world: World, login: LoginRequest, input: Record<string, string>): string {
	const hidden = Object.entries(input)
		.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
		.join('');
	const pages = [...world.pages.values()]
		.filter((page) => !login.user.lostPages.has(page.id))
		.map((page) => checkbox('pages', page.id, pageLabel(world, page), false));
	const permissions = login.scopes.map((scope) =>
		checkbox('permissions', scope, scope, login.configuration !== undefined || scope === 'public_profile'),
	);
	return htmlPage(
		`Log in to ${login.app.name}`,
		`<h1>${escapeHtml(login.app.name)} asks for access</h1><p>You are ${escapeHtml(login.user.name)}.</p>
<form method="post">${hidden}<h2>Pages and Instagram accounts</h2>${pages.join('')}<h2>Permissions</h2>${permissions.join('')}
<button class="primary" name="action" value="continue">Continue</button><button name="action" value="cancel">Cancel</button></form>`,
	);
}

const withQuery = (login: LoginRequest, values: Record<string, string>): string => {
	const url = new URL(login.redirectUri);
	for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
	if (login.state !== undefined) url.searchParams.set('state', login.state);
	return url.href;
};

/** Where Cancel leads. */
export function cancelUrl(login: LoginRequest): string {
	return withQuery(login, {
		error: 'access_denied',
		error_code: '200',
		error_reason: 'user_denied',
		error_description: 'Permissions error.',
	});
}

/** Record what was granted and return where Continue leads, with a code or (in the fragment) a token. */
export function acceptUrl(world: World, login: LoginRequest, permissions: string[], pages: string[]): string {
	const strange = pages.filter((id) => !world.pages.has(id) || login.user.lostPages.has(id));
	if (strange.length > 0) throw new LoginRefusal('Invalid request', 'An unknown Page was chosen.');
	const granted = login.scopes.filter((scope) => scope === 'public_profile' || permissions.includes(scope));
	if (login.configuration && granted.length < login.scopes.length) {
		throw new LoginRefusal('Invalid request', 'All permissions of a configuration are granted, or none.');
	}
	const { app, holder, responseTypes } = login;
	const grant = grantOf(holder, app.id);
	recordGrant(grant, login.scopes, granted);
	grant.pageIds = new Set(pages);
	const { shortTokenSeconds: lifeSeconds, codeSeconds } = world.settings;
	const scopes = [...grant.scopes];
	const extra: Record<string, string> = responseTypes.includes('granted_scopes')
		? { granted_scopes: scopes.join(','), denied_scopes: [...grant.declined].join(',') }
		: {};
	const tokenKind = login.configuration?.tokenKind ?? 'user';
	const code = newCode();
	world.codes.set(code, {
		value: code,
		appId: app.id,
		userId: holder.id,
		redirectUri: login.redirectUri,
		tokenKind,
		scopes,
		pageIds: pages,
		expiresAt: world.clock.now() + codeSeconds * 1000,
		tokenSeconds: tokenKind === 'systemUser' ? (login.configuration?.tokenSeconds ?? 0) : lifeSeconds,
		used: false,
	});
	if (!responseTypes.includes('token')) return withQuery(login, { code, ...extra });
	if (tokenKind === 'systemUser') throw new LoginRefusal('Invalid request', 'System-user tokens come by code only.');
	const token = world.tokens.issue({
		kind: 'user',
		longLived: false,
		appId: app.id,
		userId: holder.id,
		scopes,
		pageIds: pages,
		lifeSeconds,
	});
	const fragment = new URLSearchParams({
		access_token: token.value,
		data_access_expiration_time: String(Math.floor(token.dataAccessExpiresAt / 1000)),
		expires_in: String(lifeSeconds),
		...extra,
		...(responseTypes.includes('code') && { code }),
		...(login.state !== undefined && { state: login.state }),
	});
	return `${login.redirectUri}#${fragment.toString()}`;
}
