import type { IDataObject, NodeApiError } from 'n8n-workflow';
import type { Fail } from '../input/check';

/** How a message goes out, beside its content. */
export type SendOptions = {
	/** ID of an earlier message of the conversation; the new one is shown as an answer to it. */
	replyTo?: string;
	/** A person wrote this answer: it may go out up to 7 days after the person's last message. */
	humanAgent?: boolean;
	/** What happens to the control of the conversation once the message is out. */
	threadControl?: 'pass' | 'release';
	/** App that gets control with `pass`; the account's default app when empty. */
	passToAppId?: string;
};

/** Shown when it is open whether a message went out. */
export const UNCLEAR_SEND =
	'The message may or may not have been sent: look into the conversation before you send it again.';

/**
 * Body of a Send API call.
 * @throws what `fail` makes when options contradict each other
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/conversation-routing/apis
 */
export function sendBody(
	fail: Fail,
	recipient: IDataObject,
	message: IDataObject,
	options: SendOptions = {},
): IDataObject {
	const { humanAgent, threadControl } = options;
	// Expressions give numbers at times.
	const [replyTo, passToAppId] = [options.replyTo, options.passToAppId].map((value) => String(value ?? '').trim());
	if (humanAgent && threadControl) {
		throw fail(
			'A message with the Human Agent tag cannot hand over the conversation',
			'Remove one of the two options. To hand over afterwards, use Conversation > Pass Control or Release Control.',
		);
	}
	const app = threadControl === 'pass' && passToAppId ? { app_id: passToAppId } : {};
	return {
		recipient,
		message,
		...(humanAgent ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : {}),
		...(threadControl ? { messaging_type: 'RESPONSE', thread_control: { control_type: threadControl, ...app } } : {}),
		...(replyTo ? { reply_to: { mid: replyTo } } : {}),
	};
}

/** What an operator needs to know of a message that went out. */
export type SentMessage = { messageId: string; recipientId: string; attachmentId?: string };

/** What an operator needs of Meta's answer to a sent message. */
export function sentMessage(answer: IDataObject): SentMessage {
	return {
		messageId: answer.message_id as string,
		recipientId: answer.recipient_id as string,
		...(answer.attachment_id === undefined ? {} : { attachmentId: String(answer.attachment_id) }),
	};
}

/** Adds to an error of a later part that earlier parts are out already, so that nobody sends them twice. */
export function afterParts(error: Error, sent: number, total: number): Error {
	if (sent === 0) return error;
	const known = error as Error & Pick<NodeApiError, 'description'>;
	const which = sent === 1 ? 'Part 1' : `Parts 1 to ${sent}`;
	known.description = `${which} of ${total} went out; send only the rest again. ${known.description ?? ''}`.trim();
	return known;
}
