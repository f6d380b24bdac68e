import { NodeOperationError, sleep, type IDataObject } from 'n8n-workflow';
import type { Connection, MetaContext } from '../connection';
import { explain, isSpecific, isUnclear, MetaError, type Failure, type GraphError } from '../errors/metaError';
import { parseAnswer } from './exactJson';
import { waitForSlot, type Pace } from '../limits/pace';
import { withoutTokens } from './paging';
import { gateOf, type Gate } from '../limits/gate';
import { waitMinutesOf } from '../limits/usageHeaders';
import { cancelSignalOf, send, type FullResponse } from './send';
import type { GraphPath } from './path';
import { withoutRefusedField } from './refusedField';

/** One call to the Graph API. */
export type GraphCall = {
	method: 'GET' | 'POST' | 'DELETE';
	path: GraphPath;
	query?: IDataObject;
	/** A form is sent as multipart, anything else as JSON. */
	body?: IDataObject | FormData;
	/** A Page ID signs with that Page's token, `user` as the person who logged in, `app` as the app itself. */
	signAs: string;
	itemIndex?: number;
	/** A write that may be carried out twice without harm. */
	repeatable?: boolean;
	/** A read whose `fields` are for people to look at: one that Meta does not have here is left out of it. Nothing may be decided by such an answer. */
	mayLackFields?: boolean;
	/** Keeps the calls of one account below Meta's rate for this kind. */
	pace?: Pace;
	/** What the reader should know when it is unclear whether Meta carried the call out. */
	ifUnclear?: string;
	/** Capability that the call needs, where logins do not have it by themselves: a refusal names it. */
	capability?: string;
};

const RETRY_WAITS_MS = [500, 2000];

/** Waits between the repeats of a read; a write is not repeated unless it says so, because a lost answer may hide a success. */
function retryWait(
	call: Pick<GraphCall, 'method' | 'repeatable'>,
	failure: Failure,
	attempt: number,
): number | undefined {
	if (call.method !== 'GET' && !call.repeatable) return undefined;
	const row = failure.error && explain(failure.error);
	const ownFault = failure.status >= 500 && !row;
	const passing = !failure.error || failure.error.is_transient === true || row?.retry === 'soon' || ownFault;
	return passing && row?.retry !== 'later' ? RETRY_WAITS_MS[attempt] : undefined;
}

/** More fields than these are not left out of one call. */
const MAX_REFUSED_FIELDS = 3;

/** The same read without a field that Meta does not have; `undefined` where it is refused for something else, or has to be whole. */
function withFewerFields(call: GraphCall, failure: Failure): GraphCall | undefined {
	if (call.method !== 'GET' || !call.mayLackFields) return undefined;
	const fields = withoutRefusedField(call.query?.fields, failure);
	return fields === undefined ? undefined : { ...call, query: { ...call.query, fields } };
}

type Reply = { headers?: IDataObject } & ({ body: IDataObject } | { failure: Failure });

async function attempt(n8n: MetaContext, connection: Connection, call: GraphCall): Promise<Reply> {
	let response: FullResponse;
	try {
		response = (await send(
			n8n,
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
			call.signAs,
		)) as FullResponse;
	} catch (error) {
		return { failure: { status: 0, cause: (error as Error).message } };
	}
	const { statusCode: status, headers } = response;
	const body = parseAnswer(response.body);
	const error = (body as { error?: GraphError } | null)?.error;
	if (typeof error === 'object')
		return { failure: { status, error, waitMinutes: waitMinutesOf(headers, connection, call.signAs) }, headers };
	if (status >= 400 || typeof body !== 'object' || body === null) return { failure: { status } };
	return { body: withoutTokens(body as IDataObject), headers };
}

/** Meta's numbers for a permission that is not there. */
const PERMISSION_CODES = new Set([3, 10, 200, 230]);

/** Names what the person left out in the login dialog, when a permission is missing and no subcode tells another reason. */
function declinedHint({ reach }: Connection, { error }: Failure): string | undefined {
	const declined = reach.permissions?.declined ?? [];
	if (!error || !PERMISSION_CODES.has(error.code) || isSpecific(error) || declined.length === 0) return undefined;
	return `Left out in the login dialog: ${declined.join(', ')}.`;
}

function errorOf(n8n: MetaContext, connection: Connection, call: GraphCall, failure: Failure): MetaError {
	const unclear = call.method !== 'GET' && isUnclear(failure) ? call.ifUnclear : undefined;
	const hint = unclear ?? declinedHint(connection, failure);
	const error = new MetaError(n8n.getNode(), failure, call.itemIndex, {
		hint,
		advice: connection.advice,
		capability: call.capability,
		secrets: [connection.appSecret],
	});
	error.isUnclear = unclear !== undefined;
	return error;
}

/**
 * Waits for the pace of this kind of call and for the budgets of app, login and account.
 * @returns Meta's refusal of calls, when it lasts longer than this call may wait
 */
async function waitForRoom(
	n8n: MetaContext,
	connection: Connection,
	{ signAs, itemIndex, pace }: GraphCall,
	gate: Gate,
): Promise<Failure | undefined> {
	for (;;) {
		if (pace) await waitForSlot(connection, signAs, pace, cancelSignalOf(n8n));
		const { isCancelled, refusal, wasClosed } = await gate.wait();
		if (isCancelled)
			throw new NodeOperationError(n8n.getNode(), 'The execution was cancelled', {
				description: 'This call was not sent.',
				itemIndex,
			});
		// After a pause every waiting call would leave in the same moment: queue for the pace again.
		if (refusal || !pace || !wasClosed) return refusal;
	}
}

/**
 * Sends one call to Meta and returns the answer's body, without the tokens that Meta writes into it. The only place that
 * talks HTTP to Meta. A call that Meta refused because there were too many is sent again, a write too: it was not carried out.
 * @throws MetaError with a plain message, what to do, and Meta's numbers
 * @see https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export async function callGraph(n8n: MetaContext, connection: Connection, call: GraphCall): Promise<IDataObject> {
	const gate = gateOf(connection, call, cancelSignalOf(n8n));
	let asked = call;
	for (let tries = 0, refusedFields = 0; ; ) {
		const refusal = await waitForRoom(n8n, connection, call, gate);
		if (refusal) throw errorOf(n8n, connection, call, refusal);
		const outcome = await attempt(n8n, connection, asked);
		gate.record(outcome);
		if ('body' in outcome) return outcome.body;
		const { failure } = outcome;
		// The gate knows how long to wait, and whether that is too long.
		if (connection.patience && failure.error && explain(failure.error)?.limits) continue;
		const fewer = refusedFields++ < MAX_REFUSED_FIELDS ? withFewerFields(asked, failure) : undefined;
		if (fewer) {
			asked = fewer;
			continue;
		}
		const wait = retryWait(call, failure, tries++);
		if (wait === undefined) throw errorOf(n8n, connection, call, failure);
		await sleep(wait);
	}
}
