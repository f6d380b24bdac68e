import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context/context.mts';
import type { Fault } from '../../context/faults.mts';
import { newTraceId } from '../../world/ids.mts';
import type { Login } from '../../world/app.mts';
import { isBatch, serveBatch } from './batch.mts';
import type { Call } from '../engine/call.mts';
import type { Params } from '../engine/params.mts';
import type { Incoming } from './serveCall.mts';
import { faultError, openCall, serveCall } from './serveCall.mts';
import { readTarget } from '../engine/target.mts';

const toParams = (value: unknown): Params =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

/** Headers that come with every answer. */
const headersOf = (call: Call, traceId: string): Record<string, string> => ({
	'content-type': 'application/json; charset=UTF-8',
	'cache-control': 'private, no-cache, no-store, must-revalidate',
	'facebook-api-version': call.version,
	'x-fb-request-id': traceId,
	'x-fb-trace-id': randomBytes(8).toString('base64url'),
	'x-fb-rev': '1030000000',
	...(call.app && call.context.usage.headers(call)),
});

const sendPage = (reply: FastifyReply, status: number) =>
	reply.code(status).type('text/html').send('<html><body>Sorry, something went wrong.</body></html>');

/** Half an answer whose length promises all of it. */
const sendHalf = (reply: FastifyReply, headers: Record<string, string>, text: string): void => {
	reply.hijack();
	reply.raw.writeHead(200, { ...headers, 'content-length': String(Buffer.byteLength(text)) });
	reply.raw.write(text.slice(0, text.length / 2), () => reply.raw.destroy());
};

/** What a call that took effect is answered instead of its own answer; undefined for the latter. */
const planned = (fault: Fault | undefined, { world, login }: Call, traceId: string) => {
	if (!fault?.afterEffect) return undefined;
	const refusal = faultError(fault);
	if (!refusal) return { status: fault.status ?? 500 };
	return { status: refusal.status, payload: refusal.envelope(traceId, world.locale, login) };
};

/** Serve one Graph call: log it, play planned faults, answer in Meta's envelope with Meta's headers. */
export async function serveGraph(
	context: Context,
	login: Login,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const incoming: Incoming = {
		login,
		...readTarget(request.url),
		method: request.method,
		query: toParams(request.query),
		body: toParams(request.body),
		authorization: request.headers.authorization,
	};
	const opened = openCall(context, incoming);
	const { call, record } = opened;
	const fault = context.faults.take(call.method, call.path);
	if (fault?.delayMs) await sleep(fault.delayMs);
	const cut = () => {
		reply.hijack();
		request.raw.socket.destroy();
	};
	if (fault?.reset === 'before') return cut();
	if (fault?.status && !fault.error && !fault.afterEffect) {
		record.status = fault.status;
		return sendPage(reply, fault.status);
	}
	const traceId = newTraceId();
	const { status, payload, unexpected } =
		isBatch(call) && !fault?.error
			? await serveBatch(context, opened, incoming, traceId)
			: await serveCall(opened, incoming, traceId, fault?.afterEffect ? undefined : fault);
	if (unexpected !== undefined) request.log.error(unexpected);
	if (fault?.answerDelayMs) await sleep(fault.answerDelayMs);
	if (fault?.reset === 'after') return cut();
	const headers = headersOf(call, traceId);
	const text = JSON.stringify(payload);
	if (fault?.answer === 'truncated') return sendHalf(reply, headers, text);
	if (fault?.answer === 'malformed') return reply.headers(headers).send(text.slice(0, -1));
	const instead = planned(fault, call, traceId);
	if (instead) record.status = instead.status;
	if (instead && !instead.payload) return sendPage(reply, instead.status);
	return reply
		.code(instead?.status ?? status)
		.headers(headers)
		.send(instead ? JSON.stringify(instead.payload) : text);
}
