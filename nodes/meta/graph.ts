import { NodeApiError, NodeOperationError, sleep, type IDataObject, type IHttpRequestOptions } from 'n8n-workflow';
import type { Connection, CredentialType, MetaContext } from './context';
import { GRAPH_PAGE_SIZE } from './constants';
import { explain, isUnclear, MetaError, redact, trace, type Failure, type GraphError } from './errors';
import { withProof } from './appSecretProof';
import { readJson } from './exactJson';
import type { Http } from './loginCall';
import { takeTurn, type Pace } from './pace';
import { nextCursor, withoutTokens } from './paging';
import { SIGN_AS_HEADER, SIGN_UPLOAD, uploadAuthorization, WAKE } from './signing';
import { gateOf, waitMinutesOf, type Gate } from './usage';

export type GraphCall = {
	method: 'GET' | 'POST' | 'DELETE';
	/** Begins with a slash; no version. */
	path: string;
	query?: IDataObject;
	/** A form is sent as multipart, anything else as JSON. */
	body?: IDataObject | FormData;
	/** A Page ID signs with that Page's token, `user` as the person who logged in, `app` as the app itself. */
	as: string;
	itemIndex?: number;
	/** A write that may be carried out twice without harm. */
	repeatable?: boolean;
	/** Keeps the calls of one account below Meta's rate for this kind. */
	pace?: Pace;
	/** What the reader should know when it is unclear whether Meta carried the call out. */
	ifUnclear?: string;
	/** Capability that the call needs, where logins do not have it by themselves: a refusal names it. */
	capability?: string;
};

const RETRY_WAITS_MS = [500, 2000];

/** Waits between the repeats of a read; a write is not repeated unless it says so, because a lost answer may hide a success. */
export function retryWait(call: Pick<GraphCall, 'method' | 'repeatable'>, failure: Failure, attempt: number): number | undefined {
	if (call.method !== 'GET' && !call.repeatable) return undefined;
	const row = failure.error && explain(failure.error);
	const ownFault = failure.status >= 500 && !row;
	const passing = !failure.error || failure.error.is_transient === true || row?.retry === 'soon' || ownFault;
	return passing && row?.retry !== 'later' ? RETRY_WAITS_MS[attempt] : undefined;
}

type FullResponse = { body: unknown; headers: IDataObject; statusCode: number };

type Outcome = { headers?: IDataObject } & ({ body: IDataObject } | { failure: Failure });

/** Signs with a token that n8n has not stored, and so cannot sign with. */
function signHere(ctx: MetaContext, options: IHttpRequestOptions, token: string | undefined, isUpload: boolean): IHttpRequestOptions {
	const Authorization = isUpload ? uploadAuthorization(token ?? '') : `Bearer ${token ?? ''}`;
	return { ...options, headers: { ...options.headers, Authorization }, abortSignal: cancelSignalOf(ctx) };
}

/** Signs with the token that n8n holds for `as`; none passes through this code, unless n8n could not store the login. */
async function send(ctx: MetaContext, { credentialType, kind, proofFor, unstored }: Connection, options: IHttpRequestOptions, as: string, isUpload = false) {
	const request = ctx.helpers.httpRequestWithAuthentication;
	const proof = isUpload ? undefined : proofFor?.(as);
	const proven = proof ? withProof(options, proof) : options;
	if (unstored) return await plainHttp(ctx)(signHere(ctx, proven, unstored.tokenFor(as), isUpload));
	if (credentialType === 'instagramAccessTokenApi') {
		const signAs = isUpload ? `${SIGN_UPLOAD}${as}` : as;
		return (await request.call(ctx, credentialType, { ...options, headers: { ...options.headers, [SIGN_AS_HEADER]: signAs } })) as unknown;
	}
	if (isUpload) {
		const oauth2 = { property: `uploadTokens.${as}`, keyToIncludeInAccessTokenHeader: 'Authorization' };
		return (await request.call(ctx, credentialType, options, { oauth2 })) as unknown;
	}
	// An Instagram Login has one token, which signs everything.
	const property = as === 'user' || kind === 'instagram' ? undefined : as === 'app' ? 'appToken' : `pageTokens.${as}`;
	return (await request.call(ctx, credentialType, proven, property ? { oauth2: { property } } : undefined)) as unknown;
}

