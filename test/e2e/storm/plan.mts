import fc from 'fast-check';

/** One delivery of a storm. */
export interface StormDelivery {
	/** IDs of its events, in the order of the payload. */
	events: string[];
	/** Meta's envelope. */
	payload: object;
	/** Not from Meta. */
	forged: boolean;
}

/** Deliveries in the order in which they are sent, and the IDs of the events that must arrive. */
export interface StormPlan {
	genuine: string[];
	/** IDs that stand in two deliveries. */
	repeated: string[];
	deliveries: StormDelivery[];
}

const START = Date.UTC(2026, 10, 21, 6);
const FIELDS = ['message', 'message', 'message', 'postback', 'comment'] as const;

type Event = { id: string; kind: (typeof FIELDS)[number]; account: string; at: number };

const draw = <T,>(arbitrary: fc.Arbitrary<T>, seed: number): T => fc.sample(arbitrary, { seed, numRuns: 1 })[0];
const shuffled = <T,>(items: T[], seed: number): T[] => draw(fc.shuffledSubarray(items, { minLength: items.length }), seed);

function describe({ id, kind, account, at }: Event): object {
	const person = { id: `55500000000${id.replace(/\D/g, '')}` };
	const envelope = { sender: person, recipient: { id: account }, timestamp: at };
	if (kind === 'message') return { ...envelope, message: { mid: id, text: `Grüße 👋 "${id}"` } };
	if (kind === 'postback') return { ...envelope, postback: { mid: id, title: 'Öffnungszeiten', payload: 'HOURS' } };
	const media = { id: '17900000000000099', media_product_type: 'FEED' };
	return { field: 'comments', value: { id, from: { ...person, username: 'storm_petrel' }, text: `Schön, ${id}`, media } };
}

/** Events of one account and style share an entry, as in Meta's batches. */
function envelope(events: Event[]): object {
	const entries = new Map<string, { id: string; time: number; messaging?: object[]; changes?: object[] }>();
	for (const event of events) {
		const style = event.kind === 'comment' ? 'changes' : 'messaging';
		const key = `${event.account} ${style}`;
		const time = style === 'changes' ? Math.round(event.at / 1000) : event.at;
		const entry = entries.get(key) ?? { id: event.account, time };
		(entry[style] ??= []).push(describe(event));
		entries.set(key, entry);
	}
	return { object: 'instagram', entry: [...entries.values()] };
}

// Many single events, most in batches, a few in large ones: about eleven on average.
const batchSize = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(1) },
	{ weight: 5, arbitrary: fc.integer({ min: 2, max: 20 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 30, max: 60 }) },
);

function batches(events: Event[], seed: number, forged: boolean): StormDelivery[] {
	const sizes = draw(fc.array(batchSize, { minLength: events.length, maxLength: events.length }), seed);
	const found: StormDelivery[] = [];
	for (let at = 0; at < events.length; at += sizes[found.length - 1]) {
		const batch = events.slice(at, at + sizes[found.length]);
		found.push({ events: batch.map(({ id }) => id), payload: envelope(batch), forged });
	}
	return found;
}

/**
 * Draws a storm: events of all kinds in no order, in batches of many sizes; some stand in a second delivery, and
 * between them are forged ones. The same seed gives the same storm.
 * @param accounts Instagram IDs that the trigger listens for
 * @param count genuine events; a twentieth of them is repeated, and as many are forged
 */
export function planStorm(accounts: string[], { seed, count = 1_000 }: { seed: number; count?: number }): StormPlan {
	const event = (prefix: string) => (_: unknown, index: number): Event => ({
		id: `${prefix}-${String(index).padStart(4, '0')}`,
		kind: FIELDS[index % FIELDS.length],
		account: accounts[index % accounts.length],
		at: START + index * 1_000,
	});
	const share = Math.round(count / 20);
	const genuine = Array.from({ length: count }, event('storm'));
	const repeated = shuffled(genuine, seed).slice(0, share);
	const forged = Array.from({ length: share }, event('forged'));
	const deliveries = [
		...batches(shuffled([...genuine, ...repeated], seed + 1), seed + 2, false),
		...batches(forged, seed + 3, true),
	];
	return {
		genuine: genuine.map(({ id }) => id),
		repeated: repeated.map(({ id }) => id),
		deliveries: shuffled(deliveries, seed + 4),
	};
}
