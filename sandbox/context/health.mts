import type { Recipient } from './delivery.mts';

/** What Meta mails to the developers of an app about its callback. */
export type Alert = {
	at: string;
	/** `failing` after a quarter of an hour, `disabled` when the subscription is gone. */
	kind: 'failing' | 'disabled';
	appId: string;
	login: Recipient['login'];
	accountId: string;
};

/**
 * Watches whether messaging events get through.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
 */
export type Health = {
	alerts(): Alert[];
	clear(): void;
};
