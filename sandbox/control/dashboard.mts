import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import { challenge, isAcceptableCallback } from '../webhooks/challenge.mts';
import { LOGIN_FIELDS } from '../webhooks/fields.mts';
import { subscriptionOf } from '../webhooks/listeners.mts';
import type { AppSubscription, Login } from '../world/app.mts';
import { needApp, refuse } from './refuse.mts';

type WebhookBody = {
	callbackUrl: string;
	verifyToken: string;
	fields: string[];
	/** Which login's webhook; both when absent. */
	login?: Login;
	includeValues?: boolean;
};

const BOTH: Login[] = ['facebook', 'instagram'];

const checkBody = ({ callbackUrl, verifyToken, fields, login }: WebhookBody): void => {
	if (login !== undefined && !BOTH.includes(login)) throw refuse(400, `login must be one of ${BOTH.join(', ')}.`);
	if (typeof callbackUrl !== 'string' || !isAcceptableCallback(callbackUrl))
		throw refuse(400, 'callbackUrl must be an https URL.');
	if (typeof verifyToken !== 'string' || verifyToken === '') throw refuse(400, 'verifyToken is needed.');
	const known = LOGIN_FIELDS[login ?? 'facebook'];
	const strange = Array.isArray(fields) ? fields.find((field) => !known.has(field)) : 'fields';
	if (strange !== undefined) throw refuse(400, `There is no webhook field ${strange}.`);
};

/**
 * What a person does on the App Dashboard's webhooks page: callback, token and fields, with a real
 * challenge. Unlike the `/subscriptions` edge it replaces what was there, and serves both logins.
 */
export function serveDashboard(server: FastifyInstance, context: Context): void {
	server.post<{ Params: { id: string }; Body: WebhookBody }>(
		'/sandbox/apps/:id/dashboardWebhook',
		async ({ params, body }) => {
			const app = needApp(context.world, params.id);
			checkBody(body);
			const { agent, world } = context;
			const { callbackUrl, verifyToken, fields, login, includeValues = true } = body;
			const { deliveryTimeoutMs } = world.settings;
			const failure = await challenge(agent, callbackUrl, verifyToken, deliveryTimeoutMs);
			if (failure !== undefined) throw refuse(400, `The callback was not verified: ${failure}.`);
			const saved = (one: Login): AppSubscription => ({
				callbackUrl,
				verifyToken,
				fields: new Set(fields.filter((field) => LOGIN_FIELDS[one].has(field))),
				includeValues,
				version: app.defaultVersion,
			});
			if (login !== 'instagram') app.subscriptions.set('instagram', saved('facebook'));
			if (login !== 'facebook') app.instagramWebhook = saved('instagram');
			return { ok: true };
		},
	);
	// No button of the dashboard: Meta does this to a callback that it could not reach for long.
	server.patch<{ Params: { id: string }; Body: { active: boolean; login?: Login } }>(
		'/sandbox/apps/:id/dashboardWebhook',
		({ params, body }) => {
			const app = needApp(context.world, params.id);
			const { active, login } = body;
			if (typeof active !== 'boolean') throw refuse(400, 'active must be true or false.');
			for (const one of BOTH.filter((name) => login === undefined || name === login)) {
				const webhook = subscriptionOf({ app, login: one });
				if (webhook) webhook.isOff = !active;
			}
			return { ok: true };
		},
	);
	server.delete<{ Params: { id: string }; Querystring: { login?: Login } }>(
		'/sandbox/apps/:id/dashboardWebhook',
		({ params, query }) => {
			const app = needApp(context.world, params.id);
			if (query.login !== 'instagram') app.subscriptions.delete('instagram');
			if (query.login !== 'facebook') app.instagramWebhook = undefined;
			return { ok: true };
		},
	);
}
