import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { MetaError } from '../meta/errors';

type Outcome = INodeExecutionData[] | MetaError;
type Finished = { input: string; outcome: Outcome };

/** Runs of a node that failed in the middle, by execution, node and run; the newest ones only. */
const unfinishedRuns = new Map<string, Map<number, Finished>>();
const MAX_RUNS = 100;

/**
 * What a node already did in this run. n8n's "Retry On Fail" runs a node again with all its items: those that were
 * carried out must not be carried out twice. Lives in memory, as the retry does.
 */
export class FinishedItems {
	private readonly key: string;
	private readonly items: Map<number, Finished>;

	constructor(n8n: IExecuteFunctions) {
		const run = n8n.getWorkflowDataProxy(0).$runIndex as number;
		this.key = [n8n.getExecutionId(), n8n.getNode().id, run].join(':');
		this.items = unfinishedRuns.get(this.key) ?? new Map<number, Finished>();
	}

	/**
	 * The output of an item that was carried out with the same input; `undefined` when it has to be done.
	 * @throws MetaError once more where nobody knows whether Meta carried the item out
	 */
	recall(index: number, input: INodeExecutionData): INodeExecutionData[] | undefined {
		const known = this.items.get(index);
		if (known?.input !== JSON.stringify(input.json)) return undefined;
		if (known.outcome instanceof MetaError) throw known.outcome;
		return known.outcome;
	}

	remember(index: number, input: INodeExecutionData, outcome: Outcome): void {
		this.items.set(index, { input: JSON.stringify(input.json), outcome });
	}

	/** Keeps what was done for a retry when the node fails, and forgets it when it succeeds. */
	close(failed: boolean): void {
		unfinishedRuns.delete(this.key);
		if (!failed) return;
		unfinishedRuns.set(this.key, this.items);
		for (const oldest of unfinishedRuns.keys()) {
			if (unfinishedRuns.size <= MAX_RUNS) break;
			unfinishedRuns.delete(oldest);
		}
	}
}
