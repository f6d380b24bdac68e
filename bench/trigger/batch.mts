import { deliveryOf, executed, fresh, messageOf, sign } from './kinds.mts';
import type { Side } from './sides.mts';

/** As many as Meta puts into one delivery. */
export const EVENTS = 1_000;

/** Seconds for as many events in one delivery, and in deliveries of their own. */
export async function measureBatch(side: Side): Promise<{ one: number; each: number }> {
	console.error(`batch: ${EVENTS} events on n8n (${side.name})`);
	const { seconds: one } = await side.fire(
		({ trigger: path, account, secret }) => {
			const body = deliveryOf(
				account,
				Array.from({ length: EVENTS }, () => messageOf(account, fresh())),
			);
			return { path, body, headers: sign(body, secret), status: 200 };
		},
		(sent) => sent < 1,
	);
	const { seconds: each } = await side.fire(executed.trigger.next, (sent) => sent < EVENTS);
	return { one, each };
}
