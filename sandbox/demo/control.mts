import { fetch } from 'undici';

/** An app's callback, with its fields. */
export type Webhook = {
	callbackUrl: string;
	fields: string[];
	active: boolean;
};

export type SandboxWorld = {
	now: string;
	apps: Array<{
		id: string;
		name: string;
		secret: string;
		redirectUris: string[];
		webhook: Webhook | null;
		instagramWebhook: Webhook | null;
	}>;
	/** `subscribedApps`: fields by the id of an app. */
	pages: Array<{
		id: string;
		name: string;
		instagramId?: string;
		username?: string;
		subscribedApps: Record<string, string[]>;
	}>;
	accounts: Array<{
		instagramId: string;
		username: string;
		name: string;
		pageId: string;
		subscribedApps: Record<string, string[]>;
	}>;
	customers: Array<{ username: string; name: string; ids: Record<string, string> }>;
};

export type InboxMessage = {
	mid: string;
	from: 'customer' | 'account';
	text: string;
};

export type LoggedRequest = {
	/** When it arrived, ISO 8601. */
	at: string;
	seq: number;
	method: string;
	path: string;
	query: Record<string, unknown>;
	body: unknown;
	token: { kind: string; appId: string } | null;
	/** Null as long as there is no answer. */
	status: number | null;
};

export type Delivery = {
	id: string;
	url: string;
	body: string;
	attempts: Array<{ status?: number; error?: string }>;
	state: 'pending' | 'delivered' | 'failed';
};

export type FeedPost = {
	id: string;
	caption: string;
	permalink: string;
	sha256: string;
};

/** The sandbox's control API, as a test or the tour uses it. */
export class SandboxControl {
	readonly #url: string;
	readonly #follow: (now: number) => Promise<void>;

	/**
	 * @param url the sandbox's base URL
	 * @param follow moves other clocks to the sandbox's new time (milliseconds since 1970)
	 */
	constructor(url: string, follow: (now: number) => Promise<void> = async () => {}) {
		this.#url = `${url}/sandbox`;
		this.#follow = follow;
	}

	/**
	 * One call of the control API.
	 * @throws Error when the sandbox does not answer with success
	 */
	async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(`${this.#url}${path}`, {
			method,
			...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`The sandbox answered ${method} ${path} with ${answer.status}: ${text}`);
		return JSON.parse(text) as T;
	}

	async world(): Promise<SandboxWorld> {
		return await this.call('GET', '/world');
	}

	/** A customer writes to a business account; returns the message's ID. */
	async writeMessage(customer: string, account: string, text: string): Promise<string> {
		return (await this.call<{ mid: string }>('POST', `/customers/${customer}/messages`, { account, text })).mid;
	}

	/** What the customer sees in the conversation, oldest first. */
	async inbox(customer: string, account: string): Promise<InboxMessage[]> {
		return (await this.call<{ messages: InboxMessage[] }>('GET', `/customers/${customer}/inbox?account=${account}`))
			.messages;
	}

	/** The customer's ID for an account, the one that messages are addressed to. */
	async customerId(customer: string, account: string): Promise<string> {
		const found = (await this.world()).customers.find(({ username }) => username === customer);
		const id = found?.ids[account];
		if (!id) throw new Error(`${customer} has no ID for ${account} yet: let the customer write first`);
		return id;
	}

	/** The account's posts, newest first. */
	async feed(account: string): Promise<FeedPost[]> {
		return (await this.call<{ media: FeedPost[] }>('GET', `/accounts/${account}/feed`)).media;
	}

	/** Calls that reached the simulated Graph, those after `since` only. */
	async requests(since = 0): Promise<LoggedRequest[]> {
		return (await this.call<{ requests: LoggedRequest[] }>('GET', `/requests?since=${since}`)).requests;
	}

	async deliveries(): Promise<Delivery[]> {
		return (await this.call<{ deliveries: Delivery[] }>('GET', '/deliveries')).deliveries;
	}

	/** Moves the sandbox's clock, and n8n's where the stage lets it follow; resolves when both show the new time. */
	async advanceClock(seconds: number): Promise<void> {
		const { now } = await this.call<{ now: string }>('POST', '/clock', { advanceSeconds: seconds });
		await this.#follow(Date.parse(now));
	}

	/** Waits until `look` finds something. Throws after `timeoutMs`, naming what it waited for. */
	async until<T>(what: string, look: () => Promise<T | undefined>, timeoutMs = 20_000): Promise<T> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			const found = await look();
			if (found !== undefined) return found;
			if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
