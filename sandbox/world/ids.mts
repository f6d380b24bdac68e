import { createHash, randomBytes, randomInt } from 'node:crypto';

let counter = 0;

/** A numeric string with a fixed prefix; long enough to pass 2^53, as Meta's ids do. */
export function numericId(prefix: string, length: number): string {
	counter += 1;
	const tail = String(counter).padStart(5, '0');
	let digits = prefix;
	while (digits.length < length - tail.length) digits += String(randomInt(10));
	return digits + tail;
}

export function newAppId(): string {
	return numericId('9', 15);
}
export function newPageId(): string {
	return numericId('10', 15);
}
export function newAccountId(): string {
	return numericId('17841', 17);
}
export function newScopedId(): string {
	return numericId('5', 16);
}
export function newMediaId(): string {
	return numericId('18', 17);
}
export function newCommentId(): string {
	return numericId('179', 17);
}
export function newContainerId(): string {
	return numericId('1788', 17);
}
export function newBusinessId(): string {
	return numericId('88', 15);
}
export function newAssetId(): string {
	return numericId('7', 16);
}

/** Opaque message id: base64url of an `ig_dm_item` path, hence the `aWdfZ` start of Meta's. */
export function newMessageId(accountId: string, threadNumber: string): string {
	return Buffer.from(`ig_dm_item:1:IGMessageID:${accountId}:${threadNumber}:${numericId('3', 30)}`).toString(
		'base64url',
	);
}

/** Opaque conversation id, in the same style as message ids. */
export function newThreadId(accountId: string, threadNumber: string): string {
	return Buffer.from(`ig_dm_thread:1:IGMessageThread:${accountId}:${threadNumber}`).toString('base64url');
}

/** Eleven characters, as in `instagram.com/p/<shortcode>/`. */
export function newShortcode(): string {
	return randomBytes(8).toString('base64url').slice(0, 11);
}

/** A 32-digit hexadecimal app secret. */
export function newAppSecret(): string {
	return randomBytes(16).toString('hex');
}

/** `fbtrace_id` of an answer. */
export function newTraceId(): string {
	return `A${randomBytes(16).toString('base64url')}`;
}

/** A random opaque token of the Facebook family (`EAA`). */
export function newFacebookToken(): string {
	return `EAA${randomBytes(120).toString('base64url')}`;
}

/** A random opaque token of the Instagram family (`IGAA`). */
export function newInstagramToken(): string {
	return `IGAA${randomBytes(120).toString('base64url')}`;
}

/** The id by which one app knows an account (`id` of `/me` on graph.instagram.com). */
export function appScopedId(appId: string, accountId: string): string {
	const digest = createHash('sha256').update(`${appId} ${accountId}`).digest();
	return `2${String(digest.readBigUInt64BE() % 10n ** 16n).padStart(16, '0')}`;
}

/** The Instagram-scoped id of an app's subscription to an account (`/me/subscribed_apps` on graph.instagram.com). */
export function subscriptionId(appId: string, accountId: string): string {
	const digest = createHash('sha256').update(`subscription ${appId} ${accountId}`).digest();
	return `180${String(digest.readBigUInt64BE() % 10n ** 14n).padStart(14, '0')}`;
}

/** The id by which a business is known to itself, in conversations and comments of its own. */
export function selfScopedId(accountId: string): string {
	return `9${accountId.slice(2)}1`;
}

/** A single-use authorization code. */
export function newCode(): string {
	return `AQ${randomBytes(90).toString('base64url')}`;
}
