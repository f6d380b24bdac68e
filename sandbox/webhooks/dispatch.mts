import type { Context } from '../context/context.mts';
import type { Delivery } from '../context/delivery.mts';
import type { Login } from '../world/app.mts';
import type { Batch, Chaos } from './chaos.mts';
import { createChaos } from './chaos.mts';
import { toEnvelope } from './envelope.mts';
import type { WebhookEvent } from './event.mts';
import type { Listener } from './listeners.mts';
import { heardBy, LOGINS, subscriptionOf, targetOf } from './listeners.mts';
import { toWebhooks } from './payloads.mts';
import { toTestSample } from './samples.mts';
import { wireJson } from './sign.mts';

/** Events per delivery at most (Webhooks page). */
const MAX_BATCH = 1_000;

/** Turns what happens into deliveries, and holds events back while batching is on. */
export type Dispatch = {
	chaos: Chaos;
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
};

/** Turn what happens in the world into signed deliveries. */
export function createDispatch(context: Context): Dispatch {
	let waiting: Array<{ listener: Listener; event: WebhookEvent }> = [];
	let holding = false;
	let timer: NodeJS.Timeout | undefined;
	const chaos = createChaos();

	const sendBatch = (listener: Listener, { events, forged, delayMs }: Batch) => {
		const { clock, settings } = context.world;
		const { app, login } = listener;
		const envelope = toEnvelope(events, clock.now(), {
			includeValues: subscriptionOf(listener)?.includeValues ?? true,
			changesShape: login === 'facebook' ? 'changes' : settings.instagramChangesShape,
		});
		const messaging = events.filter(({ style }) => style !== 'changes');
		const messagingOf = [...new Set(messaging.map(({ accountId }) => accountId))];
		context.deliverer.send({
			body: wireJson(envelope),
			fields: [...new Set(events.flatMap(({ fields }) => fields))],
			target: targetOf(listener),
			to: { appId: app.id, login, messagingOf },
			forged,
			delayMs,
		});
	};
	const send = (listener: Listener, events: WebhookEvent[]) => {
		for (const batch of chaos.plan(events, MAX_BATCH)) sendBatch(listener, batch);
	};
	const raw = (payload: unknown, fields: string[], login?: Login) =>
		[...context.world.apps.values()].flatMap((app) => {
			// Without a word about the login, the app's first callback: most apps have one.
			const listener = LOGINS.map((one) => ({ app, login: one })).find(
				(one) => subscriptionOf(one) && (login === undefined || one.login === login),
			);
			if (!listener) return [];
			const target = targetOf(listener);
			return [context.deliverer.send({ body: wireJson(payload), fields, target })];
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
		for (const { listener, events } of batches.values()) send(listener, events);
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
		chaos,
		attach() {
			const { world } = context;
			world.listen((happened) => {
				for (const login of LOGINS) {
					for (const event of toWebhooks(world, happened, login)) {
						for (const app of world.apps.values()) {
							const heard = heardBy(world, { app, login }, event);
							if (heard) take({ app, login }, heard);
						}
					}
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
			chaos.set({});
		},
	};
}
