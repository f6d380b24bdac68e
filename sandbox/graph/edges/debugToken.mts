import { unixSeconds } from '../../world/clock.mts';
import type { Token, TokenKind } from '../../world/tokens.mts';
import { accountOfPage, effectiveScopes } from '../../world/world.mts';
import { verifyToken } from '../engine/auth.mts';
import type { Call } from '../engine/call.mts';
import { tokenOf } from '../engine/call.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { readCallParams } from '../engine/call.mts';

const TYPES: Record<TokenKind, string> = {
	user: 'USER',
	page: 'PAGE',
	app: 'APP',
	instagram: 'USER',
	systemUser: 'SYSTEM_USER',
};

const granularScopes = (call: Call, token: Token, scopes: string[]) => {
	const accounts = token.pageIds.flatMap((id) => {
		const page = call.world.pages.get(id);
		const account = page && accountOfPage(call.world, page);
		return account ? [account.id] : [];
	});
	return scopes
		.filter((scope) => scope.startsWith('pages_') || scope.startsWith('instagram_'))
		.map((scope) => ({ scope, target_ids: scope.startsWith('pages_') ? token.pageIds : accounts }));
};

const seconds = (ms: number): number => (ms === 0 ? 0 : unixSeconds(ms));

/**
 * `GET /debug_token`: with an app token, or with the token of somebody of the app.
 * @see https://developers.facebook.com/docs/graph-api/reference/debug_token
 */
export function debugToken(call: Call): unknown {
	const { input_token: input } = readCallParams(call, { input_token: 'string!' });
	const asker = tokenOf(call);
	// A Page token may inspect itself (reported from live use).
	if (asker.kind === 'page' && input !== asker.value) {
		throw invalidParam('A token can be inspected with an app token or a user token only');
	}
	let token: Token;
	try {
		token = verifyToken(call.world, String(input));
	} catch (error) {
		if (!(error instanceof GraphError)) throw error;
		const { code, subcode, message } = error.spec;
		return {
			data: {
				error: { code, message, ...(subcode !== undefined && { subcode }) },
				is_valid: false,
				scopes: [],
			},
		};
	}
	if (token.appId !== asker.appId) throw invalidParam('The token belongs to another app');
	const scopes = [...effectiveScopes(call.world, token)];
	return {
		data: {
			app_id: token.appId,
			type: TYPES[token.kind],
			application: call.app?.name,
			...(token.kind !== 'app' && {
				data_access_expires_at: seconds(token.dataAccessExpiresAt),
				expires_at: seconds(token.expiresAt),
				issued_at: seconds(token.issuedAt),
			}),
			is_valid: true,
			...(token.pageId && { profile_id: token.pageId }),
			scopes,
			...(token.kind !== 'app' && {
				granular_scopes: granularScopes(call, token, scopes),
				user_id: token.userId,
			}),
		},
	};
}