async function attempt(ctx: MetaContext, connection: Connection, call: GraphCall): Promise<Outcome> {
	let response: FullResponse;
	try {
		response = (await send(
			ctx,
			connection,
			{
				method: call.method,
				url: `${connection.versionedUrl}${call.path}`,
				qs: call.query,
				body: call.body,
				json: true,
				// As text, because numbers beyond 2^53 do not survive n8n's own reading.
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// To follow a redirect, the whole form would have to be kept in memory; Meta sends none.
				...(call.body instanceof FormData ? { disableFollowRedirect: true } : {}),
			},
			call.as,
		)) as FullResponse;
	} catch (error) {
		return { failure: { status: 0, cause: (error as Error).message } };
	}
	const { statusCode: status, headers } = response;
	const body = readJson(response.body);
	const error = (body as { error?: GraphError } | null)?.error;
	if (typeof error === 'object') return { failure: { status, error, waitMinutes: waitMinutesOf(headers, connection, call.as) }, headers };
	if (status >= 400 || typeof body !== 'object' || body === null) return { failure: { status } };
	return { body: withoutTokens(body as IDataObject), headers };
}

/** Meta's numbers for a permission that is not there. */
const PERMISSION_CODES = new Set([3, 10, 200, 230]);

/** Names what the person left out in the login dialog, when a permission is missing and no subcode tells another reason. */
function declinedHint({ reach }: Connection, { error }: Failure): string | undefined {
	const declined = reach.permissions?.declined ?? [];
	if (!error || !PERMISSION_CODES.has(error.code) || explain(error)?.subcode !== undefined || declined.length === 0) return undefined;
	return `Left out in the login dialog: ${declined.join(', ')}.`;
}

function errorOf(ctx: MetaContext, connection: Connection, call: GraphCall, failure: Failure): MetaError {
	const unclear = call.method !== 'GET' && isUnclear(failure) ? call.ifUnclear : undefined;
	const hint = unclear ?? declinedHint(connection, failure);
	const error = new MetaError(ctx.getNode(), failure, call.itemIndex, { hint, remedy: connection.remedy, capability: call.capability });
	error.isUnclear = unclear !== undefined;
	return error;
}

/**
 * Waits for the pace of this kind of call and for the budgets of app, login and account.
 * @returns Meta's refusal of calls, when it lasts longer than this call may wait
 */
async function mayLeave(ctx: MetaContext, { as, itemIndex, pace }: GraphCall, gate: Gate): Promise<Failure | undefined> {
	for (;;) {
		if (pace) await takeTurn(as, pace);
		const { isCancelled, refusal, wasClosed } = await gate.pass();
		if (isCancelled) throw new NodeOperationError(ctx.getNode(), 'The execution was cancelled', { description: 'This call was not sent.', itemIndex });
		// Those that waited for the same moment would leave all at once.
		if (refusal || !pace || !wasClosed) return refusal;
	}
}

const cancelSignalOf = (ctx: MetaContext): AbortSignal | undefined => ('getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined);

/**
 * Sends one call to Meta and returns the answer's body, without the tokens that Meta writes into it. The only place that
 * talks HTTP to Meta. A call that Meta refused because there were too many is sent again, a write too: it was not carried out.
 * @throws MetaError with a plain message, what to do, and Meta's numbers
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export async function callGraph(ctx: MetaContext, connection: Connection, call: GraphCall): Promise<IDataObject> {
	const gate = gateOf(connection, call, { patienceMs: connection.patienceMs, signal: cancelSignalOf(ctx) });
	for (let tries = 0; ; ) {
		const refusal = await mayLeave(ctx, call, gate);
		if (refusal) throw errorOf(ctx, connection, call, refusal);
		const outcome = await attempt(ctx, connection, call);
		gate.heard(outcome);
		if ('body' in outcome) return outcome.body;
		const { failure } = outcome;
		// The gate knows how long to wait, and whether that is too long.
		if (connection.patienceMs !== undefined && failure.error && explain(failure.error)?.limits) continue;
		const wait = retryWait(call, failure, tries++);
		if (wait === undefined) throw errorOf(ctx, connection, call, failure);
		await sleep(wait);
	}
}

/**
 * Reads a list edge over all its pages, at most `limit` elements, with as few calls as the page size allows.
 * Follows cursors, never `paging.next`: an URL from an answer is not one that the user gave.
 */
export async function listGraph(ctx: MetaContext, connection: Connection, call: GraphCall, limit = Infinity): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	let after: string | undefined;
	do {
		const size = Math.min(GRAPH_PAGE_SIZE, limit - found.length);
		const answer = await callGraph(ctx, connection, { ...call, query: { ...call.query, limit: size, ...(after ? { after } : {}) } });
		found.push(...((answer.data ?? []) as IDataObject[]));
		after = nextCursor(answer);
	} while (after && found.length < limit);
	return found.slice(0, limit);
}

export { nextCursor };

