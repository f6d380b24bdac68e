import type { Context } from '../../context/context.mts';
import type { Fault } from '../../context/faults.mts';
import type { RequestRecord } from '../../context/requestLog.mts';
import { redact } from '../../context/requestLog.mts';
import type { Login } from '../../world/app.mts';
import { effectiveScopes } from '../../world/world.mts';
import type { SentToken } from '../engine/auth.mts';
import { findToken, verifyProof, verifyRole, verifyToken } from '../engine/auth.mts';
import type { Call, Method } from '../engine/call.mts';
import { GraphError, invalidParam, tokenMissing } from '../engine/errors.mts';
import { readFields } from '../engine/fields.mts';
import { nameScopes, sharedScopes } from './hosts.mts';
import type { Params } from '../engine/params.mts';
import { rootCalls } from './rootCalls.mts';
import { runRoute } from './route.mts';
import { refuseRetired, servedVersion } from '../engine/versions.mts';

const METHODS = new Set(['GET', 'POST', 'DELETE']);

/** A Graph call as it arrived: alone, or inside of a batch. */
export type Incoming = {
	login: Login;
	method: string;
	host: string;
	/** The version that was asked for. */
	version?: string;
	/** The path below the version. */
	segments: string[];
	query: Params;
	body: Params;
	authorization?: string;
};

/** A call on its way, with its line in the log. */
export type Opened = {
	call: Call;
	record: RequestRecord;
	sent?: SentToken;
};

/** Make a call of what arrived, and note it down. */
export function openCall(context: Context, incoming: Incoming): Opened {
	const { login, host, version, segments, query, body } = incoming;
	const raw = { ...query, ...body };
	const override = incoming.method === 'POST' && typeof raw.method === 'string' ? raw.method.toUpperCase() : undefined;
	const sent = findToken(query, body, incoming.authorization);
	const call: Call = {
		context,
		world: context.world,
		method: (override ?? incoming.method) as Method,
		host,
		login,
		version: [...context.world.apps.values()][0].defaultVersion,
		path: `/${segments.join('/')}`,
		raw,
		params: {},
		scopes: new Set(),
		withheld: new Set(),
	};
	const record = context.requests.add({
		at: new Date(call.world.clock.now()).toISOString(),
		method: call.method,
		host,
		path: call.path,
		version: version ?? null,
		query: redact(query) as Params,
		body: redact(body),
		token: null,
		tokenIn: sent?.in ?? null,
		status: null,
	});
	return { call, record, sent };
}

const authenticate = (call: Call, sent: SentToken | undefined): void => {
	if (!sent) throw tokenMissing();
	const token = verifyToken(call.world, sent.value, call.login);
	const app = call.world.apps.get(token.appId);
	call.token = token;
	call.app = app;
	const granted = effectiveScopes(call.world, token);
	call.scopes = call.login === 'instagram' ? sharedScopes(granted) : granted;
	if (!app) return;
	verifyProof(call.world, app, token, call.raw);
	verifyRole(call.world, app, token, call.method);
};

const answer = async ({ call, sent }: Opened, { version, segments }: Incoming): Promise<unknown> => {
	const now = call.world.clock.now();
	call.version = servedVersion(version, call.version, now);
	if (!METHODS.has(call.method)) throw invalidParam(`Unsupported method ${call.method}`);
	const rootCall = rootCalls[call.login][`${call.method} ${call.path}`];
	if (rootCall && !rootCall.authenticated) return await rootCall.run(call);
	authenticate(call, sent);
	refuseRetired(call.version, now, call.raw);
	call.fields = readFields(call.raw.fields);
	if (rootCall) return await rootCall.run(call);
	if (segments.length === 0) throw invalidParam('The path names no object');
	return await runRoute(call, segments);
};

/** The refusal that a fault plans, if it plans one. */
export function faultError({ error, status }: Fault): GraphError | undefined {
	return (
		error &&
		new GraphError({
			code: error.code,
			subcode: error.error_subcode,
			type: error.type,
			transient: error.is_transient,
			status,
			message: error.message ?? `(#${error.code}) A failure that was asked for`,
		})
	);
}

/** A refusal as it leaves: what the sandbox did not expect is code 1, scopes bear the names of the login. */
const toRefusal = (error: unknown, login: Login): GraphError => {
	if (!(error instanceof GraphError)) {
		return new GraphError({ code: 1, status: 500, message: 'An unknown error has occurred' });
	}
	return login === 'facebook' ? error : new GraphError({ ...error.spec, message: nameScopes(error.spec.message) });
};

/** What a call comes to. */
export type Outcome = {
	status: number;
	payload: unknown;
	/** An error that no refusal is made of: a mistake of the sandbox. */
	unexpected?: unknown;
};

/** Carry a call out, or play the planned failure, and finish its line in the log. */
export async function serveCall(opened: Opened, incoming: Incoming, traceId: string, fault?: Fault): Promise<Outcome> {
	const { call, record, sent } = opened;
	const settle = (outcome: Outcome): Outcome => {
		const known = call.token ?? (sent && call.world.tokens.find(sent.value));
		if (known)
			record.token = {
				kind: known.kind,
				appId: known.appId,
				owner: known.pageId ?? known.userId ?? known.accountId ?? known.appId,
			};
		record.status = outcome.status;
		if (call.app) call.context.usage.count(call);
		return outcome;
	};
	try {
		const planned = fault && faultError(fault);
		if (planned) throw planned;
		return settle({ status: 200, payload: await answer(opened, incoming) });
	} catch (error) {
		const refusal = toRefusal(error, call.login);
		record.error = { code: refusal.spec.code, error_subcode: refusal.spec.subcode };
		const payload = refusal.envelope(traceId, call.world.locale, call.login);
		const unexpected = error instanceof GraphError ? undefined : error;
		return settle({ status: refusal.status, payload, unexpected });
	}
}
