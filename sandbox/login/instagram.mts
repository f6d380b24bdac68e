import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context/context.mts';
import type { RequestRecord } from '../context/requestLog.mts';
import { redact } from '../context/requestLog.mts';
import { many, one, parametersOf, sendHtml } from './dialog.mts';
import { errorPage } from './html.mts';
import { instagramAcceptUrl, instagramCancelUrl, instagramConsentPage } from './instagramConsent.mts';
import { readInstagramRequest } from './instagramRequest.mts';
import { instagramRefusal, redeemInstagramCode } from './instagramToken.mts';
import { LoginRefusal } from './request.mts';

type Input = Record<string, unknown>;
type LoginCall = FastifyRequest<{ Querystring: Input; Body: Input | null }>;

const FORM_ONLY = ['action', 'account', 'password', 'permissions'];

const recordCall = (context: Context, request: LoginCall, host: string, path: string) =>
	context.requests.add({
		at: new Date(context.world.clock.now()).toISOString(),
		method: request.method,
		host,
		path,
		version: null,
		query: redact(request.query) as Input,
		body: redact(request.body ?? {}),
		token: null,
		tokenIn: null,
		status: 200,
	});

const answerDialog = (context: Context, request: LoginCall, reply: FastifyReply, record: RequestRecord) => {
	const form = request.body ?? {};
	const input = parametersOf({ ...request.query, ...form }, FORM_ONLY);
	const { world } = context;
	const login = readInstagramRequest(world, input);
	if (request.method === 'GET') return sendHtml(reply, 200, instagramConsentPage(world, login, input));
	const accepts = ['continue', 'facebook'].includes(one(form.action));
	const location = accepts
		? instagramAcceptUrl(world, login, {
				account: form.account === undefined ? undefined : one(form.account),
				password: form.password === undefined ? undefined : one(form.password),
				permissions: many(form.permissions),
			})
		: instagramCancelUrl(login);
	record.status = 302;
	return reply.redirect(location, 302);
};

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const answerToken = async (context: Context, request: LoginCall, reply: FastifyReply) => {
	const record = recordCall(context, request, 'api.instagram.com', '/oauth/access_token');
	const fault = context.faults.take('POST', '/oauth/access_token');
	if (fault?.delayMs) await sleep(fault.delayMs);
	// Forms only: of a JSON body this host reads nothing, and misses the parameters.
	const isForm = /^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(
		request.headers['content-type'] ?? '',
	);
	const form = isForm ? (request.body ?? {}) : {};
	const redeem = () =>
		redeemInstagramCode(
			context.world,
			Object.fromEntries(Object.entries(form).map(([name, value]) => [name, one(value)])),
		);
	if (fault?.reset) {
		if (fault.reset === 'after') redeem();
		reply.hijack();
		request.raw.socket.destroy();
		return;
	}
	if (fault?.status && !fault.error) {
		record.status = fault.status;
		return sendHtml(reply, fault.status, '<html><body>Sorry.</body></html>');
	}
	const answer = fault?.error
		? instagramRefusal(fault.error.message ?? 'A failure that was asked for', fault.status)
		: redeem();
	record.status = answer.status;
	return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.text);
};

/** Instagram Login: the authorize page on www.instagram.com, the code exchange on api.instagram.com. */
export function serveInstagramLogin(server: FastifyInstance, context: Context): void {
	server.route<{ Querystring: Input; Body: Input | null }>({
		method: ['GET', 'POST'],
		url: '/www.instagram.com/oauth/authorize',
		handler: (request, reply) => {
			const record = recordCall(context, request, 'www.instagram.com', '/oauth/authorize');
			try {
				return answerDialog(context, request, reply, record);
			} catch (error) {
				if (!(error instanceof LoginRefusal)) throw error;
				record.status = 400;
				return sendHtml(reply, 400, errorPage(error.title, error.message));
			}
		},
	});
	server.post<{ Querystring: Input; Body: Input | null }>('/api.instagram.com/oauth/access_token', (request, reply) =>
		answerToken(context, request, reply),
	);
}
