import { readExecution } from '../storedExecution.mts';
import { poll, type Session } from './session.mts';

const DEFAULT_TIMEOUT_MS = 30_000;
const LIST_LIMIT = 100;

/** n8n's names for the state of an execution. */
export type ExecutionStatus = 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';

/** An execution without its data. */
export type ExecutionSummary = {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	startedAt: string;
	stoppedAt?: string;
};

type NodeRun = {
	data?: { main?: Array<Array<{ json: Record<string, unknown>; binary?: unknown }> | null> };
	error?: RawError;
	executionStatus?: string;
	/** Milliseconds. */
	executionTime?: number;
};

type RawError = {
	name?: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	node?: { name: string };
	context?: Record<string, unknown>;
	stack?: string;
};

/** An execution with its data, as the editor shows it. */
export type Execution = ExecutionSummary & {
	data: {
		resultData: { runData: Record<string, NodeRun[]>; error?: RawError; lastNodeExecuted?: string };
		[key: string]: unknown;
	};
};

/** Why an execution failed. */
export type ExecutionError = {
	name: string;
	message: string;
	description: string | undefined;
	/** Name of the node that failed. */
	node: string | undefined;
	/** HTTP status as text, for errors that came from an API. */
	httpCode: string | undefined;
	context: Record<string, unknown>;
};

/** What a manual run did: it executed, or a trigger now listens for one test event. */
export type ManualRun = { executionId: string } | { waitingForWebhook: true };

const FINISHED: ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled', 'unknown'];

/** Reads executions and starts manual ones. */
export class Executions {
	readonly #session: Session;

	constructor(session: Session) {
		this.#session = session;
	}

	/** The latest executions of a workflow (at most 100), newest first. */
	async list(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const path = `/executions?limit=${LIST_LIMIT}&filter=${filter}`;
		return (await this.#session.call<{ results: ExecutionSummary[] }>('GET', path)).results;
	}

	/** The id of the newest execution, or undefined; remember it before causing one to wait for. */
	async latestId(workflowId: string): Promise<string | undefined> {
		return (await this.list(workflowId))[0]?.id;
	}

	async get(id: string): Promise<Execution> {
		const execution = await this.#session.call<ExecutionSummary & { data: string }>('GET', `/executions/${id}`);
		return { ...execution, data: readExecution<Execution['data']>(execution.data) };
	}

	/**
	 * Waits for an execution to reach one of `states`.
	 * @param after only executions newer than this id, the oldest of them; without it, the newest one
	 * @param states default: every final state; pass `['waiting']` for an execution that pauses
	 * @throws Error after `timeoutMs` (default 30 seconds), with the states seen
	 */
	async waitFor(
		workflowId: string,
		{ after, states = FINISHED, timeoutMs = DEFAULT_TIMEOUT_MS }: WaitOptions = {},
	): Promise<Execution> {
		const probe = async () => {
			const all = await this.list(workflowId);
			const newer = after === undefined ? all.slice(0, 1) : all.filter(({ id }) => +id > +after);
			const candidate = newer.at(-1);
			return candidate && states.includes(candidate.status) ? candidate.id : undefined;
		};
		const what = `an execution of workflow ${workflowId} to be ${states.join(' or ')}`;
		return await this.get(await poll(probe, { timeoutMs, what }));
	}

	/**
	 * Runs a stored workflow as the editor's "Execute workflow" does, starting at `trigger`.
	 * @param until run only up to and including this node
	 */
	async run(workflowId: string, { trigger, until }: { trigger: string; until?: string }): Promise<ManualRun> {
		return await this.#session.call<ManualRun>('POST', `/workflows/${workflowId}/run`, {
			workflowData: await this.#session.call('GET', `/workflows/${workflowId}`), // n8n 1 runs what it is sent
			triggerToStartFrom: { name: trigger },
			destinationNode: until === undefined ? undefined : { nodeName: until, mode: 'inclusive' },
		});
	}

	/** Ends an execution that is queued, running or waiting, or that n8n takes for such; it is `canceled` then. */
	async stop(id: string): Promise<void> {
		await this.#session.call('POST', `/executions/${id}/stop`);
	}

	/**
	 * Runs an execution that did not succeed again, with the data it started with, as the editor's "Retry" does.
	 * @returns the new execution, which has ended
	 * @throws N8nError when n8n takes it for queued, or kept nothing that could be run again
	 */
	async retry(id: string): Promise<ExecutionSummary> {
		return await this.#session.call<ExecutionSummary>('POST', `/executions/${id}/retry`, { loadWorkflow: false });
	}

	/**
	 * "Listen for test event" of a trigger; the next call of its test URL runs the workflow. Ends by itself
	 * after one event or two minutes.
	 * @param until default: the trigger alone
	 */
	async listen(workflowId: string, trigger: string, { until = trigger } = {}): Promise<void> {
		const outcome = await this.run(workflowId, { trigger, until });
		if ('waitingForWebhook' in outcome) return;
		throw new Error(`Node "${trigger}" does not listen: it ran as execution ${outcome.executionId}.`);
	}

	/**
	 * Ends `listen` before an event came, as the editor's "Stop listening" does. n8n answers first and runs the
	 * trigger's `delete` right after; nothing in its API tells when that is done.
	 */
	async stopListening(workflowId: string): Promise<void> {
		await this.#session.call('DELETE', `/test-webhook/${workflowId}`);
	}
}

/** See `Executions.waitFor`. */
export type WaitOptions = {
	after?: string;
	states?: ExecutionStatus[];
	timeoutMs?: number;
};

/** The json of the items a node put out in its last run; `output` is the index of the branch. */
export function outputOf(execution: Execution, nodeName: string, output = 0): Record<string, unknown>[] {
	const run = execution.data.resultData.runData[nodeName]?.at(-1);
	if (!run) {
		const ran = Object.keys(execution.data.resultData.runData).join(', ') || 'none';
		const why = errorOf(execution)?.message;
		throw new Error(`Node "${nodeName}" did not run (ran: ${ran})${why ? `; error: ${why}` : ''}.`);
	}
	return (run.data?.main?.[output] ?? []).map(({ json }) => json);
}

/** The error that ended an execution, or undefined when it did not fail. */
export function errorOf(execution: Execution): ExecutionError | undefined {
	const { error, lastNodeExecuted } = execution.data.resultData;
	if (!error) return undefined;
	return {
		name: error.name ?? 'Error',
		message: error.message,
		description: error.description ?? undefined,
		node: error.node?.name ?? lastNodeExecuted,
		httpCode: error.httpCode ?? undefined,
		context: error.context ?? {},
	};
}
