import type { Account, Thread } from '../world/types.mts';

/** One webhook event, before it is put into an envelope. */
export type WebhookEvent = {
	accountId: string;
	/** Fields of the `instagram` object that bring it; one of them is enough. */
	fields: string[];
	style: 'messaging' | 'standby' | 'changes';
	/** The object in `messaging[]` or `standby[]`, or the `value` of the change. */
	body: Record<string, unknown>;
	/** When it happened, in ms. */
	at: number;
	/** Whoever controls this conversation gets the event; other apps get it on standby. */
	thread?: Thread;
	/** Only this app is told. */
	appId?: string;
	/** Somebody with a role on the app did it; of others one hears with Advanced Access only. */
	byRole: boolean;
	/** About a post of a private account, of which nobody hears. */
	isPrivate?: boolean;
};

/** An event about an account, as the rest of this folder builds them. */
export function changeEvent(
	account: Account,
	field: string,
	at: number,
	byRole: boolean,
	body: Record<string, unknown>,
): WebhookEvent {
	return { accountId: account.id, fields: [field], style: 'changes', at, byRole, body };
}
