import { createHmac, timingSafeEqual } from 'node:crypto';
import { jsonParse, type IDataObject } from 'n8n-workflow';

/** What a signed request says, once its signature is checked. */
export type SignedRequest = { valid: true; payload: IDataObject } | { valid: false; reason: 'malformed' | 'mismatch' };

/** A number of more digits than JavaScript keeps would come out as another person's ID. */
const asText = (json: string): string => json.replace(/("user_id"\s*:\s*)(\d+)/, '$1"$2"');

/**
 * Reads the `signed_request` with which Meta tells about a person who removed an app or wants their data deleted.
 * @param value `<signature>.<payload>`, both base64url; the signature is taken over the payload as it arrived
 * @param secrets app secrets of which any may have signed; empty ones are ignored
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export function readSignedRequest(value: unknown, secrets: string[]): SignedRequest {
	const match = /^([\w-]{43})=?\.([\w-]+={0,2})$/.exec(typeof value === 'string' ? value : '');
	if (!match) return { valid: false, reason: 'malformed' };
	const given = Buffer.from(match[1], 'base64url');
	let valid = false;
	for (const secret of secrets) {
		if (secret === '') continue;
		const expected = createHmac('sha256', secret).update(match[2]).digest();
		// No early exit: the time must not tell which secret matched.
		valid = timingSafeEqual(given, expected) || valid;
	}
	if (!valid) return { valid: false, reason: 'mismatch' };
	const payload = jsonParse<unknown>(asText(Buffer.from(match[2], 'base64url').toString('utf8')), {
		fallbackValue: null,
	});
	const isObject = typeof payload === 'object' && payload !== null;
	const isHmac = isObject && String((payload as IDataObject).algorithm).toUpperCase() === 'HMAC-SHA256';
	return isHmac ? { valid: true, payload: payload as IDataObject } : { valid: false, reason: 'malformed' };
}
