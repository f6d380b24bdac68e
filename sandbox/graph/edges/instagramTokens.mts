import { DAY_MS } from '../../world/clock.mts';
import type { Token } from '../../world/tokens.mts';
import { effectiveScopes } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { readCallParams, tokenOf } from '../engine/call.mts';
import { GraphError, invalidParam, permissionDenied, secretWrong } from '../engine/errors.mts';
import { readEnum } from '../engine/params.mts';

const issueLong = (call: Call): Token => {
	const old = tokenOf(call);
	return call.world.tokens.issue({
		kind: 'instagram',
		longLived: true,
		appId: old.appId,
		accountId: old.accountId,
		scopes: [...effectiveScopes(call.world, old)],
		pageIds: [],
		lifeSeconds: call.world.settings.longTokenSeconds,
	});
};

const tokenAnswer = (call: Call, token: Token) => ({
	access_token: token.value,
	token_type: 'bearer',
	expires_in: Math.round((token.expiresAt - call.world.clock.now()) / 1000),
});

/**
 * `GET /access_token` on graph.instagram.com: a token of 60 days for a short one.
 * @see https://developers.facebook.com/docs/instagram-platform/reference/access_token
 */
export function exchangeToken(call: Call): unknown {
	const params = readCallParams(call, { grant_type: 'string!', client_secret: 'string!' });
	readEnum('grant_type', params.grant_type, ['ig_exchange_token']);
	if (params.client_secret !== call.app?.instagramAppSecret) throw secretWrong();
	if (tokenOf(call).longLived)
		throw new GraphError({ code: 452, message: 'Only a short-lived token can be exchanged' });
	return tokenAnswer(call, issueLong(call));
}

/**
 * `GET /refresh_access_token`: for a long-lived token that is at least a day old, with
 * `instagram_business_basic`. The old token lives on until its own end.
 * @see https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
 */
export function refreshToken(call: Call): unknown {
	const params = readCallParams(call, { grant_type: 'string!' });
	readEnum('grant_type', params.grant_type, ['ig_refresh_token']);
	const old = tokenOf(call);
	if (!old.longLived) throw invalidParam('Only a long-lived token can be refreshed');
	if (!call.scopes.has('instagram_basic')) throw permissionDenied(['instagram_basic']);
	if (call.world.clock.now() - old.issuedAt < DAY_MS)
		throw invalidParam('A token can be refreshed once it is 24 hours old');
	const token = issueLong(call);
	return { ...tokenAnswer(call, token), permissions: token.scopes.join(',') };
}
