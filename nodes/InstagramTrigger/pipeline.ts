import { verifySignature } from '../meta/signature';
import { readDelivery } from './delivery';
import { readers } from './events';
import type { InstagramEvent, Occurrence } from './events/define';

/** What one trigger node wants to hear. */
export type TriggerSettings = {
	/** Values of the Events field. */
	events: string[];
	/** Instagram IDs; deliveries for other accounts of the same app are not ours. */
	accounts: string[];
	includeEchoes: boolean;
	includeOwnComments: boolean;
};

export type Verdict =
	| { status: 401; reason: string }
	| { status: 400; reason: string }
	| {
			status: 200;
			events: InstagramEvent[];
			/** Some of the delivery belongs to accounts that the settings do not name. */
			hasForeign: boolean;
	  };

function isWanted(event: InstagramEvent, settings: TriggerSettings): boolean {
	if (!settings.accounts.includes(event.accountId)) return false;
	if (event.event === 'echo') return settings.includeEchoes;
	if (!settings.events.includes(event.event)) return false;
	return !event.isEcho || settings.includeOwnComments;
}

/** An object that breaks its reader is dropped: failing would cost the rest of the delivery, at each of Meta's repeats. */
function read(occurrence: Occurrence): InstagramEvent | undefined {
	try {
		return readers.find((candidate) => candidate.reads(occurrence))?.read(occurrence);
	} catch {
		return undefined;
	}
}

/**
 * Judges one POST: who sent it, what it says and what of it this node wants. Needs no n8n.
 * @param rawBody the bytes that arrived; nothing is parsed before their signature is checked
 */
export function judge(
	rawBody: Buffer,
	signature: string | undefined,
	secrets: string[],
	settings: TriggerSettings,
): Verdict {
	const verdict = verifySignature(rawBody, signature, secrets);
	if (!verdict.valid) return { status: 401, reason: `signature ${verdict.reason}` };
	const occurrences = readDelivery(rawBody);
	if (!occurrences) return { status: 400, reason: 'not an Instagram delivery' };
	const events = occurrences.map(read).filter((event) => event !== undefined);
	const hasForeign = events.some(({ accountId }) => !settings.accounts.includes(accountId));
	return { status: 200, events: events.filter((event) => isWanted(event, settings)), hasForeign };
}
