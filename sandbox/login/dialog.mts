import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context/context.mts';
import { redact } from '../context/requestLog.mts';
import { acceptUrl, cancelUrl, consentPage } from './consent.mts';
import { errorPage } from './html.mts';
import { LoginRefusal, readLoginRequest } from './request.mts';

/** The first value of a form field. */
export function one(value: unknown): string {
	return String(Array.isArray(value) ? value[0] : value);
}
/** Every value of a form field. */
export function many(value: unknown): string[] {
	return value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
}

const FORM_ONLY = ['action', 'pages', 'permissions'];

/** The parameters of a dialog, without what only its form adds. */
export function parametersOf(input: Record<string, unknown>, formOnly: string[]): Record<string, string> {
	return Object.fromEntries(
		Object.entries(input)
			.filter(([name]) => !formOnly.includes(name))
			.map(([name, value]) => [name, one(value)]),
	);
}

/** Answer a page. */
export function sendHtml(reply: FastifyReply, status: number, text: string) {
	return reply.code(status).type('text/html; charset=utf-8').send(text);
}

/** The Facebook login dialog: GET shows the consent page, POST of its form redirects. */
export function serveLogin(server: FastifyInstance, context: Context): void {
	for (const url of ['/www.facebook.com/dialog/oauth', '/www.facebook.com/:version/dialog/oauth']) {
		server.route<{ Querystring: Record<string, unknown>; Body: Record<string, unknown> | null }>({
			method: ['GET', 'POST'],
			url,
			handler: (request, reply) => {
				const form = request.body ?? {};
				const input = parametersOf({ ...request.query, ...form }, FORM_ONLY);
				const record = context.requests.add({
					at: new Date(context.world.clock.now()).toISOString(),
					method: request.method,
					host: 'www.facebook.com',
					path: '/dialog/oauth',
					version: (request.params as { version?: string }).version ?? null,
					query: redact(request.query) as Record<string, unknown>,
					body: redact(form),
					token: null,
					tokenIn: null,
					status: 200,
				});
				try {
					const login = readLoginRequest(context.world, input);
					if (request.method === 'GET') return sendHtml(reply, 200, consentPage(context.world, login, input));
					record.status = 302;
					return reply.redirect(
						one(form.action) === 'continue'
							? acceptUrl(context.world, login, many(form.permissions), many(form.pages))
							: cancelUrl(login),
						302,
					);
				} catch (error) {
					if (!(error instanceof LoginRefusal)) throw error;
					record.status = 400;
					return sendHtml(reply, 400, errorPage(error.title, error.message));
				}
			},
		});
	}
}
