import { DAY_MS } from '../../world/clock.mts';
import { customerByScopedId, threadOf, windowIsOpen } from '../../world/threads.mts';
import type { Account, Comment, Thread } from '../../world/types.mts';
import type { Call } from '../engine/call.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';

/** To whom a Send API call goes. */
export type Recipient = {
	thread: Thread;
	/** Set for a private reply. */
	comment?: Comment;
};

const PRIVATE_REPLY_WINDOW_MS = 7 * DAY_MS;

/** 100/2534014: nobody on Instagram has this scoped id, as seen by this account. */
function unknownRecipient(): GraphError {
	return invalidParam('There is no Instagram user for this recipient', 2534014);
}

const findComment = (call: Call, account: Account, id: string): Comment => {
	const comment = call.world.comments.get(id);
	const usable =
		comment &&
		comment.media.account === account &&
		comment.from.kind === 'customer' &&
		!comment.privatelyReplied &&
		call.world.clock.now() - comment.at < PRIVATE_REPLY_WINDOW_MS;
	if (!usable) throw invalidParam('This comment cannot get a private reply (any more)', 2534025);
	return comment;
};

/**
 * Read `recipient`: `{ id }` of a customer this account knows, or `{ comment_id }`.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/private-replies
 */
export function readRecipient(call: Call, account: Account): Recipient {
	const recipient = call.params.recipient as Record<string, unknown>;
	const keys = Object.keys(recipient);
	if (keys.length !== 1 || !['id', 'comment_id'].includes(keys[0])) {
		throw invalidParam('Param recipient must have exactly one of id and comment_id');
	}
	if (recipient.comment_id !== undefined) {
		const comment = findComment(call, account, String(recipient.comment_id));
		if (comment.from.kind !== 'customer') throw unknownRecipient();
		return { comment, thread: threadOf(call.world, account, comment.from.customer) };
	}
	const customer = customerByScopedId(call.world, account, String(recipient.id));
	if (!customer || customer.blocked.has(account.id)) throw unknownRecipient();
	const thread = threadOf(call.world, account, customer);
	if (thread.moderation.blocked) throw unknownRecipient();
	return { thread };
}

/** Refuse a message outside of the 24-hour window (7 days for a human agent) with 10/2534022. */
export function checkWindow(call: Call, thread: Thread, humanAgent: boolean): void {
	if (windowIsOpen(call.world, thread, humanAgent)) return;
	throw new GraphError({
		code: 10,
		subcode: 2534022,
		message: '(#10) The window for messages to this person is closed',
	});
}
