import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { HOUR_MS } from '../world/clock.mts';
import type { Clock } from '../world/clock.mts';
import type { Settings } from '../world/options.mts';
import { signatureHeaders } from './sign.mts';

/** One webhook body, and every attempt to hand it over. */
export interface Delivery {
	id: string;
	at: string;
	url: string;
	/** The exact text that was sent. */
	body: string;
	fields: string[];
	attempts: Array<{ at: string; status?: number; error?: string }>;
	state: 'pending' | 'delivered' | 'failed';
}

/** Where a delivery goes and with whose secret it is signed, read anew for each attempt. */
export interface Target {
	url: string;
	secret: string;
}

/** Sends webhooks and keeps a record of them. */
export interface Deliverer {
	send(body: string, fields: string[], target: () => Target | undefined): Delivery;
	/** Send the identical bytes of a known delivery again; undefined when there is none. */
	resend(id: string): Promise<Delivery | undefined>;
	list(): Delivery[];
	/** Forget everything; open attempts are dropped. */
	clear(): void;
}

const GIVE_UP_AFTER_MS = 36 * HOUR_MS;
const KEPT = 2_000;

/**
 * A deliverer: an immediate attempt, then the retry plan of the settings until 36 hours have passed
 * (Instagram webhooks page). Anything but 200 counts as a failure; redirects are not followed.
 */
export const createDeliverer = (
	agent: Dispatcher,
	settings: Settings,
	clock: () => Clock,
): Deliverer => {
	let deliveries = new Map<string, Delivery>();
	let targets = new Map<string, () => Target | undefined>();
	const timers = new Set<NodeJS.Timeout>();
	let generation = 0;
	let count = 0;

	const attempt = async (delivery: Delivery): Promise<boolean> => {
		const target = targets.get(delivery.id)?.();
		const at = new Date(clock().now()).toISOString();
		if (!target) {
			delivery.attempts.push({ at, error: 'the app has no callback any more' });
			return false;
		}
		delivery.url = target.url;
		try {
			const answer = await request(target.url, {
				dispatcher: agent,
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'user-agent': 'facebookexternalua',
					...signatureHeaders(delivery.body, target.secret),
				},
				body: delivery.body,
				signal: AbortSignal.timeout(settings.deliveryTimeoutMs),
			});
			await answer.body.dump();
			delivery.attempts.push({ at, status: answer.statusCode });
			return answer.statusCode === 200;
		} catch (error) {
			delivery.attempts.push({ at, error: error instanceof Error ? error.message : String(error) });
			return false;
		}
	};

	const run = async (
		delivery: Delivery,
		tries: number,
		born: number,
		mine: number,
	): Promise<void> => {
		const done = await attempt(delivery);
		if (mine !== generation) return;
		const wait = settings.retryDelaysMs[tries];
		if (done || delivery.state === 'delivered') delivery.state = 'delivered';
		else if (wait === undefined || clock().now() - born > GIVE_UP_AFTER_MS)
			delivery.state = 'failed';
		else {
			const timer = setTimeout(() => {
				timers.delete(timer);
				void run(delivery, tries + 1, born, mine);
			}, wait);
			timer.unref();
			timers.add(timer);
		}
	};

	return {
		send(body, fields, target) {
			count += 1;
			const born = clock().now();
			const delivery: Delivery = {
				id: `delivery-${count}`,
				at: new Date(born).toISOString(),
				url: target()?.url ?? '',
				body,
				fields,
				attempts: [],
				state: 'pending',
			};
			deliveries.set(delivery.id, delivery);
			targets.set(delivery.id, target);
			const oldest = deliveries.keys().next().value;
			if (deliveries.size > KEPT && oldest !== undefined) {
				deliveries.delete(oldest);
				targets.delete(oldest);
			}
			void run(delivery, 0, born, generation);
			return delivery;
		},
		async resend(id) {
			const delivery = deliveries.get(id);
			if (delivery && (await attempt(delivery))) delivery.state = 'delivered';
			return delivery;
		},
		list: () => [...deliveries.values()],
		clear() {
			generation += 1;
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
			deliveries = new Map();
			targets = new Map();
		},
	};
};
