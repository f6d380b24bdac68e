import { createHmac } from 'node:crypto';
import { HOUR_MS, unixSeconds } from '../world/clock.mts';

/**
 * A `signed_request`: signature and payload in base64url, joined by a dot; the signature is
 * HMAC-SHA256 of the encoded payload with the app secret.
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export function signedRequest(secret: string, userId: string, now: number): string {
	const payload = Buffer.from(
		JSON.stringify({
			user_id: userId,
			algorithm: 'HMAC-SHA256',
			issued_at: unixSeconds(now),
			expires: unixSeconds(now + HOUR_MS),
		}),
	).toString('base64url');
	const signature = createHmac('sha256', secret).update(payload).digest('base64url');
	return `${signature}.${payload}`;
}
