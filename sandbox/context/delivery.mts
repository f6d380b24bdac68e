import type { Login } from '../world/app.mts';
import type { Forgery } from '../webhooks/forgery.mts';

/** One webhook body, and every attempt to hand it over. */
export interface Delivery {
	id: string;
	at: string;
	url: string;
	/** The exact text that was sent. */
	body: string;
	fields: string[];
	attempts: Array<{ at: string; status?: number; error?: string }>;
	/** `dropped`: the app lost its subscription before it could be handed over. */
	state: 'pending' | 'delivered' | 'failed' | 'dropped';
	/** Sent by somebody who is not Meta: tried once, and to be refused. */
	forged?: Forgery;
	/** For which app it is. */
	to?: Recipient;
}

/** The app and login that a delivery is for, and the accounts whose messaging events it brings. */
export interface Recipient {
	appId: string;
	login: Login;
	messagingOf: string[];
}

/** Where a delivery goes and with whose secret it is signed, read anew for each attempt. */
export interface Target {
	url: string;
	secret: string;
}
