import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import { customerNamed } from '../world/seed.mts';
import type { MessagingBody } from './customerMessages.mts';
import { MESSAGING_ACTIONS } from './customerMessages.mts';
import type { PublicBody } from './customerPosts.mts';
import { PUBLIC_ACTIONS } from './customerPosts.mts';
import { describeInbox } from './describe.mts';
import { needAccount, needCustomer } from './refuse.mts';

const ACTIONS: Record<string, (context: Context, username: string, body: MessagingBody & PublicBody) => unknown> = {
	...MESSAGING_ACTIONS,
	...PUBLIC_ACTIONS,
};

/** The customer's side of the control API. */
export function serveCustomers(server: FastifyInstance, context: Context): void {
	for (const [name, act] of Object.entries(ACTIONS)) {
		server.post<{ Params: { username: string }; Body: MessagingBody & PublicBody }>(
			`/sandbox/customers/:username/${name}`,
			async ({ params, body }) => await act(context, params.username, body),
		);
	}
	server.patch<{
		Params: { username: string };
		Body: { hasRole?: boolean; isPrivate?: boolean };
	}>('/sandbox/customers/:username', ({ params, body }) => {
		const customer = customerNamed(context.world, params.username);
		customer.hasRole = body.hasRole ?? customer.hasRole;
		customer.isPrivate = body.isPrivate ?? customer.isPrivate;
		return { ok: true };
	});
	server.get<{ Params: { username: string }; Querystring: { account?: string } }>(
		'/sandbox/customers/:username/inbox',
		({ params, query }) =>
			describeInbox(
				context.world,
				needAccount(context.world, query.account),
				needCustomer(context.world, params.username),
			),
	);
}
