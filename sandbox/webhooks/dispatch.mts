import type { Context } from '../context.mts';
import type { App } from '../world/types.mts';
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
	test(field: string): Delivery[];
	/** Send any body, signed, to every subscribed app: for events that the sandbox does not act out. */
	raw(payload: unknown, fields: string[]): Delivery[];
	clear(): void;
}

/** Whether this app hears about an event: live, field subscribed, Page connected, account public for comments. */
const hears = (context: Context, app: App, event: WebhookEvent): boolean => {
	const account = context.world.accounts.get(event.accountId);
	const page = account && context.world.pages.get(account.pageId);
	const subscription = app.subscriptions.get('instagram');
	return (
		app.live &&
		account !== undefined &&
		account.linked &&
		!(account.isPrivate && event.style === 'changes') &&
		(subscription?.fields.has(event.field) ?? false) &&
		(page?.subscribedApps.get(app.id)?.length ?? 0) > 0
	);
};

const targetOf = (app: App) => (): Target | undefined => {
	const subscription = app.subscriptions.get('instagram');
	return subscription && { url: subscription.callbackUrl, secret: app.secret };
};

/** Turn what happens in the world into signed deliveries. */
export const createDispatch = (context: Context): Dispatch => {
	let waiting: Array<{ app: App; event: WebhookEvent }> = [];
	let holding = false;
	let timer: NodeJS.Timeout | undefined;

	const send = (app: App, events: WebhookEvent[]) => {
		const includeValues = app.subscriptions.get('instagram')?.includeValues ?? true;
		const body = wireJson(toEnvelope(events, context.world.clock.now(), includeValues));
		const fields = [...new Set(events.map(({ field }) => field))];
		return context.deliverer.send(body, fields, targetOf(app));
	};
	const raw = (payload: unknown, fields: string[]) =>
		[...context.world.apps.values()]
			.filter((app) => app.subscriptions.has('instagram'))
			.map((app) => context.deliverer.send(wireJson(payload), fields, targetOf(app)));
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		const byApp = new Map<App, WebhookEvent[]>();
		for (const { app, event } of waiting) byApp.set(app, [...(byApp.get(app) ?? []), event]);
		waiting = [];
		for (const [app, events] of byApp) {
			for (let at = 0; at < events.length; at += MAX_BATCH)
				send(app, events.slice(at, at + MAX_BATCH));
		}
	};
	const take = (app: App, event: WebhookEvent) => {
		const { batchWindowMs } = context.world.settings;
		if (!holding && batchWindowMs === 0) {
			send(app, [event]);
			return;
		}
		waiting.push({ app, event });
		if (!holding && timer === undefined) timer = setTimeout(flush, batchWindowMs).unref();
	};

	return {
		attach() {
			const { world } = context;
			world.listen((happened) => {
				const event = toWebhook(world, happened);
				for (const app of world.apps.values()) if (hears(context, app, event)) take(app, event);
			});
		},
		batch(on) {
			holding = on;
			if (!on) flush();
		},
		flush,
		raw,
		test: (field) => raw(toTestSample(field, context.world.clock.now()), [field]),
		clear() {
			clearTimeout(timer);
			timer = undefined;
			waiting = [];
			holding = false;
		},
	};
};
