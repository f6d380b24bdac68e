import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Whether a signature is genuine, and why not. */
export type SignatureVerdict = { valid: true } | { valid: false; reason: 'missing' | 'malformed' | 'mismatch' };

/** Keys of the secrets that a list holds: preparing one for each delivery costs as much as reading it. */
const keysOf = new WeakMap<string[], KeyObject[]>();

function prepareKeys(secrets: string[]): KeyObject[] {
	const keys = secrets.filter((secret) => secret !== '').map((secret) => createSecretKey(secret, 'utf8'));
	keysOf.set(secrets, keys);
	return keys;
}

/**
 * Checks `X-Hub-Signature-256` over the bytes that arrived. Re-serialised JSON never matches:
 * Meta signs an escaped-unicode form.
 * @param rawBody the request body, byte for byte
 * @param header value of `X-Hub-Signature-256`, `sha256=<64 hex digits>`
 * @param secrets app secrets of which any may have signed (a rotated one, an Instagram app's one); empty ones are ignored;
 *   the list must not be changed afterwards
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(rawBody: Buffer, header: string | undefined, secrets: string[]): SignatureVerdict {
	if (!header) return { valid: false, reason: 'missing' };
	const match = /^sha256=([0-9a-f]{64})$/i.exec(header);
	if (!match) return { valid: false, reason: 'malformed' };
	const given = Buffer.from(match[1].toLowerCase(), 'latin1');
	let valid = false;
	for (const key of keysOf.get(secrets) ?? prepareKeys(secrets)) {
		// As hexadecimal digits, which Node makes faster than bytes.
		const expected = Buffer.from(createHmac('sha256', key).update(rawBody).digest('hex'), 'latin1');
		// No early exit: the time must not tell which secret matched.
		valid = timingSafeEqual(given, expected) || valid;
	}
	return valid ? { valid: true } : { valid: false, reason: 'mismatch' };
}

/**
 * Value of the `X-Hub-Signature-256` header for a body, as Meta would send it.
 * @param rawBody the exact bytes of the request
 * @param secret app secret
 */
export function signBody(rawBody: Buffer | string, secret: string): string {
	return `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
}

/** Compares two secrets without telling by its time where they differ. */
export function sameSecret(given: string, expected: string): boolean {
	const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
