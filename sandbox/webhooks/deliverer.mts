import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { Deliverer, Delivery, Parcel } from '../context/delivery.mts';
import type { Clock } from '../world/clock.mts';
import { HOUR_MS } from '../world/clock.mts';
import type { Settings } from '../world/options.mts';
import { forgedHeaders } from './forgery.mts';
import { signatureHeaders } from './sign.mts';

const GIVE_UP_AFTER_MS = 36 * HOUR_MS;
const KEPT = 5_000;

/**
 * A deliverer: an immediate attempt, then the retry plan of the settings until 36 hours of the
 * sandbox's clock have passed (Instagram webhooks page). Anything but 200 counts as a failure;
 * redirects are not followed.
 */
export function createDeliverer(agent: Dispatcher, settings: Settings, clock: () => Clock): Deliverer {
	const deliveries = new Map<string, Delivery>();
	const targets = new Map<string, Parcel['target']>();
	const watchers: Array<(delivery: Delivery, delivered: boolean) => void> = [];
	let count = 0;

	const attempt = async (delivery: Delivery): Promise<boolean> => {
		const target = targets.get(delivery.id)?.();
		const at = new Date(clock().now()).toISOString();
		if (!target) {
			delivery.attempts.push({ at, error: 'the app has no callback any more' });
			return false;
		}
		const { body, forged } = delivery;
		const { url, secret } = target;
		delivery.url = url;
		try {
			const answer = await request(url, {
				dispatcher: agent,
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'user-agent': 'facebookexternalua',
					...(forged ? forgedHeaders(forged, body, secret) : signatureHeaders(body, secret)),
				},
				body,
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
	const report = (delivery: Delivery, delivered: boolean) => {
		if (!delivery.forged && deliveries.has(delivery.id)) for (const watcher of watchers) watcher(delivery, delivered);
	};
	const run = async (delivery: Delivery, tries: number, born: number): Promise<void> => {
		if (delivery.state !== 'pending' || !deliveries.has(delivery.id)) return;
		const done = await attempt(delivery);
		if (delivery.state !== 'pending' || !deliveries.has(delivery.id)) return;
		const wait = delivery.forged ? undefined : settings.retryDelaysMs[tries];
		if (done) delivery.state = 'delivered';
		else if (wait === undefined || clock().now() - born > GIVE_UP_AFTER_MS) delivery.state = 'failed';
		else clock().at(clock().now() + wait, () => run(delivery, tries + 1, born));
		report(delivery, done);
	};
	const forgetOldest = () => {
		for (const { id, state } of deliveries.values()) {
			if (deliveries.size <= KEPT) return;
			if (state === 'pending') continue;
			deliveries.delete(id);
			targets.delete(id);
		}
	};

	return {
		send({ body, fields, target, to, forged, delayMs = 0 }) {
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
				...(forged && { forged }),
				...(to && { to }),
			};
			deliveries.set(delivery.id, delivery);
			targets.set(delivery.id, target);
			forgetOldest();
			const begin = () => run(delivery, 0, born);
			if (delayMs > 0) clock().at(born + delayMs, begin);
			else clock().run(begin);
			return delivery;
		},
		async resend(id) {
			const delivery = deliveries.get(id);
			if (!delivery) return undefined;
			const delivered = await attempt(delivery);
			if (delivered) delivery.state = 'delivered';
			report(delivery, delivered);
			return delivery;
		},
		drop(match) {
			for (const delivery of deliveries.values())
				if (delivery.state === 'pending' && match(delivery)) delivery.state = 'dropped';
		},
		watch: (watcher) => void watchers.push(watcher),
		list: () => [...deliveries.values()],
		clear() {
			deliveries.clear();
			targets.clear();
		},
	};
}
