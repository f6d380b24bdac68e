import { createHmac } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

/**
 * Proof that the caller knows the app secret: hex HMAC-SHA256 of the token that signs the call.
 * @see https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export function appSecretProof(token: string, appSecret: string): string {
	return createHmac('sha256', appSecret).update(token).digest('hex');
}

/** Adds the proof where Meta reads it: into the body of a write, into the query of anything else. */
export function withProof(options: IHttpRequestOptions, proof: string): IHttpRequestOptions {
	const { body, method, qs } = options;
	if (method === 'POST' && body instanceof FormData) {
		const proven = new FormData();
		body.forEach((value, name) => proven.append(name, value));
		proven.set('appsecret_proof', proof);
		return { ...options, body: proven };
	}
	if (method === 'POST' && (!body || (typeof body === 'object' && body.constructor === Object))) {
		return { ...options, body: { ...(body as IDataObject | undefined), appsecret_proof: proof } };
	}
	return { ...options, qs: { ...qs, appsecret_proof: proof } };
}
