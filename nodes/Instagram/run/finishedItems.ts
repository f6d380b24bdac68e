import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { MetaError } from '../../meta/errors/metaError';
import type { EarlierRun, JsonValue, Progress, Since, Taken } from '../operations/define';
import { EarlierRuns } from './earlierRuns';
import { StoredProgress } from './storedProgress';

/**
 * What is known of an item, as n8n stores it: its names must not change. `notes` is the item's progress; `since` is
 * absent where the book's counts.
 */
type StoredItem = {
	input: string;
	settings: string;
	rows?: INodeExecutionData[];
	notes: Record<string, JsonValue>;
	since?: Since;
};

/** One run of a node: which one it is, its items by their place, and from when on it has no word of the others. */
type Book = { run: number; items: Record<string, StoredItem>; since?: Since };

/** Where nobody knows whether Meta carried the item out: known to the process that saw it, for as long as the execution runs. */
const unclear = new WeakMap<Book, Map<number, MetaError>>();

const digest = (value: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(value ?? null))
		.digest('base64');

const now = (): Since => ({ at: Date.now(), isExact: true });

/** An item of this try. */
type Current = {
	entry: StoredItem;
	begin: Since;
	/** It is known that no earlier run carried it out. */
	isSettled: boolean;
};

/**
 * What a node already did in this run. n8n's "Retry On Fail", and its "Retry" of an execution that failed, run a node
 * again with all its items: those that were carried out must not be carried out twice. Lives in the node's context,
 * which n8n stores with the execution.
 */
export class FinishedItems {
	private readonly context: IDataObject & { unfinished?: Book };
	private readonly book: Book;
	private readonly settings: string;
	private readonly earlierRuns: EarlierRuns;
	/** IDs at Meta of which the stored execution, or this run, knows who made them. */
	readonly taken: Taken;
	/** Items of this try: their input does not change, and comparing it costs. */
	private readonly current = new Map<number, Current>();

	constructor(n8n: IExecuteFunctions) {
		const run = n8n.getWorkflowDataProxy(0).$runIndex as number;
		this.context = n8n.getContext('node');
		const known = this.context.unfinished;
		this.book = known?.run === run ? known : { run, items: {} };
		this.settings = digest(n8n.getNode().parameters);
		this.earlierRuns = new EarlierRuns(n8n);
		const { isRetry, since } = this.earlierRuns;
		if (isRetry) this.book.since ??= since;
		this.taken = this.earlierRuns.takenBeside(isRetry ? JSON.stringify(this.book.items) : '');
		// From now on, for an execution that n8n ends in the middle.
		this.context.unfinished = this.book;
	}

	/**
	 * The output of an item that was carried out with the same input; `undefined` when it has to be done.
	 * @throws MetaError once more where nobody knows whether Meta carried the item out; not in another execution, which is
	 *   a person's decision
	 */
	recall(index: number, input: INodeExecutionData): INodeExecutionData[] | undefined {
		const { rows } = this.currentOf(index, input).entry;
		const open = unclear.get(this.book)?.get(index);
		if (rows === undefined && open) throw open;
		return rows;
	}

	/** Notes that an item was carried out, and what it put out. */
	remember(index: number, input: INodeExecutionData, rows: INodeExecutionData[]): void {
		this.currentOf(index, input).entry.rows = rows;
	}

	/** Notes that an item failed, and from when on a retry by a person has to look for what came of it. */
	rememberFailure(index: number, input: INodeExecutionData, error: unknown): void {
		const { begin, entry, isSettled } = this.currentOf(index, input);
		if (error instanceof MetaError && error.isUnclear) {
			// Thrown once more by a later try, it is about the try that sent.
			if (isSettled || !entry.since) entry.since = begin;
			if (error.canBeLookedUp) return;
			const known = unclear.get(this.book) ?? new Map<number, MetaError>();
			unclear.set(this.book, known.set(index, error));
		} else if (isSettled) entry.since = now();
	}

	/** What an operation has done of an item so far: a retry with the same input and the same settings of the node finds it. */
	progressOf(index: number, input: INodeExecutionData): Progress {
		return new StoredProgress(this.currentOf(index, input).entry.notes);
	}

	/** What an earlier run may have done with an item; `undefined` when no person retries the execution. */
	earlierOf(index: number, input: INodeExecutionData): EarlierRun | undefined {
		const current = this.currentOf(index, input);
		const since = current.entry.since ?? this.book.since;
		if (!this.earlierRuns.isRetry || !since) return undefined;
		return { since, settle: () => (current.isSettled = true) };
	}

	private currentOf(index: number, { json }: INodeExecutionData): Current {
		const current = this.current.get(index);
		if (current) return current;
		const input = digest(json);
		const known = this.book.items[index];
		const same = known?.input === input ? known : undefined;
		// What is done stays done; what was only begun is begun anew with other settings.
		const entry: StoredItem =
			same?.rows || same?.settings === this.settings
				? same
				: { input, settings: this.settings, notes: {}, ...(same?.since ? { since: same.since } : {}) };
		if (entry !== known) unclear.get(this.book)?.delete(index);
		this.book.items[index] = entry;
		const begun = { entry, begin: now(), isSettled: false };
		this.current.set(index, begun);
		return begun;
	}

	/**
	 * Keeps what was done for a retry when an item failed, and forgets it when none did. n8n also retries a node that
	 * goes on after errors, when the first item is one.
	 */
	close(failed: boolean): void {
		this.earlierRuns.close();
		// What was not reached was not carried out: a retry need not look further back, unless this is one itself.
		if (!this.earlierRuns.isRetry) this.book.since = now();
		if (failed) this.context.unfinished = this.book;
		else if (this.context.unfinished === this.book) delete this.context.unfinished;
	}
}
