import type { IDataObject } from 'n8n-workflow';
import { verifySignature } from '../../meta/webhooks/signature';
import { readDelivery } from './split';
import { readers } from '../events';
import type { EventReader, InstagramEvent, Occurrence } from '../events/define';
import { asNewMessage, candidatesOf, messageIdOf, withContent, type Told } from '../events/shared/newMessage';
import { idOf } from '../events/shared/values';
import { unknown } from '../events/unknown';
import type { Budget, Search } from '../pattern/search';

/** What one trigger node wants to receive. */
export type TriggerSettings = {
	/** Values of the Events field. */
	events: string[];
	/** Instagram IDs; deliveries for other accounts of the same app are not ours. */
	accounts: string[];
	includeEchoes: boolean;
	includeOwnComments: boolean;
	/** Samples of the App Dashboard, which belong to no account. */
	includeTestPayloads?: boolean;
	/** Which texts of messages and comments are wanted; all of them when absent. */
	matches?: Search;
};

/** A new message of which Meta told no more than that it is there. */
export type Announced = {
	accountId: string;
	messageId: string | null;
	isTest: boolean;
	/** As it stands among `events`; absent where it is wanted only for what it may turn out to be. */
	event: InstagramEvent | undefined;
	/** The event with what Meta told when it was asked; `undefined` when the settings do not want that. */
	complete: (told: Told) => InstagramEvent | undefined;
};

/** Names a message among those of all accounts. */
export function messageKey({ accountId, messageId }: Pick<Announced, 'accountId' | 'messageId'>): string {
	return `${accountId}:${messageId ?? ''}`;
}

/** What becomes of a POST: refused with a reason, or taken with the events that are wanted. */
export type Verdict =
	| { status: 401; reason: string }
	| { status: 400; reason: string }
	| {
			status: 200;
			events: InstagramEvent[];
			/** Some of the delivery belongs to accounts that the settings do not name. */
			hasForeign: boolean;
			/** Messages whose content has to be asked for. */
			announced?: Announced[];
			/** Keys of the messages that came whole, wanted or not. */
			whole?: string[];
			/** Events that are passed on although their text was not searched to its end: that took too long. */
			unsearched?: number;
	  };

/**
 * What the searches of one delivery may cost: less than a second, of the five that Meta waits. A thousand messages of a
 * thousand characters stay below with patterns that look for a few words.
 */
const STEPS_PER_DELIVERY = 10_000_000;

/** IDs of Instagram accounts; those of Pages and of people look otherwise. */
const INSTAGRAM_ACCOUNT = /^1784\d{13}$/;

/**
 * Some of Meta's samples name the Page, or an ID of the person, in the entry. Sender and recipient tell the account
 * as well.
 */
function addressed(occurrence: Occurrence, accounts: Set<string>): Occurrence {
	if (accounts.has(occurrence.accountId) || INSTAGRAM_ACCOUNT.test(occurrence.accountId)) return occurrence;
	const { recipient, sender } = occurrence.body;
	const ours = [recipient, sender].map(idOf).find((id) => id !== null && accounts.has(id));
	return ours ? { ...occurrence, accountId: ours } : occurrence;
}

const isForeign = ({ accountId, isTest }: Occurrence, accounts: Set<string>): boolean =>
	!isTest && accountId !== '' && !accounts.has(accountId);

function isChosen({ event, partOf, optional }: EventReader, settings: TriggerSettings): boolean {
	if (optional)
		return (event === 'echo' && settings.includeEchoes) || (event === 'test' && settings.includeTestPayloads === true);
	return settings.events.includes(event) || (partOf !== undefined && settings.events.includes(partOf));
}

/** Without values, nothing tells a comment from the next one; but who waits for comments has to learn why none come. */
const isChosenWithoutValues = ({ place, kind }: Occurrence, settings: TriggerSettings): boolean =>
	place === 'changed_fields' && readers.some((reader) => reader.field === kind && isChosen(reader, settings));

/** An object that breaks its reader is passed on as it is: failing would cost the rest of the delivery, at each of Meta's repeats. */
function read(reader: EventReader, occurrence: Occurrence): InstagramEvent {
	try {
		return reader.read(occurrence);
	} catch {
		return unknown.read({ ...occurrence, isUnreadable: true });
	}
}

/** What a delivery has left for searches, and how many texts came too late for one. */
type Searches = Budget & { unsearched: number };

/** A text that cannot be searched any more is passed on: a message too many does less harm than one that is lost. */
function isMatch(text: string, { matches }: TriggerSettings, searches: Searches): boolean {
	const found = matches?.(text, searches);
	if (matches && found === undefined) searches.unsearched++;
	return found !== false;
}

function isWanted(
	event: InstagramEvent,
	{ textIn }: EventReader,
	settings: TriggerSettings,
	searches: Searches,
): boolean {
	if (event.isEcho && !('comment' in event ? settings.includeOwnComments : settings.includeEchoes)) return false;
	const written = textIn && (event[textIn] as IDataObject | null | undefined)?.text;
	return typeof written !== 'string' || isMatch(written, settings, searches);
}

/** Cheapest question first: whose it is, then which kind, and only what passes is read. */
function wantedOf(found: Occurrence, settings: TriggerSettings, searches: Searches): InstagramEvent | undefined {
	if (found.isTest && !settings.includeTestPayloads) return undefined;
	const reader = readers.find(({ reads }) => reads(found)) ?? unknown;
	if (!isChosen(reader, settings) && !isChosenWithoutValues(found, settings)) return undefined;
	const event = read(reader, found);
	return isWanted(event, reader, settings, searches) ? event : undefined;
}

function mayBeWanted(occurrence: Occurrence, settings: TriggerSettings): boolean {
	const candidates: string[] = candidatesOf(occurrence);
	return readers.some((reader) => candidates.includes(reader.event) && isChosen(reader, settings));
}

/** Lists that are not empty. */
const filled = <T extends Record<string, unknown[]>>(lists: T): Partial<T> =>
	Object.fromEntries(Object.entries(lists).filter(([, { length }]) => length > 0)) as Partial<T>;

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
	const accounts = new Set(settings.accounts);
	const events: InstagramEvent[] = [];
	const searches: Searches = { steps: STEPS_PER_DELIVERY, unsearched: 0 };
	const announced: Announced[] = [];
	const whole: string[] = [];
	let hasForeign = false;
	for (const found of occurrences) {
		const occurrence = asNewMessage(addressed(found, accounts));
		if (isForeign(occurrence, accounts)) {
			hasForeign = true;
			continue;
		}
		const event = wantedOf(occurrence, settings, searches);
		if (event) events.push(event);
		const { accountId, isTest, isUnread } = occurrence;
		const messageId = messageIdOf(occurrence);
		if (!isUnread) {
			if (messageId !== null && !isTest) whole.push(messageKey({ accountId, messageId }));
		} else if (mayBeWanted(occurrence, settings)) {
			const complete = (told: Told) => wantedOf(withContent(occurrence, told), settings, searches);
			announced.push({ accountId, messageId, isTest, event, complete });
		}
	}
	const slow = searches.unsearched > 0 ? { unsearched: searches.unsearched } : {};
	return { status: 200, events, hasForeign, ...filled({ announced, whole }), ...slow };
}
