import { createHmac } from 'node:crypto';
import type { Received } from './graph.mts';

/** The proof that Meta computes for a token; `made-up` is the secret of the test app. */
export function proofOf(token: string, secret = 'made-up'): string {
	return createHmac('sha256', secret).update(token).digest('hex');
}

type Sent = Record<string, unknown>;

const bodyOf = ({ body }: Received): Sent => (body.startsWith('{') ? (JSON.parse(body) as Sent) : {});

/** The JSON body of a call without its proof, and the proof. */
export function provenBody(call: Received): { content: Sent; proof: unknown } {
	const { appsecret_proof: proof, ...content } = bodyOf(call);
	return { content, proof };
}

/**
 * How a call proves the token in its own Authorization header: `body` or `query` when the proof stands there and is
 * right, `none` when it carries no proof, `wrong` for anything else (another token's proof, two proofs).
 */
export function proofIn(call: Received, secret?: string): 'body' | 'query' | 'none' | 'wrong' {
	const expected = proofOf((call.authorization ?? '').replace('Bearer ', ''), secret);
	const { query, body } = { query: call.query.appsecret_proof, body: bodyOf(call).appsecret_proof };
	if (query === undefined && body === undefined) return 'none';
	if (query === undefined) return body === expected ? 'body' : 'wrong';
	return body === undefined && query === expected ? 'query' : 'wrong';
}

/** Where each call must prove its token: a write in its body, anything else in the query. */
export function placeOfProof({ method }: Received): string {
	return method === 'POST' ? 'body' : 'query';
}
