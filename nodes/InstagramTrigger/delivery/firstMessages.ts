import type { InstagramEvent } from '../events/define';

/** Milliseconds of an hour. */
export const HOUR_MS = 60 * 60 * 1000;
/** What a person writes. Taps, reactions and the like are no beginning of a conversation. */
const WRITTEN = new Set(['message', 'storyMention', 'storyReply']);

/**
 * Lets one message of a person through per so many hours, for workflows that greet: the memory of one trigger node. Kept
 * within one process: after a restart, the next message counts as the first.
 */
export class FirstMessages {
	private readonly firsts = new Map<string, { eventId: string; at: number }>();
	private readonly maxEntries: number;
	private readonly now: () => number;

	/** @param maxEntries the oldest conversations are forgotten beyond this number */
	constructor(maxEntries: number, now: () => number = () => Date.now()) {
		this.maxEntries = maxEntries;
		this.now = now;
	}

	/** Conversations that are remembered. */
	get size(): number {
		return this.firsts.size;
	}

	/**
	 * Drops messages of conversations that have started a workflow within the last hours; keeps all other events.
	 * The message that came first keeps being the first in Meta's repeats: n8n may have failed to take it.
	 * @param hours counted from the arrival of the message that was let through; 0 lets everything through
	 */
	keep(events: InstagramEvent[], hours: number): InstagramEvent[] {
		if (!(hours > 0)) return events;
		return events.filter(({ event, eventId, accountId, conversationWith }) => {
			if (!WRITTEN.has(event) || conversationWith === null) return true;
			return this.isFirst(`${accountId}:${conversationWith}`, eventId, hours * HOUR_MS);
		});
	}

	private isFirst(conversation: string, eventId: string, windowMs: number): boolean {
		const first = this.firsts.get(conversation);
		if (first && this.now() - first.at < windowMs) return first.eventId === eventId;
		// Deleting first keeps the map in order of age.
		this.firsts.delete(conversation);
		this.firsts.set(conversation, { eventId, at: this.now() });
		this.forget(this.firsts.size - this.maxEntries);
		return true;
	}

	/** Forgets the conversations that began first. */
	forget(count: number): void {
		let left = count;
		for (const conversation of this.firsts.keys()) {
			if (left-- <= 0) break;
			this.firsts.delete(conversation);
		}
	}
}
