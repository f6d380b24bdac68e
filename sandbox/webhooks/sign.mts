import { createHmac } from 'node:crypto';

/**
 * JSON as Meta puts it on the wire: slashes escaped, everything beyond ASCII as lower-case `\uXXXX`.
 * The signature is taken over exactly these bytes (Webhooks, "Validating payloads").
 */
export function wireJson(value: unknown): string {
	return JSON.stringify(value)
		.replaceAll('/', '\\/')
		.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Both signature headers of a body: SHA-256, and the legacy SHA-1. */
export function signatureHeaders(body: string, appSecret: string): Record<string, string> {
	return {
		'x-hub-signature': `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`,
		'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
	};
}
