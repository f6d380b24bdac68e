import { randomInt } from 'node:crypto';
import type { Dispatcher } from 'undici';
import { request } from 'undici';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether a URL may serve as a callback: https, or http on this machine (the sandbox's liberty). */
export function isAcceptableCallback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

/**
 * Ask a callback for its challenge. Returns undefined when it answered 200 with the
 * challenge as its body, otherwise what went wrong.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export async function challenge(
	agent: Dispatcher,
	callbackUrl: string,
	verifyToken: string,
	timeoutMs: number,
): Promise<string | undefined> {
	const expected = String(randomInt(100_000_000, 2_000_000_000));
	const url = new URL(callbackUrl);
	url.searchParams.set('hub.mode', 'subscribe');
	url.searchParams.set('hub.challenge', expected);
	url.searchParams.set('hub.verify_token', verifyToken);
	try {
		const answer = await request(url, {
			dispatcher: agent,
			headers: { 'user-agent': 'facebookplatform/1.0 (+http://developers.facebook.com)' },
			signal: AbortSignal.timeout(timeoutMs),
		});
		const body = await answer.body.text();
		if (answer.statusCode !== 200) return `the callback answered HTTP ${answer.statusCode}`;
		return body === expected ? undefined : 'the callback did not answer with the challenge';
	} catch (error) {
		return `the callback could not be reached (${error instanceof Error ? error.message : String(error)})`;
	}
}
