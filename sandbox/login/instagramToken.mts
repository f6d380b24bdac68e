import { appScopedId } from '../world/ids.mts';
import type { Token } from '../world/tokens.mts';
import type { World } from '../world/world.mts';
import { appByInstagramId } from './instagramRequest.mts';

/** An answer of api.instagram.com, as text: its `user_id` is a number beyond what JSON.stringify writes. */
export type TextAnswer = {
	status: number;
	text: string;
};

/** A refusal in the shape that only api.instagram.com has. */
export function instagramRefusal(message: string, status = 400): TextAnswer {
	return {
		status,
		text: JSON.stringify({ error_type: 'OAuthException', code: status, error_message: message }),
	};
}

const tokenAnswer = (world: World, token: Token): TextAnswer => {
	const accountId = token.accountId ?? '';
	if (world.settings.instagramTokenShape === 'data') {
		const row = {
			access_token: token.value,
			user_id: appScopedId(token.appId, accountId),
			permissions: token.scopes.join(','),
		};
		return { status: 200, text: JSON.stringify({ data: [row] }) };
	}
	const value = JSON.stringify(token.value);
	const permissions = JSON.stringify(token.scopes);
	return {
		status: 200,
		text: `{"access_token":${value},"user_id":${accountId},"permissions":${permissions}}`,
	};
};

/**
 * `POST api.instagram.com/oauth/access_token`: a token of one hour for a code.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
export function redeemInstagramCode(world: World, form: Record<string, string | undefined>): TextAnswer {
	const app = appByInstagramId(world, form.client_id);
	if (!app) return instagramRefusal('The client_id names no Instagram app');
	if (form.client_secret !== app.instagramAppSecret) return instagramRefusal('The client_secret is wrong');
	if (form.grant_type !== 'authorization_code') return instagramRefusal('The grant_type must be authorization_code');
	const code = world.instagramCodes.get(form.code ?? '');
	if (!code || code.appId !== app.id || code.used || code.expiresAt <= world.clock.now())
		return instagramRefusal('The code is unknown, too old or used already');
	if (form.redirect_uri !== code.redirectUri)
		return instagramRefusal('The redirect_uri differs from the one of the authorize page');
	code.used = true;
	const token = world.tokens.issue({
		kind: 'instagram',
		longLived: false,
		appId: app.id,
		accountId: code.accountId,
		scopes: code.scopes,
		pageIds: [],
		lifeSeconds: world.settings.shortTokenSeconds,
	});
	return tokenAnswer(world, token);
}
