import { createHmac } from 'node:crypto';
import type { Shot } from './load.mts';

/** What a kind of request needs to know of the side that is measured. */
export interface Target {
	/** Path of the trigger's callback. */
	trigger: string;
	/** Path of n8n's own Webhook node. */
	core: string;
	secret: string;
	/** Instagram ID that the trigger listens for. */
	account: string;
}

/** One kind of request. */
export interface Kind {
	name: string;
	status: number;
	next(target: Target): Shot;
}

let count = 0;

function delivery(account: string, message: object): string {
	const at = Date.now();
	const messaging = [{ sender: { id: '5550000000000001' }, recipient: { id: account }, timestamp: at, message }];
	return JSON.stringify({ object: 'instagram', entry: [{ id: account, time: at, messaging }] });
}

const fresh = () => ({ mid: `bench-${++count}`, text: 'What are your opening hours?' });
const sign = (body: string, key: string) => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}` });

const signed = (name: string, message: () => object, account?: string): Kind => ({
	name,
	status: 200,
	next: ({ trigger: path, secret, account: own }) => {
		const body = delivery(account ?? own, message());
		return { path, body, headers: sign(body, secret) };
	},
});

const refused = (name: string, headers: (body: string) => Record<string, string>): Kind => ({
	name,
	status: 401,
	next: ({ trigger: path, account }) => {
		const body = delivery(account, fresh());
		return { path, body, headers: headers(body) };
	},
});

/** The unit of the others: the same body, taken and executed by n8n's own node. */
export const core: Kind = {
	name: "n8n's Webhook node, executed",
	status: 200,
	next: ({ core: path, account }) => ({ path, body: delivery(account, fresh()), headers: {} }),
};

/** Everything that is measured, the unit first. */
export const kinds: Kind[] = [
	core,
	refused('trigger, no signature: refused', () => ({})),
	refused('trigger, forged signature: refused', (body) => sign(body, 'another secret')),
	signed('trigger, echo: ignored', () => ({ ...fresh(), is_echo: true })),
	signed('trigger, account of others: ignored', fresh, '17841499999999999'),
	signed('trigger, repeated delivery: ignored', () => ({ mid: 'bench-repeated', text: 'again' })),
	signed('trigger, accepted and executed', fresh),
	{ name: 'unknown path (floor)', status: 404, next: ({ account }) => ({ path: '/webhook/nobody', body: delivery(account, fresh()), headers: {} }) },
];
