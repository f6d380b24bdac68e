import { sleep } from 'n8n-workflow';

/** Meta locks likes for an hour after more than 50 calls within 5 seconds; a few are left to other workflows. */
const MOST = 40;
const WITHIN_MS = 5000;

/** When the last likes of an account went out, by its ID, in milliseconds since 1970. */
const sent = new Map<string, number[]>();

/**
 * Waits until one more like of this account is within Meta's limit, as far as this process knows.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/likes
 */
export async function waitForLike(accountId: string): Promise<void> {
	const recent = () => (sent.get(accountId) ?? []).filter((time) => Date.now() - time < WITHIN_MS);
	for (let times = recent(); times.length >= MOST; times = recent()) await sleep(times[0] + WITHIN_MS - Date.now());
	sent.set(accountId, [...recent(), Date.now()]);
}
