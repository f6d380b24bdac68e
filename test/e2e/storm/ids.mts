/** What Meta sends about one event, in `messaging[]` or in `changes[]`. */
export type RawEvent = {
	message?: { mid: string };
	postback?: { mid: string };
	value?: { id?: string; comment_id?: string };
};

/** Meta's ID of a message, a tap or a comment; undefined for what no storm sends. */
export function idOf({ message, postback, value }: RawEvent): string | undefined {
	return message?.mid ?? postback?.mid ?? value?.id ?? value?.comment_id;
}

/** IDs of the events of a delivery, each once. */
export function idsOfDelivery(body: Buffer): string[] {
	const { entry = [] } = JSON.parse(body.toString('utf8') || '{}') as {
		entry?: Array<{ messaging?: RawEvent[]; changes?: RawEvent[] }>;
	};
	const ids = entry.flatMap(({ messaging = [], changes = [] }) => [...messaging, ...changes]).map(idOf);
	return [...new Set(ids)].filter((id) => id !== undefined);
}
