import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { MetaError } from '../meta/errors';

type Outcome = INodeExecutionData[] | MetaError;
type Finished = { input: string; outcome?: Outcome; notes: Map<string, unknown> };

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
	/** Entries of this try: its input does not change, and comparing it costs. */
	private readonly current = new Map<number, Finished>();

	constructor(n8n: IExecuteFunctions) {
		const run = n8n.getWorkflowDataProxy(0).$runIndex as number;
		this.key = [n8n.getExecutionId(), n8n.getNode().id, run].join(':');
		this.items = unfinishedRuns.get(this.key) ?? new Map<number, Finished>();
	}

	/**
	 * The output of an item that was carried out with the same input; `undefined` when it has to be done.
	 * @throws MetaError once more where nobody knows whether Meta carried the item out, and no note tells where to look
	 */
	recall(index: number, input: INodeExecutionData): INodeExecutionData[] | undefined {
		const { notes, outcome } = this.entryOf(index, input);
		if (!(outcome instanceof MetaError)) return outcome;
		if (notes.size === 0) throw outcome;
		return undefined;
	}

	remember(index: number, input: INodeExecutionData, outcome: Outcome): void {
		this.entryOf(index, input).outcome = outcome;
	}

	/** What an operation notes down about an item: a retry with the same input finds it. */
	notesOf(index: number, input: INodeExecutionData): Map<string, unknown> {
		return this.entryOf(index, input).notes;
	}

	private entryOf(index: number, { json }: INodeExecutionData): Finished {
		const seen = this.current.get(index);
		if (seen) return seen;
		const input = JSON.stringify(json);
		const known = this.items.get(index);
		const entry: Finished = known?.input === input ? known : { input, notes: new Map() };
		this.items.set(index, entry);
		this.current.set(index, entry);
		return entry;
	}

	/**
	 * Keeps what was done for a retry when an item failed, and forgets it when none did. n8n also retries a node that
	 * goes on after errors, when the first item is one.
	 */
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
