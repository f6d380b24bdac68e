import { setTimeout as delay } from 'node:timers/promises';
import type { Execution, ExecutionStatus, N8nClient } from '../../../sandbox/n8n/drive.mts';
import { idOf, type RawEvent } from './ids.mts';

const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];

/** IDs and states of all executions of a workflow, from n8n's database: its API shows them in pages that shift. */
export type ListExecutions = () => Promise<Array<{ id: string; status: ExecutionStatus }>>;

/** What one execution did with the events of a storm. */
export type Outcome = {
	id: string;
	status: ExecutionStatus;
	/** IDs of the events that it was started with, from its own data. */
	started: string[];
	/** IDs of the events that came out at the end of the workflow. */
	ended: string[];
};

type Items = Array<Array<{ json: { raw?: RawEvent } }> | null> | undefined;

const idsIn = (outputs: Items): string[] =>
	(outputs ?? [])
		.flatMap((items) => items ?? [])
		.map(({ json }) => json.raw && idOf(json.raw))
		.filter((id) => id !== undefined);

// An execution that was cut off has no output of its trigger, but still lists what the trigger was given.
function startedWith({ data }: Execution): string[] {
	const { nodeExecutionStack = [] } = (data.executionData ?? {}) as {
		nodeExecutionStack?: Array<{ node: { name: string }; data: { main: Items } }>;
	};
	const waiting = nodeExecutionStack
		.filter(({ node }) => node.name === 'Trigger')
		.flatMap((entry) => idsIn(entry.data.main));
	const put = (data.resultData.runData.Trigger ?? []).flatMap((run) => idsIn(run.data?.main as Items));
	return [...new Set([...waiting, ...put])];
}

const endedWith = ({ data }: Execution): string[] =>
	(data.resultData.runData.End ?? []).flatMap((run) => idsIn(run.data?.main as Items));

/** Reads every execution with its data. */
export async function readOutcomes(client: N8nClient, list: ListExecutions): Promise<Outcome[]> {
	const found: Outcome[] = [];
	for (const { id, status } of await list()) {
		const execution = await client.executions.get(id);
		found.push({ id, status, started: startedWith(execution), ended: endedWith(execution) });
	}
	return found;
}

/** Waits until no execution is in hand, or those that are have stood still for `quietMs`: their process is gone. */
export async function settle(list: ListExecutions, { quietMs = 10_000, timeoutMs = 120_000 } = {}): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	let [before, since] = ['', Date.now()];
	for (;;) {
		const unfinished = (await list()).filter(({ status }) => UNFINISHED.includes(status));
		const now = unfinished.map(({ id, status }) => id + status).join();
		if (now !== before) [before, since] = [now, Date.now()];
		if (unfinished.length === 0 || Date.now() - since > quietMs) return;
		if (Date.now() > deadline)
			throw new Error(`n8n still works on ${unfinished.length} executions after ${timeoutMs / 1000} s`);
		await delay(500);
	}
}

/** How often each ID occurs. */
export function countEach(ids: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
	return counts;
}

/** IDs of events that came out at the end of the workflow in no execution. */
export function missing(genuine: string[], outcomes: Outcome[]): string[] {
	const ended = new Set(outcomes.flatMap((outcome) => outcome.ended));
	return genuine.filter((id) => !ended.has(id));
}

/**
 * Does what an operator does after a crash: runs those executions again that ended in the middle, if one of their
 * events came out nowhere else. Some n8n still takes for queued or running, though their process is gone: those are
 * stopped first.
 * @returns how many were run again, by the state that they were found in
 */
export async function retryWhatIsMissing(
	client: N8nClient,
	genuine: string[],
	outcomes: Outcome[],
): Promise<Partial<Record<ExecutionStatus, number>>> {
	const open = new Set(missing(genuine, outcomes));
	const retried: Partial<Record<ExecutionStatus, number>> = {};
	for (const { id, status, started } of outcomes) {
		if (status === 'success' || !started.some((event) => open.has(event))) continue;
		if (UNFINISHED.includes(status)) await client.executions.stop(id);
		await client.executions.retry(id);
		for (const event of started) open.delete(event);
		retried[status] = (retried[status] ?? 0) + 1;
	}
	return retried;
}
