import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fetch } from 'undici';
import type { Delivery, SandboxControl } from '../../../sandbox/demo/control.mts';
import type { StormDelivery } from './plan.mts';

/** Retries of the shape that Meta's have, over minutes instead of hours. */
export const RETRY_DELAYS_MS = [0, 1_000, 2_000, 4_000, 8_000, 16_000, ...Array.from({ length: 10 }, () => 15_000)];

/** A genuine delivery, its events, and each time that it was handed over. */
export interface Sent {
	events: string[];
	attempts: Array<{ at: string; status?: number; error?: string }>;
}

/** Sends the deliveries of a storm: the genuine ones through the sandbox, forged ones past it. */
export interface Sender {
	/** Sends in order, `everyMs` apart, without waiting for answers to genuine ones. */
	send(deliveries: StormDelivery[], everyMs: number): Promise<void>;
	/** Waits until Meta got a 200 for every genuine delivery, and returns them with their attempts. */
	delivered(timeoutMs: number): Promise<Sent[]>;
	/** HTTP status of each forged request; 0 when nothing answered. */
	forgedAnswers: number[];
}

const sign = (body: string, key: string): string => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

/** Signatures that Meta does not make, given the app's secret. */
const FORGERIES: Array<(body: string, secret: string) => string | undefined> = [
	(body) => sign(body, 'another secret'),
	() => undefined,
	(body) => sign(body, ''),
	(body, secret) => sign(`${body} `, secret),
];

/**
 * @param callback the trigger's address
 * @param secret the app's: one of the forgeries is a signature of other bytes
 */
export function createSender(control: SandboxControl, callback: string, secret: string): Sender {
	const eventsOf = new Map<string, string[]>();
	const forgedAnswers: number[] = [];

	const forge = async ({ payload }: StormDelivery) => {
		const body = JSON.stringify(payload);
		const signature = FORGERIES[forgedAnswers.length % FORGERIES.length](body, secret);
		const answer = await fetch(callback, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'x-hub-signature-256': signature }) },
		}).catch(() => undefined);
		await answer?.body?.cancel();
		forgedAnswers.push(answer?.status ?? 0);
	};

	return {
		forgedAnswers,
		async send(deliveries, everyMs) {
			for (const delivery of deliveries) {
				if (delivery.forged) {
					await forge(delivery);
				} else {
					const { deliveries: made } = await control.call<{ deliveries: Delivery[] }>('POST', '/deliveries', { payload: delivery.payload });
					for (const { id } of made) eventsOf.set(id, delivery.events);
				}
				await delay(everyMs);
			}
		},
		async delivered(timeoutMs) {
			const ours = async () => (await control.deliveries()).filter(({ id }) => eventsOf.has(id));
			const all = await control.until('every delivery to be taken', async () => {
				const found = await ours();
				return found.every(({ state }) => state === 'delivered') ? found : undefined;
			}, timeoutMs);
			return all.map(({ id, attempts }) => ({ events: eventsOf.get(id) ?? [], attempts: attempts as Sent['attempts'] }));
		},
	};
}
