import { fetch } from 'undici';
import { poll, type WorkflowNode } from '../../sandbox/n8n/drive.mts';
import { isAtLeast } from '../../sandbox/n8n/versions.mts';
import { OAUTH2, TOKEN, type CanaryStage } from './stage.mts';

/** Something that n8n does, documented or not, and that the package counts on. */
export interface Behaviour {
	/** Goes on after "n8n". */
	name: string;
	/** What would suffer without it. */
	leans: string;
	/** The first n8n here that does it; all of them, where nothing is said. */
	since?: string;
	/** The smallest program that tells. */
	shows(stage: CanaryStage): Promise<boolean>;
}

const STATUS = 400;
const asksOf = (seen: CanaryStage['provider']['seen']) => seen.filter(({ path }) => path === '/asked').map(({ body }) => body);
const grantsOf = (seen: CanaryStage['provider']['seen']) => seen.filter(({ path, body }) => path === '/token' && body.grant_type === 'client_credentials');

/** Lets a fresh login refuse a call; says what n8n asked the credential, and what it had stored then. */
async function refresh(stage: CanaryStage, status: number | number[] = STATUS) {
	const credential = await stage.credential(OAUTH2);
	let stored: Record<string, unknown> = {};
	const seen = await stage.during(async () => (stored = await stage.run('refresh', { status }, { credential })));
	return { asks: asksOf(seen), grants: grantsOf(seen), stored };
}

const login: Behaviour[] = [
	{
		name: 'asks an OAuth2 credential before each call (preAuthentication)',
		leans: 'starting the exchange of a Facebook Login inside n8n',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage)).asks[0]?.token === 'short',
	},
	{
		name: 'starts the refresh of an OAuth2 token at a status that is given as one number',
		leans: 'starting the exchange of a Facebook Login inside n8n',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage, STATUS)).grants.length === 1,
	},
	{
		name: 'starts it at a status out of a list',
		leans: 'nothing so far: the number does for all',
		since: '2.40',
		shows: async (stage) => (await refresh(stage, [STATUS, 401])).grants.length === 1,
	},
	{
		name: 'asks the credential again inside the refresh, and stores what it says',
		leans: 'storing the lasting tokens of a Facebook Login in a documented way',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage)).stored.token === 'lasting',
	},
	{
		name: 'lets the credential find in the refresh what it left beside the token data',
		leans: 'carrying the token to exchange into the refresh',
		since: '2.20.12',
		shows: async (stage) => (await refresh(stage)).asks.at(-1)?.beside === 'short',
	},
	{
		name: 'stores nothing of that',
		leans: 'leaving no short token behind',
		shows: async (stage) => (await refresh(stage)).stored.isBesideStored === false,
	},
	{
		name: 'keeps the old token data in a refresh',
		leans: 'nothing so far: the token to exchange waits beside it',
		since: '2.27',
		shows: async (stage) => (await refresh(stage)).asks.at(-1)?.extra === 'of the person' && (await refresh(stage)).asks.length > 1,
	},
	{
		name: 'refreshes a credential once for executions that start together',
		leans: 'one exchange for several processes; within one process the package sees to it',
		since: '2.31',
		shows: async (stage) => {
			const credential = await stage.credential(OAUTH2);
			const flow = await stage.flow('refresh', { status: STATUS }, { credential });
			const seen = await stage.during(async () => await Promise.all(Array.from({ length: 5 }, async () => await flow.start())));
			return grantsOf(seen).length === 1;
		},
	},
	{
		name: 'hands nodes the function that stores token data (updateCredentialsOauthTokenData)',
		leans: 'storing an Instagram Login, and a Facebook Login where the refresh does not do it',
		shows: async (stage) => (await stage.run('store', {}, { credential: await stage.credential(OAUTH2) })).token === 'stored',
	},
	{
		name: 'stores with it the token data and no other field',
		leans: 'leaving the fields of the operator as they are',
		shows: async (stage) => (await stage.run('store', {}, { credential: await stage.credential(OAUTH2) })).clientId === 'id',
	},
	{
		name: 'signs with a token deep in the token data (oauth2.property), or puts it into a header as it is',
		leans: 'signing with Page tokens, and for the upload host',
		shows: async (stage) => {
			const credential = await stage.credential(OAUTH2);
			await stage.run('store', {}, { credential });
			const { bearer, plain } = await stage.run('sign', {}, { credential });
			return bearer === 'Bearer nested' && plain === 'nested';
		},
	},
	{
		name: 'renews the expirable field of a credential when authenticate fails with 401, and stores it',
		leans: 'opening and renewing the session of a pasted token',
		shows: async (stage) => {
			const { authorization, stored } = await stage.run('renew', {}, { credential: await stage.credential(TOKEN) });
			return authorization === 'Bearer renewed' && stored === 'renewed';
		},
	},
];

