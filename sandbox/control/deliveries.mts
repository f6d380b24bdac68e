import type { FastifyInstance } from 'fastify';
import type { Context } from '../context/context.mts';
import type { ChaosSettings } from '../webhooks/chaos.mts';
import type { Dispatch } from '../webhooks/dispatch.mts';
import { hasSample } from '../webhooks/samples.mts';
import type { Login } from '../world/app.mts';
import { refuse } from './refuse.mts';

const isShare = (value: unknown): boolean =>
	value === undefined || (typeof value === 'number' && value >= 0 && value <= 1);
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const checkChaos = (body: Partial<ChaosSettings>): void => {
	const { duplicates, forged, maxDelayMs = 0, batchSizes = [] } = body;
	if (!isShare(duplicates) || !isShare(forged)) throw refuse(400, 'duplicates and forged are shares between 0 and 1.');
	if (!(maxDelayMs >= 0) || !batchSizes.every(isCount))
		throw refuse(400, 'maxDelayMs is a time in ms, batchSizes a list of whole numbers.');
};

/** Webhook deliveries: what was sent and how it went, and everything that can be done to them. */
export function serveDeliveries(server: FastifyInstance, context: Context, dispatch: Dispatch): void {
	server.get('/sandbox/deliveries', () => ({ deliveries: context.deliverer.list() }));
	server.post<{ Params: { id: string } }>('/sandbox/deliveries/:id/redeliver', async ({ params }) => {
		const delivery = await context.deliverer.resend(params.id);
		if (!delivery) throw refuse(404, `There is no delivery ${params.id}.`);
		return delivery;
	});
	server.post<{ Body: { field: string; login?: Login } }>('/sandbox/deliveries/test', ({ body }) => {
		if (!hasSample(body.field)) throw refuse(400, `There is no webhook field ${body.field}.`);
		return { deliveries: dispatch.test(body.field, body.login) };
	});
	server.post<{ Body: { payload: unknown; fields?: string[]; login?: Login } }>('/sandbox/deliveries', ({ body }) => ({
		deliveries: dispatch.raw(body.payload, body.fields ?? [], body.login),
	}));
	server.post<{ Body: { on?: boolean; flush?: boolean } }>('/sandbox/deliveries/batch', ({ body }) => {
		if (body.on !== undefined) dispatch.batch(body.on);
		if (body.flush) dispatch.flush();
		return { ok: true };
	});
	const chaos = () => ({ settings: dispatch.chaos.settings, counts: dispatch.chaos.counts });
	server.get('/sandbox/deliveries/chaos', chaos);
	server.post<{ Body: Partial<ChaosSettings> }>('/sandbox/deliveries/chaos', ({ body }) => {
		checkChaos(body);
		dispatch.chaos.set(body);
		return chaos();
	});
	server.get('/sandbox/alerts', () => ({ alerts: context.health.alerts() }));
}
