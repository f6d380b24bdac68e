import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import type { Fault } from '../control/faults.mts';
import { redact } from '../control/requestLog.mts';
import { newTraceId } from '../world/ids.mts';
import type { Login } from '../world/app.mts';
import { effectiveScopes } from '../world/world.mts';
import type { SentToken } from './auth.mts';
import { findToken, verifyProof, verifyRole, verifyToken } from './auth.mts';
import type { Call, Method } from './call.mts';
import { GraphError, invalidParam } from './errors.mts';
import { readFields } from './fields.mts';
import { nameScopes, sharedScopes } from './offers.mts';
import type { Params } from './params.mts';
import { roots } from './roots.mts';
import { runRoute } from './route.mts';
import { refuseRetired, servedVersion } from './versions.mts';

const METHODS = new Set(['GET', 'POST', 'DELETE']);

/** Split a URL into host segment, version and the path below it. */
export const readTarget = (url: string): { host: string; version?: string; segments: string[] } => {
	const [host, ...rest] = new URL(url, 'http://sandbox').pathname
		.split('/')
		.filter((part) => part !== '')
		.map(decodeURIComponent);
	const version = /^v\d+\.\d+$/.test(rest[0] ?? '') ? rest.shift() : undefined;
	return { host, version, segments: rest };
};

const toParams = (value: unknown): Params =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const authenticate = (call: Call, sent: SentToken | undefined): void => {
	if (!sent)
		throw new GraphError({ code: 2500, message: 'An access token is needed for this call' });
	const token = verifyToken(call.world, sent.value, call.login);
	const app = call.world.apps.get(token.appId);
	call.token = token;
	call.app = app;
	const granted = effectiveScopes(call.world, token);
	call.scopes = call.login === 'instagram' ? sharedScopes(granted) : granted;
	if (!app) return;
	verifyProof(call.world, app, token, call.raw);
	verifyRole(call.world, app, token);
};

const answer = async (
	call: Call,
	asked: string | undefined,
	segments: string[],
	sent?: SentToken,
): Promise<unknown> => {
	const now = call.world.clock.now();
	call.version = servedVersion(asked, call.version, now);
	if (!METHODS.has(call.method)) throw invalidParam(`Unsupported method ${call.method}`);
	const root = roots[call.login][`${call.method} ${call.path}`];
	if (root && !root.authenticated) return await root.run(call);
	authenticate(call, sent);
	refuseRetired(call.version, now, call.raw);
	call.fields = readFields(call.raw.fields);
	if (root) return await root.run(call);
	if (segments.length === 0) throw invalidParam('The path names no object');
	return await runRoute(call, segments);
};

const faultError = ({ error, status }: Fault): GraphError | undefined =>
	error &&
	new GraphError({
		code: error.code,
		subcode: error.error_subcode,
		type: error.type,
		transient: error.is_transient,
		status,
		message: error.message ?? `(#${error.code}) A failure that was asked for`,
	});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A refusal as it leaves: what the sandbox did not expect is code 1, scopes bear the names of the login. */
const toRefusal = (error: unknown, login: Login): GraphError => {
	if (!(error instanceof GraphError)) {
		return new GraphError({ code: 1, status: 500, message: 'An unknown error has occurred' });
	}
	return login === 'facebook'
		? error
		: new GraphError({ ...error.spec, message: nameScopes(error.spec.message) });
};

/** Serve one Graph call: log it, play planned faults, answer in Meta's envelope with Meta's headers. */
export const serveGraph = async (
	context: Context,
	login: Login,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> => {
	const { host, version: asked, segments } = readTarget(request.url);
	const query = toParams(request.query);
	const body = toParams(request.body);
	const raw = { ...query, ...body };
	const override =
		request.method === 'POST' && typeof raw.method === 'string'
			? raw.method.toUpperCase()
			: undefined;
	const sent = findToken(query, body, request.headers.authorization);
	const appDefault = [...context.world.apps.values()][0].defaultVersion;
	const call: Call = {
		context,
		world: context.world,
		method: (override ?? request.method) as Method,
		host,
		login,
		version: appDefault,
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
		version: asked ?? null,
		query: redact(query) as Params,
		body: redact(body),
		token: null,
		tokenIn: sent?.in ?? null,
		status: null,
	});
	const fault = context.faults.take(call.method, call.path);
	if (fault?.delayMs) await sleep(fault.delayMs);
	const cut = () => {
		reply.hijack();
		request.raw.socket.destroy();
	};
	if (fault?.reset === 'before') return cut();

	const traceId = newTraceId();
	const settle = (status: number, payload: unknown) => {
		const known = call.token ?? (sent && call.world.tokens.find(sent.value));
		if (known)
			record.token = {
				kind: known.kind,
				owner: known.pageId ?? known.userId ?? known.accountId ?? known.appId,
			};
		record.status = status;
		if (call.app) context.usage.count(call);
		if (fault?.reset === 'after') return cut();
		reply.code(status).headers({
			'content-type': 'application/json; charset=UTF-8',
			'cache-control': 'private, no-cache, no-store, must-revalidate',
			'facebook-api-version': call.version,
			'x-fb-request-id': traceId,
			'x-fb-trace-id': randomBytes(8).toString('base64url'),
			'x-fb-rev': '1030000000',
			...(call.app && context.usage.headers(call)),
		});
		return reply.send(JSON.stringify(payload));
	};
	try {
		if (fault?.status && !fault.error) {
			record.status = fault.status;
			return reply
				.code(fault.status)
				.type('text/html')
				.send('<html><body>Sorry, something went wrong.</body></html>');
		}
		const planned = fault && faultError(fault);
		if (planned) throw planned;
		return settle(200, await answer(call, asked, segments, sent));
	} catch (error) {
		const refusal = toRefusal(error, login);
		if (!(error instanceof GraphError)) request.log.error(error);
		record.error = { code: refusal.spec.code, error_subcode: refusal.spec.subcode };
		return settle(refusal.status, refusal.envelope(traceId, call.world.locale, login));
	}
};
