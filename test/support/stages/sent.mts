import type { IDataObject } from 'n8n-workflow';
import { line, listenAt, type Answer, type Received } from '../graph.mts';
import { BAKERY, GRAPH, tokens } from '../logins.mts';
import { jsons, operationOf, run } from '../parameters.mts';
import { INSTAGRAM, openedLogin, pastedTokens, TYPE } from '../pastedTokens.mts';
import { placeOfProof, proofIn, provenBody } from '../proofs.mts';
import { runNode } from '../runNode.mts';

/** What a call carries besides its proof: the body of a write, the query of anything else. */
export function contentOf(call: Received): object {
	if (call.method === 'POST') return provenBody(call).content;
	const { appsecret_proof: _proof, ...query } = call.query;
	return query;
}

/** Operation, parameters, and the one request that Meta must receive: line, and query or body. */
export type Row = [operation: string, parameters: IDataObject, request: string, content: object];

type Served = { all: IDataObject[]; error?: { message: string; description?: string | null }; calls: Received[] };

/** Runs an operation against a Meta that answers everything alike, with a Facebook Login. */
export async function served(
	resource: string,
	operation: string,
	parameters: IDataObject,
	answer: unknown = { id: '1' },
): Promise<Served> {
	const calls = listenAt(
		GRAPH,
		typeof answer === 'function' ? (answer as (request: Received, count: number) => Answer) : () => ({ body: answer }),
	);
	const { items, error } = await run(resource, operation, parameters);
	return { all: jsons(items), error, calls };
}

/** The same with a token of Instagram Login. */
export async function servedAsInstagram(
	resource: string,
	operation: string,
	parameters: IDataObject,
	answer: unknown = { id: '1' },
): Promise<Served> {
	const calls = listenAt(INSTAGRAM, () => ({ body: answer }));
	const credentials = openedLogin(pastedTokens.instagram, {
		kind: 'instagram',
		token: pastedTokens.instagram,
		endsIn: 59,
		renewed: -1,
	});
	const { items, error } = await runNode({
		parameters: operationOf(resource, operation, { authentication: TYPE, ...parameters }),
		credentials,
	});
	return { all: jsons(items), error, calls };
}

/** Expects exactly one request, signed and proven for the account's Page. */
export async function expectRequest(
	resource: string,
	[operation, parameters, request, content]: Row,
	answer?: unknown,
): Promise<IDataObject[]> {
	const { all, error, calls } = await served(resource, operation, parameters, answer);
	expect(error).toBeUndefined();
	expect(calls.map((call) => [line(call), contentOf(call)])).toEqual([[request, content]]);
	expect(calls.map((call) => [call.authorization, proofIn(call)])).toEqual([
		[`Bearer ${tokens.bakery}`, placeOfProof(calls[0])],
	]);
	return all;
}

/** Expects exactly one request with a token of Instagram Login, which is proven nowhere. */
export async function expectInstagramRequest(
	resource: string,
	[operation, parameters, request, content]: Row,
	answer?: unknown,
): Promise<IDataObject[]> {
	const { all, error, calls } = await servedAsInstagram(resource, operation, parameters, answer);
	expect(error).toBeUndefined();
	expect(calls.map((call) => [line(call), contentOf(call), call.authorization, proofIn(call)])).toEqual([
		[request, content, `Bearer ${pastedTokens.instagram}`, 'none'],
	]);
	return all;
}

/** The account in paths. */
export const ACCOUNT = `/${BAKERY.id}`;
