import type { Deliverer, Delivery, Recipient } from '../context/delivery.mts';
import type { Alert, Health } from '../context/health.mts';
import { MINUTE_MS } from '../world/clock.mts';
import type { World } from '../world/world.mts';
import { disconnect } from './listeners.mts';

const ALERT_AFTER_MS = 15 * MINUTE_MS;

/**
 * Watch what a deliverer hands over. After 15 minutes of nothing but failures an alert is noted; after
 * an hour (`disableMessagingAfterMs`) the app loses its subscription to the account, and what was still
 * to be delivered for it is dropped.
 */
export function createHealth(deliverer: Deliverer, currentWorld: () => World): Health {
	let alerts: Alert[] = [];
	/** App, login and account -> what ends the watch that began with the first failure. */
	const failing = new Map<string, () => void>();

	const disable = (to: Recipient, accountId: string) => {
		const world = currentWorld();
		const app = world.apps.get(to.appId);
		const account = world.accounts.get(accountId);
		if (app && account) disconnect(world, { app, login: to.login }, account);
		deliverer.drop(
			(one) => one.to?.appId === to.appId && one.to.login === to.login && one.to.messagingOf.includes(accountId),
		);
	};
	const watch = (to: Recipient, accountId: string, key: string) => {
		const { clock, settings } = currentWorld();
		const note = (kind: Alert['kind']) => {
			const at = new Date(clock.now()).toISOString();
			alerts.push({ at, kind, appId: to.appId, login: to.login, accountId });
		};
		const cancels = [clock.at(clock.now() + ALERT_AFTER_MS, () => note('failing'))];
		if (settings.disableMessagingAfterMs > 0) {
			const end = () => {
				failing.delete(key);
				note('disabled');
				disable(to, accountId);
			};
			cancels.push(clock.at(clock.now() + settings.disableMessagingAfterMs, end));
		}
		failing.set(key, () => cancels.forEach((cancel) => cancel()));
	};
	deliverer.watch(({ to }: Delivery, delivered) => {
		for (const accountId of to?.messagingOf ?? []) {
			const key = `${to?.appId} ${to?.login} ${accountId}`;
			if (delivered) {
				failing.get(key)?.();
				failing.delete(key);
			} else if (to && !failing.has(key)) watch(to, accountId, key);
		}
	});

	return {
		alerts: () => alerts,
		clear() {
			alerts = [];
			failing.clear();
		},
	};
}
