import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fetch, type Response } from 'undici';

/** The owner every sandbox n8n gets; the tour prints it so that a person can log in to the editor. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Sandbox-Owner-1',
	firstName: 'Sandbox',
	lastName: 'Owner',
} as const;

const REQUEST_TIMEOUT_MS = 60_000;
const BUSY_TIMEOUT_MS = 30_000;
const BUSY_POLL_MS = 250;

/** n8n refused a request, or an activation failed; `message` is n8n's own text. */
export class N8nError extends Error {
	/** HTTP status, or 0 when the failure did not arrive as an HTTP answer. */
	readonly status: number;
	/** n8n's longer explanation, when it gives one. */
	readonly description: string | undefined;

	constructor(message: string, status: number, description?: string) {
		super(description && !message.includes(description) ? `${message} (${description})` : message);
		this.name = 'N8nError';
		this.status = status;
		this.description = description;
	}
}

/** A logged-in connection: keeps the cookie and the browser id that n8n ties it to. */
export class Session {
	readonly url: string;
	/** Sent with every request; n8n delivers push messages and test webhooks to it. */
	readonly pushRef = randomUUID();
	#browserId = randomUUID();
	#cookie = '';

	constructor(url: string) {
		this.url = url.replace(/\/$/, '');
	}

	/** Sends a request as the editor would; `path` starts with a slash, `body` is sent as JSON. */
	async raw(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': this.#browserId,
				'push-ref': this.pushRef,
				cookie: this.#cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			redirect: 'manual',
			signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
		});
		const fresh = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (fresh) this.#cookie = fresh.split(';')[0];
		return response;
	}

	/**
	 * Calls `/rest<path>` and returns the `data` of n8n's answer.
	 * @throws N8nError with n8n's message when the status is not 2xx
	 */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.#ready(method, `/rest${path}`, body);
		const text = await response.text();
		const answer = parse(text);
		if (!response.ok) {
			const { message, hint, description } = answer as Record<string, string | undefined>;
			const fallback = `n8n answered ${response.status} to ${method} /rest${path}`;
			throw new N8nError(message ?? fallback, response.status, description ?? hint);
		}
		return ('data' in answer ? answer.data : answer) as T;
	}

	/** n8n answers 503 and does nothing while its database is slow to answer, as on a machine that is very busy. */
	async #ready(method: string, path: string, body: unknown): Promise<Response> {
		const until = Date.now() + BUSY_TIMEOUT_MS;
		for (;;) {
			const response = await this.raw(method, path, body);
			if (response.status !== 503 || Date.now() > until) return response;
			await response.body?.cancel();
			await delay(BUSY_POLL_MS);
		}
	}

	/** Creates the owner on a fresh n8n, or logs in as the owner. */
	async logIn(): Promise<void> {
		const { email, password, firstName, lastName } = OWNER;
		try {
			await this.call('POST', '/owner/setup', { email, password, firstName, lastName });
		} catch (error) {
			if (!(error instanceof N8nError) || error.status !== 400) throw error;
			await this.call('POST', '/login', { emailOrLdapLoginId: email, password });
		}
	}
}

/**
 * Asks again and again until `probe` returns something other than undefined.
 * @throws Error built from `what` after `timeoutMs`
 */
export async function poll<T>(
	probe: () => Promise<T | undefined>,
	{ timeoutMs, what, everyMs = 100 }: { timeoutMs: number; what: string; everyMs?: number },
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await probe();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
		await delay(everyMs);
	}
}

function parse(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}
