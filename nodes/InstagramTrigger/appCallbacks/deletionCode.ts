import { createHmac } from 'node:crypto';
import { sameSecret } from '../../meta/webhooks/signature';

const ID_LENGTH = 12;
const MARK_LENGTH = 16;

const digest = (secret: string, text: string, length: number) =>
	createHmac('sha256', secret).update(`data deletion ${text}`).digest('hex').slice(0, length);

/**
 * The confirmation code of a deletion request. It proves itself, so that nothing has to be stored for the status page;
 * the same request gives the same code each time that Meta repeats it, and the person's ID cannot be read from it.
 * @param issuedAt seconds since 1970
 * @returns letters and digits only, as Meta demands
 */
export function deletionCode(secret: string, userId: string, issuedAt: number): string {
	const head = issuedAt.toString(36) + digest(secret, `${userId} ${issuedAt}`, ID_LENGTH);
	return head + digest(secret, head, MARK_LENGTH);
}

/** When the request of a code was made, as ISO 8601; `undefined` when the code was not made with any of the secrets. */
export function readDeletionCode(code: unknown, secrets: string[]): string | undefined {
	if (typeof code !== 'string' || !/^[0-9a-z]{29,40}$/.test(code)) return undefined;
	const head = code.slice(0, -MARK_LENGTH);
	const isOurs =
		secrets.filter((secret) => secret !== '' && sameSecret(code.slice(-MARK_LENGTH), digest(secret, head, MARK_LENGTH)))
			.length > 0;
	const date = new Date(parseInt(head.slice(0, -ID_LENGTH), 36) * 1000);
	return isOurs && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}
