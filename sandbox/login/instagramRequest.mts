import type { App } from '../world/app.mts';
import { INSTAGRAM_LOGIN_SCOPES } from '../world/seed.mts';
import type { World } from '../world/world.mts';
import { LoginRefusal } from './request.mts';

/** An authorize page of Instagram Login that may be shown. */
export type InstagramRequest = {
	app: App;
	redirectUri: string;
	state?: string;
	scopes: string[];
	/** The password is asked for, even of somebody who is logged in. */
	forceReauth: boolean;
	/** Shows "Log in with Facebook". */
	facebookButton: boolean;
};

const readFlag = (name: string, value: string | undefined, standard: boolean): boolean => {
	if (value === undefined || value === '') return standard;
	const flag = { true: true, 1: true, false: false, 0: false }[value.toLowerCase()];
	if (flag === undefined) throw new LoginRefusal('Invalid request', `${name} is true or false.`);
	return flag;
};

const readScopes = (value: string | undefined): string[] => {
	const scopes = (value ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
	if (scopes.length === 0) throw new LoginRefusal('Invalid scopes', 'The scope is missing.');
	const strange = scopes.filter((scope) => !INSTAGRAM_LOGIN_SCOPES.includes(scope));
	if (strange.length > 0) {
		throw new LoginRefusal('Invalid scopes', `These permissions do not exist: ${strange.join(', ')}.`);
	}
	return [...new Set(scopes)];
};

/** The app with this Instagram app id (which is not its Meta app id). */
export function appByInstagramId(world: World, id: string | undefined): App | undefined {
	return [...world.apps.values()].find((app) => app.instagramAppId === id);
}

/**
 * Check the parameters of the authorize page; a LoginRefusal is never redirected.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
 */
export function readInstagramRequest(world: World, input: Record<string, string>): InstagramRequest {
	const app = appByInstagramId(world, input.client_id);
	if (!app) throw new LoginRefusal('Invalid app', 'There is no Instagram app with this client_id.');
	const uris = app.instagramRedirectUris ?? app.redirectUris;
	if (!input.redirect_uri || !uris.includes(input.redirect_uri)) {
		throw new LoginRefusal(
			'Invalid redirect_uri',
			'The redirect_uri is not among those of the business login settings.',
		);
	}
	if (input.response_type !== 'code') throw new LoginRefusal('Invalid request', 'The response_type must be code.');
	return {
		app,
		redirectUri: input.redirect_uri,
		state: input.state,
		scopes: readScopes(input.scope),
		forceReauth: readFlag('force_reauth', input.force_reauth, false),
		facebookButton: readFlag('enable_fb_login', input.enable_fb_login, true),
	};
}
