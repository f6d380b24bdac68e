import type { Context } from '../context.mts';
import type { App, AppSubscription, Login } from '../world/app.mts';
import type { Account } from '../world/types.mts';
import type { World } from '../world/world.mts';
import type { Delivery, Target } from './deliverer.mts';
import type { WebhookEvent } from './payloads.mts';
import { toEnvelope, toTestSample, toWebhook } from './payloads.mts';
import { wireJson } from './sign.mts';

/** Events per delivery at most (Webhooks page). */
const MAX_BATCH = 1_000;

/** Holds events back while batching is on. */
export interface Dispatch {
	/** Start listening to the context's world (again, after a reset). */
	attach(): void;
	/** Switch explicit batching on or off; switching off sends what waits. */
	batch(on: boolean): void;
	/** Send everything that waits, as few deliveries as possible. */
	flush(): void;
	/** Send the sample of a field, as the Test button of the App Dashboard does. */
	test(field: string, login?: Login): Delivery[];
	/** Send any body, signed, to every subscribed app: for events that the sandbox does not act out. */
	raw(payload: unknown, fields: string[], login?: Login): Delivery[];
	clear(): void;
}

/** An app, and the login through which it hears: each has a callback and a secret of its own. */
interface Listener {
	app: App;
	login: Login;
}

const LOGINS: Login[] = ['facebook', 'instagram'];

const subscriptionOf = ({ app, login }: Listener): AppSubscription | undefined =>
	login === 'facebook' ? app.subscriptions.get('instagram') : app.instagramWebhook;

/** Whether an account is connected to an app: its Page is, or it logged in itself and subscribed. */
const isConnected = (world: World, { app, login }: Listener, account: Account): boolean => {
	if (login === 'instagram') return (account.subscribedApps.get(app.id)?.length ?? 0) > 0;
	const page = world.pages.get(account.pageId);
	return account.linked && (page?.subscribedApps.get(app.id)?.length ?? 0) > 0;
};

/** Whether an app hears about an event: live, field subscribed, account connected and public for comments. */
const hears = (context: Context, listener: Listener, event: WebhookEvent): boolean => {
	const account = context.world.accounts.get(event.accountId);
	return (
		listener.app.live &&
		account !== undefined &&
		!(account.isPrivate && event.style === 'changes') &&
		(subscriptionOf(listener)?.fields.has(event.field) ?? false) &&
		isConnected(context.world, listener, account)
	);
};

const targetOf = (listener: Listener) => (): Target | undefined => {
	const subscription = subscriptionOf(listener);
	const { app, login } = listener;
	const secret = login === 'facebook' ? app.secret : app.instagramAppSecret;
	return subscription && { url: subscription.callbackUrl, secret };
};

/** Turn what happens in the world into signed deliveries. */
export const createDispatch = (context: Context): Dispatch => {
	let waiting: Array<{ listener: Listener; event: WebhookEvent }> = [];
	let holding = false;
	let timer: NodeJS.Timeout | undefined;

	const send = (listener: Listener, events: WebhookEvent[]) => {
		const { clock, settings } = context.world;
		const includeValues = subscriptionOf(listener)?.includeValues ?? true;
		const shape = listener.login === 'facebook' ? 'changes' : settings.instagramChangesShape;
		const body = wireJson(toEnvelope(events, clock.now(), includeValues, shape));
		const fields = [...new Set(events.map(({ field }) => field))];
		return context.deliverer.send(body, fields, targetOf(listener));
	};
	const raw = (payload: unknown, fields: string[], login?: Login) =>
		[...context.world.apps.values()].flatMap((app) => {
			// Without a word about the login, the app's first callback: most apps have one.
			const listener = LOGINS.map((one) => ({ app, login: one })).find(
				(one) => subscriptionOf(one) && (login === undefined || one.login === login),
			);
			return listener
				? [context.deliverer.send(wireJson(payload), fields, targetOf(listener))]
				: [];
		});
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		const batches = new Map<string, { listener: Listener; events: WebhookEvent[] }>();
		for (const { listener, event } of waiting) {
			const key = `${listener.login} ${listener.app.id}`;
			const batch = batches.get(key) ?? { listener, events: [] };
			batch.events.push(event);
			batches.set(key, batch);
		}
		waiting = [];
		for (const { listener, events } of batches.values()) {
			for (let at = 0; at < events.length; at += MAX_BATCH)
				send(listener, events.slice(at, at + MAX_BATCH));
		}
	};
	const take = (listener: Listener, event: WebhookEvent) => {
		const { batchWindowMs } = context.world.settings;
		if (!holding && batchWindowMs === 0) {
			send(listener, [event]);
			return;
		}
		waiting.push({ listener, event });
		if (!holding && timer === undefined) timer = setTimeout(flush, batchWindowMs).unref();
	};

	return {
		attach() {
			const { world } = context;
			world.listen((happened) => {
				for (const login of LOGINS) {
					const event = toWebhook(world, happened, login);
					for (const app of world.apps.values())
						if (hears(context, { app, login }, event)) take({ app, login }, event);
				}
			});
		},
		batch(on) {
			holding = on;
			if (!on) flush();
		},
		flush,
		raw,
		test: (field, login) => raw(toTestSample(field, context.world.clock.now()), [field], login),
		clear() {
			clearTimeout(timer);
			timer = undefined;
			waiting = [];
			holding = false;
		},
	};
};
