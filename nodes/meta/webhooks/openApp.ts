import type { Connection, MetaApp, MetaContext } from '../connection';
import { appSecretProof } from '../graph/appSecretProof';
import { explain, MetaError } from '../errors/metaError';
import { isMetaId } from '../input/metaId';
import { readCallback } from './subscriptions';

/**
 * The connection that speaks for the app, or why there is none. `note` may also say what to bear in mind of an app
 * that can be spoken for; `refusal` is what Meta said where it did not let us.
 */
export type AppAccess = { app: Connection; note: string | null } | { app: undefined; note: string; refusal?: string };

const DASHBOARD = 'the App Dashboard: Instagram > API setup with Instagram login > Configure webhooks';

/** Signs as an app that has no login of its own at n8n. */
function appConnection(connection: Connection, { appId, appSecret, versionedUrl }: MetaApp): Connection {
	const tokenFor = () => `${appId}|${appSecret}`;
	return { ...connection, kind: 'facebookUser', versionedUrl, appId, appSecret, tokenFor };
}

/** What Meta says when it does not let the app read its callback; anything that may pass is thrown. */
async function refusalOf(n8n: MetaContext, app: Connection): Promise<MetaError | undefined> {
	return await readCallback(n8n, app).then(
		() => undefined,
		(failure: Error) => {
			const refusal = failure instanceof MetaError ? failure.facts.error : undefined;
			if (!refusal || explain(refusal)?.limits) throw failure;
			return failure as MetaError;
		},
	);
}

/**
 * Instagram Login has two apps: the Instagram app, and the Meta app to which it belongs. By reports from live use, one of
 * them holds the callback: mostly the Meta app, and Meta then does not know the other as an app at all. Where it does, the
 * callback is there, and what is set at the Meta app would be without effect. Meta documents no proof for Instagram apps.
 */
async function openInstagramApp(n8n: MetaContext, connection: Connection, metaApp: MetaApp): Promise<AppAccess> {
	const { appId, appSecret } = connection;
	const instagramApp = appConnection(connection, { ...metaApp, appId, appSecret });
	if (isMetaId(appId) && appSecret !== '' && !(await refusalOf(n8n, instagramApp)))
		return { app: instagramApp, note: null };
	const proof = appSecretProof(`${metaApp.appId}|${metaApp.appSecret}`, metaApp.appSecret);
	const app = { ...appConnection(connection, metaApp), proofFor: () => proof };
	const refused = await refusalOf(n8n, app);
	if (!refused)
		return {
			app,
			note: `Read at the Meta app. If nothing arrives although no problem is named, enter the address in ${DASHBOARD}.`,
		};
	return {
		app: undefined,
		note: `Meta did not let the callback of the app be read: ${refused.message}. Check Meta App ID and Meta App Secret in the credential, or look in ${DASHBOARD}.`,
		refusal: refused.message,
	};
}

/**
 * Finds out who may read and set the app's callback with this login. Makes calls with Instagram Login only.
 * @throws MetaError when Meta could not be asked
 * @see https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
 */
export async function openApp(n8n: MetaContext, connection: Connection): Promise<AppAccess> {
	const { appId, appSecret, credentialType, kind, metaApp } = connection;
	if (kind !== 'instagram') {
		if (appId !== '' && appSecret !== '') return { app: connection, note: null };
		return {
			app: undefined,
			note: 'The credential lacks the App ID or the app secret, so the callback of the app cannot be read. Fill in both, or look in the App Dashboard: Webhooks > Instagram.',
		};
	}
	if (metaApp) return await openInstagramApp(n8n, connection, metaApp);
	const isPasted = credentialType === 'instagramAccessTokenApi';
	return {
		app: undefined,
		note: isPasted
			? `With a pasted token of Instagram Login, the callback of the app can be neither read nor set. Look in ${DASHBOARD}.`
			: `The credential lacks Meta App ID or Meta App Secret, so the callback of the app can be neither read nor set. Fill in both, or look in ${DASHBOARD}.`,
	};
}