/** Activates the probe's trigger; says what it told, and where it listens. */
async function trigger(stage: CanaryStage) {
	const webhookId = `trigger-${Math.random().toString(36).slice(2)}`;
	const { id } = await stage.client.workflows.import({
		name: webhookId,
		nodes: [{ id: 'trigger', name: 'Trigger', type: 'n8n-nodes-canary.canaryTrigger', typeVersion: 2, position: [0, 0], webhookId, parameters: { baseUrl: stage.provider.url } }],
		connections: {},
	});
	const told = (await stage.during(async () => await stage.client.workflows.activate(id))).filter(({ path }) => path === '/told').map(({ body }) => body);
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
const deliver = async (url: string, headers: Record<string, string> = {}) => await fetch(url, { method: 'POST', body: BODY, headers: { 'content-type': 'application/json', ...headers } });

const triggers: Behaviour[] = [
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
			return data.resultData.runData.Trigger?.at(-1)?.data?.main?.[0]?.[0].json.raw === Buffer.from(BODY).toString('base64');
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
];

/** Which output an item takes that the node put out with `onError: continueErrorOutput`. */
async function outputsOf(stage: CanaryStage, item: object): Promise<number[]> {
	const flow = await stage.flow('', { items: [item] }, { settings: { onError: 'continueErrorOutput' } as Partial<WorkflowNode> });
	await flow.start();
	const { data } = await stage.client.executions.waitFor(flow.id);
	return (data.resultData.runData.Canary?.at(-1)?.data?.main ?? []).map((items) => items?.length ?? 0);
}

const actions: Behaviour[] = [
	{
		name: 'sends an item to the error output whose only key is error',
		leans: 'the error output of the Instagram node',
		shows: async (stage) => (await outputsOf(stage, { json: { error: 'why' }, pairedItem: { item: 0 } })).join() === '0,1',
	},
	{
		name: 'sends an item there that has details beside error',
		leans: 'nothing so far: one key does for all',
		since: '2.35',
		shows: async (stage) => (await outputsOf(stage, { json: { error: 'why', details: 'more' }, pairedItem: { item: 0 } })).join() === '0,1',
	},
	{
		name: 'stores the cause that a node gives to a failure of an API (credential-invalid)',
		leans: "n8n's own word that a credential is at fault",
		since: '2.37',
		shows: async (stage) => {
			const flow = await stage.flow('fail', {}, { mode: 'onReceived' });
			await flow.start();
			const { data } = await stage.client.executions.waitFor(flow.id);
			return (data.resultData.error as { failure?: { cause?: string } } | undefined)?.failure?.cause === 'credential-invalid';
		},
	},
	{
		name: 'keeps the context of a node for the next try',
		leans: 'not carrying an item out twice',
		shows: async (stage) => (await stage.run('remember', {}, { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } })).note === 'of the first try',
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
		since: '2.0',
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
			return forged.status === 401 && (await answer.text()) === 'thanks' && (await poll(isDone, { timeoutMs: 10_000, what: 'the execution to go on' }));
		},
	},
	{
		name: 'tells a node that its execution was cancelled',
		leans: 'stopping a publication that waits',
		shows: async (stage) => {
			const flow = await stage.flow('cancelled', { url: `${stage.provider.url}/told` }, { mode: 'onReceived' });
			await flow.start();
			const { id } = await stage.client.executions.waitFor(flow.id, { states: ['running'] });
			await stage.client.executions.stop(id);
			const wasTold = async () => stage.provider.seen.at(-1)?.body.happened === 'cancelled' || undefined;
			return await poll(wasTold, { timeoutMs: 5_000, what: 'the node to be told' });
		},
	},
	{
		name: 'offers an action node to AI agents, as a node of its own (usableAsTool)',
		leans: 'the Instagram tools of AI agents',
		shows: async (stage) => (await stage.client.nodes.list('n8n-nodes-canary.')).some(({ name }) => name === 'n8n-nodes-canary.canaryTool'),
	},
];

/** Everything that the package counts on. */
export const BEHAVIOURS: Behaviour[] = [...login, ...triggers, ...actions];

/** Whether a version of n8n should behave so. */
const isExpected = ({ since }: Behaviour, version: string): boolean => since === undefined || isAtLeast(version, since);

/** Names the change, or says nothing. @returns a sentence for whoever has to act on it */
export async function watch(behaviour: Behaviour, stage: CanaryStage, version: string): Promise<string | undefined> {
	let ending = '';
	const isSeen = await behaviour.shows(stage).catch((error: Error) => {
		ending = ` Its program ended with: ${error.message}`;
		return false;
	});
	if (isSeen === isExpected(behaviour, version)) return undefined;
	return `n8n ${version} ${isSeen ? 'now' : 'no longer'}: ${behaviour.name}. The package leans on it for ${behaviour.leans}.${ending}`;
}
