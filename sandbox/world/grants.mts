import type { Account, Grant, Grantor } from './types.mts';
import type { World } from './world.mts';

const isAccount = (grantor: Grantor): grantor is Account => 'accountType' in grantor;

/** What somebody granted to an app; an empty grant when there was none. */
export function grantOf(grantor: Grantor, appId: string): Grant {
	const grant = grantor.grants.get(appId) ?? {
		scopes: new Set(),
		declined: new Set(),
		pageIds: new Set(),
	};
	grantor.grants.set(appId, grant);
	return grant;
}

/** Record the answer to a consent page: of the scopes asked for, those that were ticked. */
export function recordGrant(grant: Grant, asked: string[], ticked: string[]): void {
	for (const scope of asked) {
		const yes = ticked.includes(scope);
		grant[yes ? 'scopes' : 'declined'].add(scope);
		grant[yes ? 'declined' : 'scopes'].delete(scope);
	}
}

/** Take one permission back, at once and for every token; false when it was not granted. */
export function withdrawScope(grantor: Grantor, appId: string, scope: string): boolean {
	const grant = grantor.grants.get(appId);
	if (!grant?.scopes.delete(scope)) return false;
	grant.declined.add(scope);
	return true;
}

/** Kill every token of somebody. */
export function killTokens(world: World, grantor: Grantor, subcode: number, appId?: string): number {
	return world.tokens.kill(
		(token) =>
			(isAccount(grantor) ? token.accountId : token.userId) === grantor.id &&
			(appId === undefined || token.appId === appId),
		{ code: 190, subcode },
	);
}

/**
 * Remove an app: grant, tokens (190/458), and the webhooks of an account that logged in itself. The
 * app is told through its deauthorize callback.
 */
export function removeApp(world: World, grantor: Grantor, appId: string): void {
	const isUsed = grantor.grants.delete(appId);
	if (isAccount(grantor)) grantor.subscribedApps.delete(appId);
	killTokens(world, grantor, 458, appId);
	if (isUsed) world.emit({ type: 'appRemoved', by: grantor, appId });
}

/** Ask an app to delete what it knows; Meta lets people ask this of apps that they have removed. */
export function requestDeletion(world: World, grantor: Grantor, appId: string): void {
	removeApp(world, grantor, appId);
	world.emit({ type: 'deletionRequested', by: grantor, appId });
}
