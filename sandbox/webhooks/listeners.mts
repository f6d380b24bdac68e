import type { Target } from '../context/delivery.mts';
import type { App, AppSubscription, Login } from '../world/app.mts';
import { ownerOf } from '../world/threads.mts';
import type { Account } from '../world/types.mts';
import type { World } from '../world/world.mts';
import type { WebhookEvent } from './event.mts';
import { HEARD_FIELDS } from './fields.mts';

/** An app, and the login through which it hears: each has a callback and a secret of its own. */
export type Listener = {
	app: App;
	login: Login;
};

export const LOGINS: Login[] = ['facebook', 'instagram'];

/** The app's callback for a login, and what it subscribed to. */
export function subscriptionOf({ app, login }: Listener): AppSubscription | undefined {
	return login === 'facebook' ? app.subscriptions.get('instagram') : app.instagramWebhook;
}

const connections = (world: World, { login }: Listener, account: Account): Map<string, string[]> =>
	login === 'instagram' ? account.subscribedApps : (world.pages.get(account.pageId)?.subscribedApps ?? new Map());

/** Whether an account is connected to an app: its Page is, or it logged in itself and subscribed. */
function isConnected(world: World, listener: Listener, account: Account): boolean {
	return (
		(listener.login === 'instagram' || account.linked) &&
		(connections(world, listener, account).get(listener.app.id)?.length ?? 0) > 0
	);
}

/** Take an account's subscription away from an app. */
export function disconnect(world: World, listener: Listener, account: Account): void {
	return void connections(world, listener, account).delete(listener.app.id);
}

/** An event for an app that does not control the conversation: buttons come without their payload. */
const onStandby = (event: WebhookEvent): WebhookEvent => {
	const { postback } = event.body as { postback?: Record<string, unknown> };
	const shown = postback && { postback: { ...postback, payload: undefined } };
	return { ...event, style: 'standby', fields: ['standby'], body: { ...event.body, ...shown } };
};

const isStandby = (world: World, { app }: Listener, event: WebhookEvent): boolean => {
	if (event.appId !== undefined || !event.thread) return false;
	const owner = ownerOf(world, event.thread);
	return owner !== undefined && owner.appId !== app.id;
};

/**
 * What an app hears of an event, if anything: the app is live, has the field and (for what strangers
 * do) Advanced Access; the account is connected, allows access to messages, and is public for
 * comments and mentions.
 * @see https://developers.facebook.com/docs/instagram-platform/webhooks
 */
export function heardBy(world: World, listener: Listener, happened: WebhookEvent): WebhookEvent | undefined {
	const { app, login } = listener;
	const event = isStandby(world, listener, happened) ? onStandby(happened) : happened;
	const account = world.accounts.get(event.accountId);
	const subscription = subscriptionOf(listener);
	if (!account || !subscription || subscription.isOff || !app.live) return undefined;
	if (event.appId !== undefined && event.appId !== app.id) return undefined;
	if (event.isPrivate || (event.style !== 'changes' && !account.allowMessages)) return undefined;
	if (!app.advancedAccess && !event.byRole) return undefined;
	if (!isConnected(world, listener, account)) return undefined;
	const field = event.fields.find((name) => subscription.fields.has(name) && HEARD_FIELDS[login].has(name));
	return field === undefined ? undefined : { ...event, fields: [field] };
}

/** Where an app's deliveries go now, and with whose secret they are signed. */
export function targetOf(listener: Listener) {
	return (): Target | undefined => {
		const subscription = subscriptionOf(listener);
		const { app, login } = listener;
		const secret = login === 'facebook' ? app.secret : app.instagramAppSecret;
		return subscription && { url: subscription.callbackUrl, secret };
	};
}
