import { unixSeconds } from '../world/clock.mts';
import type { WebhookEvent } from './event.mts';

/** How a delivery body is to look. */
export type EnvelopeStyle = {
	/** Without values a delivery only names the fields that changed. */
	includeValues: boolean;
	/** Changes in a list, or directly in their entry. */
	changesShape: 'changes' | 'entry';
};

/**
 * Up to 1000 events in one delivery body; events of one account and style share an entry, except
 * where a change stands directly in its entry. Messaging times are in ms, the others in seconds.
 */
export function toEnvelope(events: WebhookEvent[], sentAt: number, how: EnvelopeStyle): unknown {
	const entries = new Map<string, Record<string, unknown>>();
	for (const { accountId: id, style, fields, body } of events) {
		const [field] = fields;
		const isChange = style === 'changes';
		const time = isChange ? unixSeconds(sentAt) : sentAt;
		if (isChange && how.includeValues && how.changesShape === 'entry') {
			entries.set(`${entries.size}`, { id, time, field, value: body });
			continue;
		}
		const key = `${id} ${style}`;
		const entry = entries.get(key) ?? { id, time };
		const list = isChange ? (how.includeValues ? 'changes' : 'changed_fields') : style;
		const change = how.includeValues ? { field, value: body } : field;
		const items = (entry[list] as unknown[] | undefined) ?? [];
		items.push(isChange ? change : body);
		entry[list] = items;
		entries.set(key, entry);
	}
	return { object: 'instagram', entry: [...entries.values()] };
}
