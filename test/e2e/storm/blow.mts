import type { SandboxControl } from '../../../sandbox/demo/control.mts';

/** Retries of the shape that Meta's have, over minutes instead of hours. */
export const RETRY_DELAYS_MS = [0, 1_000, 2_000, 4_000, 8_000, ...Array.from({ length: 15 }, () => 15_000)];

const ACCOUNTS = ['sandbox_bakery', 'sandbox_florist'];
const CUSTOMERS = ['customer_one', 'customer_two', 'customer_three', 'stormy_petrel'];
const KINDS = ['messages', 'messages', 'messages', 'postbacks', 'comments'] as const;

/** A delivery that Meta, or a forger, tried to hand over. */
export type Attempted = {
	state: string;
	forged?: string;
	attempts: Array<{ status?: number; error?: string }>;
};

/** Events of all kinds in the sandbox; Meta delivers them shuffled, in batches of many sizes, some twice. */
export type Storm = {
	/** Lets more events happen, each delivered at some time in the next `withinMs`. */
	blow(count: number, withinMs: number): Promise<void>;
	/** IDs of the events so far. */
	readonly genuine: string[];
	/** Waits until Meta has handed over every delivery, and returns them with those of the forgers. */
	delivered(timeoutMs: number): Promise<Attempted[]>;
};

/** @param share of the events that is delivered twice, and as many are forged (0 to 1) */
export function createStorm(control: SandboxControl, { share = 0.05, seed = 2026 } = {}): Storm {
	const genuine: string[] = [];
	let began = false;

	const act = async (index: number) => {
		const kind = KINDS[index % KINDS.length];
		const text = `Grüße 👋 ${index} "ça va"?`;
		const body = {
			account: ACCOUNTS[index % ACCOUNTS.length],
			text,
			...(kind === 'postbacks' ? { title: 'Öffnungszeiten', payload: 'HOURS' } : {}),
		};
		const { mid, id } = await control.call<{ mid?: string; id?: string }>(
			'POST',
			`/customers/${CUSTOMERS[index % CUSTOMERS.length]}/${kind}`,
			body,
		);
		genuine.push(mid ?? id ?? '');
	};

	return {
		genuine,
		async blow(count, withinMs) {
			if (!began) {
				const batchSizes = [1, 1, 1, 2, 5, 8, 12, 20, 50];
				await control.call('POST', '/deliveries/chaos', {
					duplicates: share,
					forged: share,
					shuffle: true,
					maxDelayMs: withinMs,
					batchSizes,
					seed,
				});
				began = true;
			}
			await control.call('POST', '/deliveries/batch', { on: true });
			for (let done = 0; done < count; done++) await act(genuine.length);
			await control.call('POST', '/deliveries/batch', { on: false });
		},
		async delivered(timeoutMs) {
			return await control.until(
				'every delivery to be taken',
				async () => {
					const { deliveries } = await control.call<{ deliveries: Attempted[] }>('GET', '/deliveries');
					const isDone = ({ state, forged, attempts }: Attempted) =>
						forged ? attempts.length > 0 : state === 'delivered';
					return deliveries.every(isDone) ? deliveries : undefined;
				},
				timeoutMs,
			);
		},
	};
}
