import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import type { Fault } from '../context/faults.mts';
import { THROTTLE_CODES } from '../context/usage.mts';
import type { Dispatch } from '../webhooks/dispatch.mts';
import { serveDeliveries } from './deliveries.mts';
import { describeWorld } from './describe.mts';
import { needAccount, refuse } from './refuse.mts';

type FaultBody = Omit<Fault, 'id' | 'path' | 'times' | 'delayMs'> & {
	path: string;
	times?: number;
	delayMs?: number;
};

/** What is absent goes back to what the sandbox does by itself. */
type UsageBody = {
	account?: string;
	percent?: number;
	callsPerHour?: number;
};

const serveFailures = (server: FastifyInstance, context: Context): void => {
	server.post<{ Body: FaultBody }>('/sandbox/faults', ({ body }) => ({
		id: context.faults.plan({
			...body,
			path: new RegExp(body.path),
			times: body.times ?? 1,
			delayMs: body.delayMs ?? 0,
		}),
	}));
	server.delete('/sandbox/faults', () => {
		context.faults.clear();
		return { ok: true };
	});
	server.post<{ Body: { code: number; account?: string; minutes?: number } }>('/sandbox/throttle', ({ body }) => {
		const code = THROTTLE_CODES.find((one) => one === body.code);
		if (code === undefined) throw refuse(400, `code must be one of ${THROTTLE_CODES.join(', ')}.`);
		const { world } = context;
		const accountId = body.account === undefined ? undefined : needAccount(world, body.account).id;
		context.usage.throttle(code, accountId, world.clock.now() + (body.minutes ?? 5) * 60_000);
		return { ok: true };
	});
	server.delete('/sandbox/throttle', () => {
		context.usage.clearThrottles();
		return { ok: true };
	});
	server.post<{ Body: UsageBody }>('/sandbox/usage', ({ body }) => {
		const { account, callsPerHour, percent } = body;
		const isCount = callsPerHour === undefined || (Number.isInteger(callsPerHour) && callsPerHour > 0);
		if (!isCount) throw refuse(400, 'callsPerHour must be a whole number above 0.');
		const key = account === undefined ? 'app' : needAccount(context.world, account).id;
		context.usage.setPercent(key, percent);
		context.usage.setLimit(key, callsPerHour);
		return { ok: true };
	});
};

/** The control API for tests and people: state, clock, failures, records. */
export function serveControl(server: FastifyInstance, context: Context, dispatch: Dispatch): void {
	server.get('/sandbox/health', () => ({ ok: true }));
	server.get('/sandbox/world', () => describeWorld(context.world));
	server.post<{ Body: { advanceSeconds: number } }>('/sandbox/clock', async ({ body }) => {
		if (!(body.advanceSeconds >= 0)) throw refuse(400, 'advanceSeconds must be a number of at least 0.');
		return { now: new Date(await context.world.clock.advance(body.advanceSeconds)).toISOString() };
	});
	server.get<{ Querystring: { since?: string } }>('/sandbox/requests', ({ query }) => ({
		requests: context.requests.since(Number(query.since ?? 0)),
	}));
	server.post('/sandbox/reset', () => {
		context.reset();
		return { ok: true };
	});
	serveFailures(server, context);
	serveDeliveries(server, context, dispatch);
}
