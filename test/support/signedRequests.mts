import { createHmac } from 'node:crypto';

/** What Meta signs about a person who removed the app, or wants their data deleted. */
export function personRequest(user_id: unknown, more: object = {}): object {
	return { algorithm: 'HMAC-SHA256', issued_at: 1_795_000_000, user_id, ...more };
}

const encode = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');

/** A `signed_request` as Meta makes it: `<signature>.<payload>`. `payload` may be text that is no JSON. */
export function signedRequest(payload: object | string, secret: string): string {
	const body = encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
	return `${encode(createHmac('sha256', secret).update(body).digest())}.${body}`;
}

/** The body of Meta's POST. */
export function signedForm(value: string): Buffer {
	return Buffer.from(new URLSearchParams({ signed_request: value }).toString());
}
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
