import type { IDataObject } from 'n8n-workflow';

/** What opens an account to whoever reads an address of Meta. */
const SECRET = /\b(access_token|appsecret_proof)=[^&#]*&?/gi;

const withoutSecret = (address: unknown): unknown =>
	typeof address === 'string' ? address.replace(SECRET, '').replace(/[?&]$/, '') : address;

/**
 * Takes the access token out of the addresses in `paging`, on every level of an answer: Meta writes it into each of
 * them, and it must not reach an item. Cursors and everything else stay.
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function withoutTokens<T>(value: T): T {
	if (Array.isArray(value)) return value.map(withoutTokens) as T;
	if (typeof value !== 'object' || value === null) return value;
	const { paging, ...rest } = value as IDataObject;
	const clean = Object.entries(rest).map(([name, inner]) => [name, withoutTokens(inner)]);
	if (paging)
		clean.push([
			'paging',
			Object.fromEntries(Object.entries(paging).map(([name, inner]) => [name, withoutSecret(inner)])),
		]);
	return Object.fromEntries(clean) as T;
}

/** The cursor of the next page; `undefined` on the last one. */
export function nextCursor(answer: IDataObject): string | undefined {
	const paging = answer.paging as { next?: string; cursors?: { after?: string } } | undefined;
	return paging?.next ? paging.cursors?.after : undefined;
}
