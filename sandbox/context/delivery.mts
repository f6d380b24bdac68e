import type { Login } from '../world/app.mts';

/** Ways in which somebody who is not Meta sends deliveries. */
export const FORGERIES = ['wrongSecret', 'unsigned', 'tampered'] as const;

/** One of them. */
export type Forgery = (typeof FORGERIES)[number];

/** One webhook body, and every attempt to hand it over. */
export type Delivery = {
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
};

/** The app and login that a delivery is for, and the accounts whose messaging events it brings. */
export type Recipient = {
	appId: string;
	login: Login;
	messagingOf: string[];
};

/** Where a delivery goes and with whose secret it is signed, read anew for each attempt. */
export type Target = {
	url: string;
	secret: string;
};

/** A body to deliver. */
export type Parcel = {
	body: string;
	fields: string[];
	target: () => Target | undefined;
	to?: Recipient;
	forged?: Forgery;
	/** Waits this many ms before the first attempt. */
	delayMs?: number;
};

/** Sends webhooks and keeps a record of them. */
export type Deliverer = {
	send(parcel: Parcel): Delivery;
	/** Send the identical bytes of a known delivery again; undefined when there is none. */
	resend(id: string): Promise<Delivery | undefined>;
	/** Give up what has not been handed over yet. */
	drop(match: (delivery: Delivery) => boolean): void;
	/** Called after each attempt that was not forged. */
	watch(watcher: (delivery: Delivery, delivered: boolean) => void): void;
	list(): Delivery[];
	/** Forget everything; open attempts are dropped. */
	clear(): void;
};
