import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import getPort from 'get-port';
import { startFront, type Passed } from './front.mts';
import { startN8n, type RunningN8n, type StartOptions } from './start.mts';
import { createStores, type Stores } from './stores.mts';

/** How to start n8n in queue mode. */
export type QueueOptions = Omit<StartOptions, 'command' | 'port'> & {
	/** How many processes receive webhooks (default 2). */
	webhooks?: number;
	/** How many processes execute workflows (default 2). */
	workers?: number;
	/** Hears of each request right before a webhook process gets it. */
	onPass?: (passed: Passed) => void;
};

/** n8n in queue mode: each process has a home of its own, as on machines of their own. */
export type N8nQueue = {
	/** The address for Meta, without a trailing slash: all webhook processes behind one front. */
	readonly url: string;
	/** The editor, the REST API, and what sets webhooks up; it serves no production webhooks. */
	readonly main: RunningN8n;
	readonly webhooks: RunningN8n[];
	readonly workers: RunningN8n[];
	/** Reads the database that all of them share. */
	readonly query: Stores['query'];
	/** Ends every process, and removes the database and what is left in Redis. */
	close(): Promise<void>;
};

const ports = async (count: number): Promise<number[]> =>
	await Promise.all(Array.from({ length: count }, async () => await getPort({ host: '127.0.0.1' })));

/**
 * Starts n8n as more than one machine: a main process, processes for webhooks behind one address, and workers, on a
 * database and a Redis prefix of their own.
 * @throws Error with the end of a process' log when it does not start; nothing is left behind then
 * @see https://docs.n8n.io/hosting/scaling/queue-mode/
 */
export async function startQueue(options: QueueOptions): Promise<N8nQueue> {
	const { webhooks = 2, workers = 2, userFolder, onPass } = options;
	const stores = await createStores(options.n8nDir);
	const webhookPorts = await ports(webhooks);
	const webhookUrls = webhookPorts.map((port) => `http://127.0.0.1:${port}`);
	const front = await startFront(() => webhookUrls, onPass);
	const [mainPort] = await ports(1);
	const running: RunningN8n[] = [];
	const close = async () => {
		// Nothing of them is needed any more; asked politely, they would wait for executions that cannot end.
		await Promise.all(running.map(async (n8n) => await n8n.kill()));
		await front.close();
		await stores.remove();
	};

	const shared = {
		...stores.env,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${mainPort}/`,
		WEBHOOK_URL: `${front.url}/`,
		...options.env,
	};
	const start = async (
		part: Required<Pick<StartOptions, 'command' | 'port'>>,
		name: string,
		env: Record<string, string> = {},
	) => {
		const n8n = await startN8n({ ...options, ...part, userFolder: join(userFolder, name), env: { ...env, ...shared } });
		running.push(n8n);
		return n8n;
	};
	const health = (port: number) => ({
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	});
	try {
		// First and alone: it creates the tables.
		const main = await start({ command: 'start', port: mainPort }, 'main', {
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		});
		const parts = await Promise.allSettled([
			...webhookPorts.map(async (port, index) => await start({ command: 'webhook', port }, `webhook-${index + 1}`)),
			...(await ports(workers)).map(
				async (port, index) => await start({ command: 'worker', port }, `worker-${index + 1}`, health(port)),
			),
		]);
		const failed = parts.find(({ status }) => status === 'rejected');
		if (failed) throw (failed as PromiseRejectedResult).reason;
		const started = parts.map((part) => (part as PromiseFulfilledResult<RunningN8n>).value);
		return {
			url: front.url,
			main,
			webhooks: started.slice(0, webhooks),
			workers: started.slice(webhooks),
			query: stores.query,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
