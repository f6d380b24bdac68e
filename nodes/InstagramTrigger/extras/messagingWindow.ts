import type { IDataObject } from 'n8n-workflow';
import { HUMAN_AGENT_MS, STANDARD_MS } from '../../meta/messages/window';
import type { InstagramEvent } from '../events/define';

/** What a person does that lets the account answer for a day. */
const OPENING = new Set(['message', 'storyReply', 'storyMention', 'postback', 'reaction', 'referral']);

/** While another app has the conversation, the event stands in `standby`. */
const nameOf = ({ event, standby }: InstagramEvent): string =>
	event === 'standby' ? String((standby as IDataObject).event) : event;

const isTakenBack = ({ reaction }: InstagramEvent): boolean =>
	(reaction as IDataObject | null | undefined)?.action === 'unreact';

/**
 * Until when the account may answer what just happened, counted from what the person did; needs no call.
 * @returns ISO 8601 times, or `null` for events that open no window
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 */
export function messagingWindowOf(event: InstagramEvent): IDataObject | null {
	const openedAt = Date.parse(event.timestamp ?? '');
	if (!OPENING.has(nameOf(event)) || event.isEcho || event.isTest || isTakenBack(event) || Number.isNaN(openedAt))
		return null;
	const after = (ms: number) => new Date(openedAt + ms).toISOString();
	return { closesAt: after(STANDARD_MS), closesForHumanAgentAt: after(HUMAN_AGENT_MS) };
}
