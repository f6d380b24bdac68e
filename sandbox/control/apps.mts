import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import { newAppId, newAppSecret } from '../world/ids.mts';
import { isAcceptableCallback } from '../webhooks/challenge.mts';
import type { App } from '../world/app.mts';
import { addApp } from '../world/seed.mts';
import { describeWorld } from './describe.mts';
import { needApp, refuse } from './refuse.mts';

type AppPatch = Partial<
	Pick<
		App,
		| 'redirectUris'
		| 'instagramRedirectUris'
		| 'live'
		| 'requireAppSecret'
		| 'humanAgent'
		| 'advancedAccess'
		| 'publicContentAccess'
		| 'publicPageAccess'
		| 'missingPermissions'
	>
>;

/** Addresses in the app's settings; null takes one away. */
const CALLBACKS = {
	deauthorizeUrl: ['facebook', 'deauthorize'],
	dataDeletionUrl: ['facebook', 'dataDeletion'],
	instagramDeauthorizeUrl: ['instagram', 'deauthorize'],
	instagramDataDeletionUrl: ['instagram', 'dataDeletion'],
} as const;
type CallbackPatch = Partial<Record<keyof typeof CALLBACKS, string | null>>;

const patchCallbacks = (app: App, patch: CallbackPatch): void => {
	const given = Object.entries(CALLBACKS).filter(([name]) => name in patch);
	for (const [name, [login, kind]] of given) {
		const url = patch[name as keyof CallbackPatch] ?? undefined;
		if (url !== undefined && !isAcceptableCallback(url)) throw refuse(400, `${name} must be an https URL.`);
		app.userCallbacks[login][kind] = url;
	}
};

const patchApp = (app: App, patch: AppPatch & CallbackPatch): void => {
	patchCallbacks(app, patch);
	if (patch.redirectUris) app.redirectUris = patch.redirectUris.map(String);
	if (patch.instagramRedirectUris) app.instagramRedirectUris = patch.instagramRedirectUris.map(String);
	app.live = patch.live ?? app.live;
	app.requireAppSecret = patch.requireAppSecret ?? app.requireAppSecret;
	app.humanAgent = patch.humanAgent ?? app.humanAgent;
	app.advancedAccess = patch.advancedAccess ?? app.advancedAccess;
	app.publicContentAccess = patch.publicContentAccess ?? app.publicContentAccess;
	app.publicPageAccess = patch.publicPageAccess ?? app.publicPageAccess;
	app.missingPermissions = patch.missingPermissions?.map(String) ?? app.missingPermissions;
};

/** Apps and their settings, as on the App Dashboard. */
export function serveApps(server: FastifyInstance, context: Context): void {
	server.patch<{ Params: { id: string }; Body: AppPatch & CallbackPatch }>('/sandbox/apps/:id', ({ params, body }) => {
		patchApp(needApp(context.world, params.id), body);
		return describeWorld(context.world);
	});
	server.post<{ Body: { name?: string } }>('/sandbox/apps', ({ body }) => {
		const { world } = context;
		const [first] = world.apps.values();
		const app = addApp(world, {
			...world.settings.seed,
			appId: newAppId(),
			appSecret: newAppSecret(),
			appName: body.name ?? 'Another App',
			instagramAppId: newAppId(),
			instagramAppSecret: newAppSecret(),
			redirectUris: first.redirectUris,
		});
		return { id: app.id, secret: app.secret };
	});
}
