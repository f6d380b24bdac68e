import { APP, type Started } from '../sandbox/support.mts';
import { freshLogin } from './logins.mts';
import { pastedLogin } from './pastedTokens.mts';
import type { Stored } from './runNode.mts';

const urls = ({ sandbox }: Started) => ({
	graphBaseUrl: sandbox.graphUrl,
	instagramGraphBaseUrl: sandbox.instagramGraphUrl,
});

/** A Facebook Login that was connected just now at a sandbox; `token` chooses the kind of person. */
export async function connectAt(started: Started, token: object = {}, fields: object = {}): Promise<Stored> {
	const credentials = freshLogin();
	const accessTokenUrl = `${started.sandbox.graphUrl}/v25.0/oauth/access_token`;
	const oauthTokenData = { access_token: await started.token('user', token), token_type: 'bearer', expires_in: 5_000 };
	Object.assign(credentials.instagramFacebookLoginOAuth2Api, {
		clientId: APP.id,
		clientSecret: APP.secret,
		accessTokenUrl,
		oauthTokenData,
		...urls(started),
		...fields,
	});
	return credentials;
}

/** A token of a sandbox, pasted with its app unless `app` says otherwise. */
export function pasteAt(
	started: Started,
	token: string,
	app: object = { appId: APP.id, appSecret: APP.secret },
): Stored {
	return pastedLogin(token, { ...urls(started), ...app });
}
