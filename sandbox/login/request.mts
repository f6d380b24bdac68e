import type { App, LoginConfiguration } from '../world/app.mts';
import type { User } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { KNOWN_SCOPES } from './scopes.mts';

/** A login dialog that may be shown. */
export type LoginRequest = {
	app: App;
	/** Who sits in front of the dialog. */
	user: User;
	/** Who gets the token: the person, or the system user of their portfolio. */
	holder: User;
	redirectUri: string;
	state?: string;
	responseTypes: string[];
	scopes: string[];
	configuration?: LoginConfiguration;
};

/** Why a dialog is refused. */
export class LoginRefusal extends Error {
	readonly title: string;

	constructor(title: string, detail: string) {
		super(detail);
		this.title = title;
	}
}

const RESPONSE_TYPES = ['code', 'token', 'granted_scopes'];

const readConfiguration = (app: App, input: Record<string, string>): LoginConfiguration | undefined => {
	if (!input.config_id) return undefined;
	const configuration = app.configurations.find(({ id }) => id === input.config_id);
	if (!configuration)
		throw new LoginRefusal('Unknown configuration', 'The app has no login configuration with this config_id.');
	if (configuration.tokenKind === 'systemUser') {
		if (input.scope) throw new LoginRefusal('Invalid request', 'A system-user configuration takes no scope.');
		if (input.override_default_response_type !== 'true') {
			throw new LoginRefusal(
				'Invalid request',
				'A system-user configuration needs override_default_response_type=true.',
			);
		}
	}
	return configuration;
};

const askedScopes = (
	app: App,
	user: User,
	input: Record<string, string>,
	configuration?: LoginConfiguration,
): string[] => {
	if (configuration) return configuration.scopes;
	const asked = (input.scope ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
	const strange = asked.filter((scope) => !KNOWN_SCOPES.has(scope));
	if (strange.length > 0)
		throw new LoginRefusal('Invalid scopes', `These permissions do not exist: ${strange.join(', ')}.`);
	const missing = asked.filter((scope) => app.missingPermissions.includes(scope));
	if (missing.length > 0)
		throw new LoginRefusal(
			'Invalid scopes',
			`The app has no access to: ${missing.join(', ')}. This message is only shown to developers.`,
		);
	const declined = user.grants.get(app.id)?.declined;
	const again = input.auth_type?.split(',').includes('rerequest');
	return [...new Set(['public_profile', ...asked])].filter((scope) => again || !declined?.has(scope));
};

/**
 * Check the parameters of the login dialog. Throws a LoginRefusal, which is shown as a page and never redirected.
 * @see https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow
 */
export function readLoginRequest(world: World, input: Record<string, string>): LoginRequest {
	const app = world.apps.get(input.client_id ?? '');
	if (!app) throw new LoginRefusal('Invalid app', 'There is no app with this client_id.');
	if (!input.redirect_uri || !app.redirectUris.includes(input.redirect_uri)) {
		throw new LoginRefusal('URL blocked', 'The redirect_uri is not among the valid OAuth redirect URIs of the app.');
	}
	const responseTypes = (input.response_type || 'code').split(/[\s,]+/);
	if (responseTypes.some((type) => !RESPONSE_TYPES.includes(type))) {
		throw new LoginRefusal('Invalid request', 'The response_type is not supported.');
	}
	const [user] = world.users.values();
	if (!app.live && !user.hasRole) {
		throw new LoginRefusal('App not active', 'The app is not live, and you have no role on it.');
	}
	if (user.checkpointed) {
		throw new LoginRefusal('Log in first', 'Facebook has to check that it is you.');
	}
	const configuration = readConfiguration(app, input);
	const [systemUser] = world.systemUsers.values();
	return {
		app,
		user,
		holder: configuration?.tokenKind === 'systemUser' ? systemUser : user,
		redirectUri: input.redirect_uri,
		state: input.state,
		responseTypes,
		configuration,
		scopes: askedScopes(app, user, input, configuration),
	};
}
