import { createHmac } from 'node:crypto';
import type { Shot } from './load.mts';

/** What a kind of request needs to know of the side that is measured. */
export type Target = {
	/** Path of the trigger's callback. */
	trigger: string;
	/** Path of n8n's own Webhook node. */
	webhook: string;
	/** The same in a workflow that uses a credential: n8n checks it before each execution. */
	withCredential: string;
	/** Path of n8n's own WhatsApp Trigger. */
	whatsApp: string;
	secret: string;
	/** Instagram ID that the trigger listens for. */
	account: string;
};

/** One kind of request. */
export type Kind = {
	name: string;
	/** Whether each request starts an execution. */
	isExecuted?: true;
	next(target: Target): Shot;
};

let count = 0;
const nextId = () => `bench-${++count}`;

/** One direct message as Meta writes it. */
export function messageOf(account: string, message: object) {
	return { sender: { id: '5550000000000001' }, recipient: { id: account }, timestamp: Date.now(), message };
}

/** A delivery of one entry. */
export function deliveryOf(account: string, messaging: object[]): string {
	return JSON.stringify({ object: 'instagram', entry: [{ id: account, time: Date.now(), messaging }] });
}

/** A message that was not there before. */
export function fresh() {
	return { mid: nextId(), text: 'What are your opening hours?' };
}

/** The header that proves who wrote a body. */
export function sign(body: string, secret: string) {
	return { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}

const delivery = (account: string, message: object): string => deliveryOf(account, [messageOf(account, message)]);

const signed = (name: string, message: () => object, account?: string): Kind => ({
	name,
	next: ({ trigger: path, secret, account: own }) => {
		const body = delivery(account ?? own, message());
		return { path, body, status: 200, headers: sign(body, secret) };
	},
});

const refused = (name: string, headers: (body: string) => Record<string, string>): Kind => ({
	name,
	next: ({ trigger: path, account }) => {
		const body = delivery(account, fresh());
		return { path, body, status: 401, headers: headers(body) };
	},
});

/** WhatsApp's way of writing the same message: n8n's trigger takes no other. */
function whatsAppMessage(): string {
	const { mid: id, text: body } = fresh();
	const value = {
		messaging_product: 'whatsapp',
		messages: [{ from: '5550000000000001', id, timestamp: String(Date.now()), type: 'text', text: { body } }],
	};
	return JSON.stringify({
		object: 'whatsapp_business_account',
		entry: [{ id: '5550000000000002', changes: [{ field: 'messages', value }] }],
	});
}

/** A message is taken and executed: by n8n's own nodes, and by the trigger. */
export const executed = {
	webhook: {
		name: "n8n's Webhook node, executed",
		isExecuted: true,
		next: ({ webhook: path, account }) => ({ path, body: delivery(account, fresh()), headers: {}, status: 200 }),
	},
	withCredential: {
		name: 'the same in a workflow that uses a credential',
		isExecuted: true,
		next: ({ withCredential: path, account }) => ({ path, body: delivery(account, fresh()), headers: {}, status: 200 }),
	},
	whatsApp: {
		name: "n8n's WhatsApp Trigger, executed",
		isExecuted: true,
		next: ({ whatsApp: path, secret }) => {
			const body = whatsAppMessage();
			return { path, body, headers: sign(body, secret), status: 200 };
		},
	},
	trigger: { ...signed('trigger, executed', fresh), isExecuted: true },
} satisfies Record<string, Kind>;

/** An address that n8n does not know: as little as it can do with a request. */
export const unknownPath: Kind = {
	name: 'unknown path',
	next: ({ account }) => ({ path: '/webhook/nobody', body: delivery(account, fresh()), headers: {}, status: 404 }),
};

/** Nothing is executed. */
export const turnedAway = {
	unsigned: refused('trigger, no signature: refused', () => ({})),
	forged: refused('trigger, forged signature: refused', (body) => sign(body, 'another secret')),
	echo: signed('trigger, echo: ignored', () => ({ ...fresh(), is_echo: true })),
	foreign: signed('trigger, account of others: ignored', fresh, '17841499999999999'),
} satisfies Record<string, Kind>;

/** What Meta sent before: nothing is executed, but for the first of them. */
export const repeated: Kind = signed('trigger, repeated delivery: ignored', () => ({
	mid: 'bench-repeated',
	text: 'again',
}));