/** A file, or the rest of one, on its way to the upload host. */
export type UploadCall = {
	url: string;
	/** Page ID whose token signs. */
	as: string;
	/** Where in the file the body begins, and how long the whole file is, in bytes. */
	offset: number;
	size: number;
	/** A stream, or a buffer. */
	body: object;
};

/** What the upload host answered; Meta tells problems there in a shape of its own. */
export type UploadAnswer = {
	isDone: boolean;
	/** HTTP status; 0 when no answer came. */
	status: number;
	problem?: { type?: string; message?: string; retriable?: boolean };
	cause?: string;
};

/**
 * Sends a file to Meta's upload host as it is read. Redirects are not followed: that would keep the file in memory.
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
export async function sendUpload(ctx: MetaContext, connection: Connection, { as, body, offset, size, url }: UploadCall): Promise<UploadAnswer> {
	const headers = { offset: String(offset), file_size: String(size), 'Content-Length': String(size - offset), 'Content-Type': 'application/octet-stream' };
	const options: IHttpRequestOptions = { method: 'POST', url, headers, body, json: true, returnFullResponse: true, ignoreHttpStatusErrors: true, disableFollowRedirect: true };
	try {
		const { body: answer, statusCode: status } = (await send(ctx, connection, options, as, true)) as FullResponse;
		const { success, debug_info: problem } = (answer ?? {}) as { success?: boolean; debug_info?: UploadAnswer['problem'] };
		return { isDone: status === 200 && success === true, status, problem };
	} catch (error) {
		return { isDone: false, status: 0, cause: (error as Error).message };
	}
}

/** n8n's request helper for what it does not sign: the steps of a login, which bring their own token, and calls to n8n itself. */
export const plainHttp = (ctx: MetaContext): Http => async (options) => await ctx.helpers.httpRequest(options);

/** Why a call that was meant to fail or to wake the credential came to nothing. */
type Provoked = {
	/** In words, as far as it can be told. */
	reason: string;
	/** HTTP status; 0 when no answer came. */
	status: number;
	/** Meta refused what n8n sent for the refresh: another way would only be refused once more. */
	isRefused: boolean;
};

/** Sends a call that is meant to fail or only to wake the credential; tells why, should nothing come of it. */
async function provoke(ctx: MetaContext, credentialType: CredentialType, options: IHttpRequestOptions, refreshOn?: number): Promise<Provoked> {
	try {
		await ctx.helpers.httpRequestWithAuthentication.call(
			ctx,
			credentialType,
			{ ...options, method: 'GET', json: true },
			refreshOn === undefined ? undefined : { oauth2: { tokenExpiredStatusCode: refreshOn } },
		);
		return { reason: '', status: 200, isRefused: false };
	} catch (error) {
		const { cause, context, message, description, httpCode } = error as NodeApiError;
		const status = Number(httpCode ?? 0) || 0;
		// n8n's own call for an app token failed; its error turns Meta's object into "[object Object]".
		const refused = (cause as { body?: { error?: GraphError } } | undefined)?.body?.error;
		if (refused?.code) {
			const reason = `Check the App ID and the app secret in the credential. Meta says: "${refused.message ?? ''}" ${trace({ status: 400, error: refused })}`;
			return { reason: redact(reason), status, isRefused: true };
		}
		const graph = (context?.data as { error?: GraphError } | undefined)?.error;
		return { reason: redact(`${graph ? '' : message} ${description ?? ''}`.trim()), status, isRefused: false };
	}
}

/** What Meta answers to a code exchange without parameters. */
const REFUSED_STATUS = 400;
/** What a gateway may answer in its place. */
const OTHER_STATUSES = [401, 403, 404];

/**
 * Makes n8n refresh a Facebook Login, which exchanges and stores its tokens: a code exchange without parameters is
 * always refused by Meta, and the refusal starts n8n's refresh. n8n before 2.40 compares the status with one number
 * only, so the second attempt names the one that was seen.
 */
export async function provokeExchange(ctx: MetaContext, type: CredentialType, versionedUrl: string): Promise<Provoked> {
	const options = { url: `${versionedUrl}/oauth/access_token` };
	const first = await provoke(ctx, type, options, REFUSED_STATUS);
	return OTHER_STATUSES.includes(first.status) ? await provoke(ctx, type, options, first.status) : first;
}

/** Makes n8n open or renew the session of a pasted token; one read of `/me`. */
export async function provokeSession(ctx: MetaContext, type: CredentialType, versionedUrl: string): Promise<Provoked> {
	return await provoke(ctx, type, { url: `${versionedUrl}/me`, headers: { [SIGN_AS_HEADER]: WAKE } });
}
