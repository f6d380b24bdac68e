import { DAY_MS } from '../../world/clock.mts';
import type { Token } from '../../world/tokens.mts';
import type { App } from '../../world/app.mts';
import { effectiveScopes } from '../../world/world.mts';
import { tokenError, verifyToken } from '../engine/auth.mts';
import type { Call } from '../engine/call.mts';
import { GraphError, invalidParam, secretWrong } from '../engine/errors.mts';

const text = (call: Call, name: string): string | undefined => {
	const value = call.raw[name];
	return value === undefined || value === null || value === '' ? undefined : String(value);
};

const basicCredentials = (call: Call): App => {
	const id = text(call, 'client_id');
	const app = id === undefined ? undefined : call.world.apps.get(id);
	if (!app) {
		throw new GraphError({
			code: 101,
			message: id === undefined ? 'The parameter client_id is missing' : 'There is no app with this client_id',
		});
	}
	const secret = text(call, 'client_secret');
	if (secret === undefined) throw new GraphError({ code: 1, message: 'The parameter client_secret is missing' });
	if (secret !== app.secret) throw secretWrong();
	return app;
};

const tokenAnswer = (call: Call, token: Token) => ({
	access_token: token.value,
	token_type: 'bearer',
	...(token.expiresAt !== 0 && {
		expires_in: Math.max(0, Math.round((token.expiresAt - call.world.clock.now()) / 1000)),
	}),
});

const redeemCode = (call: Call, app: App) => {
	const value = text(call, 'code');
	if (value === undefined) throw new GraphError({ code: 1, message: 'The authorization code is missing' });
	const code = call.world.codes.get(value);
	if (!code || code.appId !== app.id) throw invalidParam('This authorization code is not valid', 36009);
	if (code.used) throw invalidParam('This authorization code has been used already', 36009);
	if (code.expiresAt <= call.world.clock.now()) throw invalidParam('This authorization code has expired', 36007);
	if (text(call, 'redirect_uri') !== code.redirectUri) {
		throw invalidParam('The redirect_uri differs from the one of the login dialog', 36008);
	}
	code.used = true;
	const token = call.world.tokens.issue({
		kind: code.tokenKind,
		longLived: code.tokenKind === 'systemUser',
		appId: app.id,
		userId: code.userId,
		scopes: code.scopes,
		pageIds: code.pageIds,
		lifeSeconds: code.tokenSeconds,
	});
	return tokenAnswer(call, token);
};

/** A system user's token of 60 days, 60 days on; the old one lives until its own end ("Refresh" in Meta's page on system users). */
const renewSystemUser = (call: Call, { appId, userId, scopes, pageIds }: Token): Token =>
	call.world.tokens.issue({
		kind: 'systemUser',
		longLived: true,
		appId,
		userId,
		scopes,
		pageIds,
		lifeSeconds: call.world.settings.longTokenSeconds,
	});

/**
 * A long-lived user token for a live one. Only user tokens are exchanged (Meta's page speaks of no
 * other), and those of system users that have an end. A long-lived token gives a new one; its end moves at most once a
 * day, or never (`longTokenRenewal`: live reports contradict each other).
 * @see https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived
 */
const exchange = (call: Call, app: App) => {
	const value = text(call, 'fb_exchange_token');
	if (value === undefined) throw invalidParam('The parameter fb_exchange_token is required');
	const old = verifyToken(call.world, value);
	if (old.appId !== app.id) throw tokenError(call.world);
	if (old.kind === 'systemUser' && old.expiresAt !== 0 && text(call, 'set_token_expires_in_60_days') === 'true') {
		return tokenAnswer(call, renewSystemUser(call, old));
	}
	if (old.kind !== 'user') throw invalidParam('Only a user access token can be exchanged');
	const now = call.world.clock.now();
	const keepsEnd = old.longLived && (now - old.issuedAt < DAY_MS || call.world.settings.longTokenRenewal === 'oldEnd');
	const token = call.world.tokens.issue({
		kind: 'user',
		longLived: true,
		appId: app.id,
		userId: old.userId,
		scopes: [...effectiveScopes(call.world, old)],
		pageIds: old.pageIds,
		dataAccess: old.dataAccessExpiresAt,
		lifeSeconds: keepsEnd ? Math.round((old.expiresAt - now) / 1000) : call.world.settings.longTokenSeconds,
	});
	return tokenAnswer(call, token);
};

/**
 * `/oauth/access_token`, GET or POST: code exchange, app token, long-lived token.
 * The one endpoint that ignores parameters it does not know.
 * @see https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow
 */
export function accessToken(call: Call): unknown {
	const grant = text(call, 'grant_type') ?? 'authorization_code';
	const app = basicCredentials(call);
	switch (grant) {
		case 'authorization_code':
			return redeemCode(call, app);
		case 'client_credentials':
			return { access_token: `${app.id}|${app.secret}`, token_type: 'bearer' };
		case 'fb_exchange_token':
			return exchange(call, app);
		default:
			throw invalidParam(`Unknown grant_type ${grant}`);
	}
}
