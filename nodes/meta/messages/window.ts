import type { IDataObject } from 'n8n-workflow';
import type { Account } from '../accounts';
import { isOwn } from './read';
import { DAY_MS } from '../time';

/** How long an account may answer a person, in milliseconds from what the person did. */
export const STANDARD_MS = DAY_MS;
/** The same for answers that people write, with Meta's feature Human Agent. */
export const HUMAN_AGENT_MS = 7 * DAY_MS;

/** Newest messages whose sender Meta tells; older ones come without details. */
export const READABLE_MESSAGES = 20;

/** True while the window is open, false once it is over, null when the messages do not tell. */
type Verdict = { isOpen: boolean | null; until: string | null };

function judge(lastAt: number | undefined, oldestSeenAt: number, now: number, lengthMs: number): Verdict {
	if (lastAt !== undefined)
		return { isOpen: now < lastAt + lengthMs, until: new Date(lastAt + lengthMs).toISOString() };
	// The person's last message is older than all that can be read: so is the end of the window, if those go back far enough.
	return { isOpen: now >= oldestSeenAt + lengthMs ? false : null, until: null };
}

const timeOf = (message: IDataObject): number => Date.parse(String(message.created_time));

/**
 * Works out the messaging window from the newest messages of a conversation. Meta tells the window nowhere; a tap, a
 * reaction or an opened ig.me link also opens it and cannot be read back, so "closed" may be too strict, "open" is not.
 * @param messages newest first, as many as there are up to 20; none when there is no conversation
 * @param now milliseconds since 1970
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
export function readWindow(messages: IDataObject[], account: Account, now: number): IDataObject {
	const told = messages.filter(({ from }) => from);
	const theirs = told.find(({ from }) => !isOwn(from, account));
	const seen = told.map(timeOf);
	// With fewer messages than can be read, the whole conversation was seen: nothing lies before it.
	const oldestSeenAt = messages.length < READABLE_MESSAGES ? -Infinity : Math.min(now, ...seen);
	const lastAt = theirs && timeOf(theirs);
	const standard = judge(lastAt, oldestSeenAt, now, STANDARD_MS);
	const humanAgent = judge(lastAt, oldestSeenAt, now, HUMAN_AGENT_MS);
	return {
		isOpen: standard.isOpen,
		closesAt: standard.until,
		isOpenForHumanAgent: humanAgent.isOpen,
		closesForHumanAgentAt: humanAgent.until,
		lastMessageFromPersonAt: lastAt === undefined ? null : new Date(lastAt).toISOString(),
		basedOn:
			lastAt !== undefined ? 'lastMessageFromPerson' : messages.length === 0 ? 'noConversation' : 'noMessageFromPerson',
	};
}
