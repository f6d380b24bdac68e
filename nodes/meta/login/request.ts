import { createHash } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { appSecretProof, withProof } from '../graph/appSecretProof';
import { GRAPH_PAGE_SIZE } from '../constants';
import { describe, withoutSecrets, type GraphError } from '../errors/metaError';
import { nextCursor } from '../graph/paging';
import type { Http } from '../graph/http';
import type { GraphPath } from '../graph/path';

/** Who asks during a login, before n8n has anything to sign with. */
export type Asker = {
	http: Http;
	/** Host and version, no slash at the end. */
	versionedUrl: string;
	token: string;
	/** Proves each call, where it is known and the host takes proofs. */
	appSecret?: string;
};

/** A base URL as an operator may have typed it, without blanks around it and slashes at its end. */
export function trimUrl(url: unknown): string {
	return String(url ?? '')
		.trim()
		.replace(/\/+$/, '');
}

/** Short fingerprint of a token; tells whether two tokens are the same without storing either. */
export function fingerprint(token: string): string {
	return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

/**
 * Sends one call for a credential.
 * @param secrets values that must not appear in an error, whatever Meta quotes
 * @throws Error in plain words, with `wasRefused` for a status from 400 to 499, and with `graphError` where Meta refused in its usual shape
 */
export async function callLogin(
	http: Http,
	options: IHttpRequestOptions,
	secrets: string[] = [],
): Promise<IDataObject> {
	const { body, statusCode } = (await http({
		...options,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	})) as { body: IDataObject; statusCode: number };
	const told = (body as { error?: unknown } | undefined)?.error;
	// A gateway, and the token endpoints at times, answer with a word where the Graph API has an object.
	const error = typeof told === 'object' && told !== null ? (told as GraphError) : undefined;
	if (!error && statusCode < 400) return body;
	const failure = withoutSecrets({ status: statusCode, error }, secrets);
	const { message, description } = describe(failure);
	throw Object.assign(new Error(`${message}. ${description}`), {
		graphError: failure.error,
		// Not the status itself: n8n would take it for that of its own call, and report it to the node.
		wasRefused: statusCode >= 400 && statusCode < 500,
	});
}

/** Reads a node or an edge as the login. */
export async function ask(
	{ http, versionedUrl, token, appSecret }: Asker,
	path: GraphPath,
	qs: IDataObject,
): Promise<IDataObject> {
	const options: IHttpRequestOptions = {
		method: 'GET',
		url: `${versionedUrl}${path}`,
		qs,
		headers: { Authorization: `Bearer ${token}` },
	};
	const proven = appSecret ? withProof(options, appSecretProof(token, appSecret)) : options;
	return await callLogin(http, proven, [token]);
}

/** Reads a list edge over all its pages. */
export async function askAll(asker: Asker, path: GraphPath, qs: IDataObject): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	let after: string | undefined;
	do {
		const answer = await ask(asker, path, { ...qs, limit: GRAPH_PAGE_SIZE, ...(after ? { after } : {}) });
		found.push(...((answer.data ?? []) as IDataObject[]));
		after = nextCursor(answer);
	} while (after);
	return found;
}

/** True when a call of a login was refused, in whatever shape: by Meta's error, or by a status from 400 to 499. */
export function isRefused(error: unknown): boolean {
	return graphErrorOf(error) !== undefined || (error as { wasRefused?: boolean }).wasRefused === true;
}

/** Meta's error behind a failed call of a login; `undefined` when it was none of Meta's. */
export function graphErrorOf(error: unknown): GraphError | undefined {
	return (error as { graphError?: GraphError }).graphError;
}
