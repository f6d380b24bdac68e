import { fetch } from 'undici';
import { poll } from '../../../sandbox/n8n/drive.mts';
import type { CanaryStage } from '../stage.mts';
import type { Behaviour } from './define.mts';

/** Activates the probe's trigger; says what it told, and where it listens. */
async function trigger(stage: CanaryStage) {
	const webhookId = `trigger-${Math.random().toString(36).slice(2)}`;
	const { id } = await stage.client.workflows.import({
		name: webhookId,
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type: 'n8n-nodes-canary.canaryTrigger',
				typeVersion: 2,
				position: [0, 0],
				webhookId,
				parameters: { baseUrl: stage.provider.url },
			},
		],
		connections: {},
	});
	const told = (await stage.during(async () => await stage.client.workflows.activate(id)))
		.filter(({ path }) => path === '/told')
		.map(({ body }) => body);
	return { id, told, url: `${stage.n8n.url}/webhook/${webhookId}/webhook` };
}

async function deactivated(stage: CanaryStage, id: string) {
	const seen = await stage.during(async () => {
		await stage.client.workflows.deactivate(id);
		const probe = async () => stage.provider.seen.at(-1)?.body.happened === 'delete' || undefined;
		await poll(probe, { timeoutMs: 5_000, what: 'the trigger to be told of its end' }).catch(() => undefined);
	});
	return seen.filter(({ path }) => path === '/told').map(({ body }) => body);
}

const BODY = '{"b":1,  "a":"\u00e4\\u00e4"}';
const deliver = async (url: string, headers: Record<string, string> = {}) =>
	await fetch(url, { method: 'POST', body: BODY, headers: { 'content-type': 'application/json', ...headers } });

/** How n8n treats triggers. */
export const triggers: Behaviour[] = [
	{
		name: 'asks a trigger whether it exists, then has it created; at the end, deleted once',
		leans: 'subscribing and unsubscribing at Meta',
		shows: async (stage) => {
			const { id, told } = await trigger(stage);
			const order = [...told, ...(await deactivated(stage, id))].map(({ happened }) => happened);
			return order.join() === 'checkExists,create,delete';
		},
	},
	{
		name: 'answers the GET address of a trigger while its create runs',
		leans: "Meta's verification of the webhook address",
		shows: async (stage) => (await trigger(stage)).told.at(-1)?.challenge === '7',
	},
	{
		name: 'keeps what a trigger noted in create until delete (static data)',
		leans: 'taking away only what the trigger itself made',
		shows: async (stage) => (await deactivated(stage, (await trigger(stage)).id))[0]?.note === 'of create',
	},
	{
		name: 'hands a trigger the bytes as they came (rawBody)',
		leans: 'checking the signature',
		shows: async (stage) => {
			const { id, url } = await trigger(stage);
			await deliver(url);
			const { data } = await stage.client.executions.waitFor(id);
			return (
				data.resultData.runData.Trigger?.at(-1)?.data?.main?.[0]?.[0].json.raw === Buffer.from(BODY).toString('base64')
			);
		},
	},
	{
		name: 'lets a trigger refuse a request with an answer of its own, without an execution',
		leans: 'refusing what is forged, and dropping what is not wanted',
		shows: async (stage) => {
			const { id, url } = await trigger(stage);
			const { status } = await deliver(url, { 'x-forged': 'yes' });
			const { status: taken } = await deliver(url);
			await stage.client.executions.waitFor(id);
			return status === 401 && taken === 200 && (await stage.client.executions.list(id)).length === 1;
		},
	},
	{
		name: 'answers a delivery after the execution is stored',
		leans: 'telling Meta that an event was taken',
		shows: async (stage) => {
			const { id, url } = await trigger(stage);
			const answer = await deliver(url);
			const stored = await stage.client.executions.list(id);
			return (await answer.text()).includes('EVENT_RECEIVED') && stored.length === 1;
		},
	},
	{
		name: 'ends its response when the execution is stored, also when the sender has hung up',
		leans: 'starting no second execution when Meta gave up waiting and delivers again',
		shows: async (stage) => {
			const { id, url } = await trigger(stage);
			const told = async (happened: string) =>
				await poll(async () => stage.provider.seen.find(({ body }) => body.happened === happened)?.body, {
					timeoutMs: 10_000,
					what: `the trigger to tell "${happened}"`,
				});
			const sender = new AbortController();
			const headers = { 'content-type': 'application/json', 'x-hang-up': 'yes' };
			const answer = fetch(url, { method: 'POST', body: BODY, headers, signal: sender.signal }).catch(() => undefined);
			await told('held');
			sender.abort();
			const { status } = await told('ended');
			return (await answer) === undefined && status === 200 && (await stage.client.executions.list(id)).length === 1;
		},
	},
];
