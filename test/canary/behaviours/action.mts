import { fetch } from 'undici';
import { poll, type WorkflowNode } from '../../../sandbox/n8n/drive.mts';
import type { CanaryStage } from '../stage.mts';
import type { Behaviour } from './define.mts';

/** Which output an item takes that the node put out with `onError: continueErrorOutput`. */
async function outputsOf(stage: CanaryStage, item: object): Promise<number[]> {
	const flow = await stage.flow(
		'',
		{ items: [item] },
		{ settings: { onError: 'continueErrorOutput' } as Partial<WorkflowNode> },
	);
	await flow.start();
	const { data } = await stage.client.executions.waitFor(flow.id);
	return (data.resultData.runData.Canary?.at(-1)?.data?.main ?? []).map((items) => items?.length ?? 0);
}

/** How n8n treats action nodes. */
export const actions: Behaviour[] = [
	{
		name: 'sends an item to the error output whose only key is error',
		leans: 'the error output of the Instagram node',
		shows: async (stage) =>
			(await outputsOf(stage, { json: { error: 'why' }, pairedItem: { item: 0 } })).join() === '0,1',
	},
	{
		name: 'sends an item to the error output that has details beside error',
		leans: 'nothing so far: one key does for all',
		since: '2.35',
		shows: async (stage) =>
			(await outputsOf(stage, { json: { error: 'why', details: 'more' }, pairedItem: { item: 0 } })).join() === '0,1',
	},
	{
		name: 'stores the cause that a node gives to a failure of an API (credential-invalid)',
		leans: "n8n's own word that a credential is at fault",
		since: '2.37',
		shows: async (stage) => {
			const flow = await stage.flow('fail', {}, { mode: 'onReceived' });
			await flow.start();
			const { data } = await stage.client.executions.waitFor(flow.id);
			return (
				(data.resultData.error as { failure?: { cause?: string } } | undefined)?.failure?.cause === 'credential-invalid'
			);
		},
	},
	{
		name: 'keeps the context of a node for the next try',
		leans: 'not carrying an item out twice',
		shows: async (stage) =>
			(await stage.run('remember', {}, { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } })).note ===
			'of the first try',
	},
	{
		name: 'remembers keys of earlier executions (checkProcessedAndRecord)',
		leans: 'Remove Duplicates',
		shows: async (stage) => {
			const { first, second } = await stage.run('once', { key: 'canary' });
			return first === 1 && second === 0;
		},
	},
	{
		name: 'keeps files outside of its memory by itself, and gives them a signed address that anybody can open',
		leans: 'publishing files of a workflow without a setting of n8n',
		since: '2.20.12',
		shows: async (stage) => {
			const { url } = await stage.run('link');
			if (typeof url !== 'string') return false;
			const answer = await fetch(url, { headers: { 'user-agent': 'facebookexternalhit/1.1' } });
			return (await answer.text()) === 'canary';
		},
	},
	{
		name: 'lets a node show a hint beside its output',
		leans: 'saying that a login will not last',
		shows: async (stage) => (await stage.run('hint')).isOffered === true,
	},
	{
		name: 'makes a waiting execution go on at a signed address, and refuses a changed one',
		leans: 'Send and Wait for Response',
		shows: async (stage) => {
			const flow = await stage.flow('wait', {}, { mode: 'onReceived' });
			await flow.start();
			const { id, data } = await stage.client.executions.waitFor(flow.id, { states: ['waiting'] });
			const url = String(data.resultData.runData.Canary?.at(-1)?.data?.main?.[0]?.[0].json.url);
			const forged = await fetch(url.replace('answer=yes', 'answer=no'), { method: 'POST' });
			const answer = await fetch(url, { method: 'POST' });
			const isDone = async () => ((await stage.client.executions.get(id)).status === 'success' ? true : undefined);
			return (
				forged.status === 401 &&
				(await answer.text()) === 'thanks' &&
				(await poll(isDone, { timeoutMs: 10_000, what: 'the execution to go on' }))
			);
		},
	},
	{
		name: 'tells a node that its execution was cancelled',
		leans: 'stopping a publication that waits',
		shows: async (stage) => {
			const flow = await stage.flow('cancelled', { url: `${stage.provider.url}/told` }, { mode: 'onReceived' });
			await flow.start();
			const until = async (happened: string) =>
				await poll(async () => stage.provider.seen.at(-1)?.body.happened === happened || undefined, {
					timeoutMs: 10_000,
					what: `the node to be ${happened}`,
				});
			// n8n calls an execution running a moment before its node can be told anything.
			await until('started');
			await stage.client.executions.stop((await stage.client.executions.waitFor(flow.id, { states: ['running'] })).id);
			return await until('cancelled');
		},
	},
	{
		name: 'offers an action node to AI agents, as a node of its own (usableAsTool)',
		leans: 'the Instagram tools of AI agents',
		shows: async (stage) =>
			(await stage.client.nodes.list('n8n-nodes-canary.')).some(({ name }) => name === 'n8n-nodes-canary.canaryTool'),
	},
];
