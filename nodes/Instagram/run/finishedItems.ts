import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { MetaError } from '../../meta/errors/metaError';
import { StoredProgress } from './storedProgress';
import type { Progress } from '../operations/define';

type ItemOutcome = INodeExecutionData[] | MetaError;

/** What is known of an item, as n8n stores it: its names must not change. `notes` is the item's progress. */
type StoredItem = { input: string; settings: string; rows?: INodeExecutionData[]; notes: IDataObject };

/** One run of a node: which one it is, and its items by their place. */
type Book = { run: number; items: Record<string, StoredItem> };

/** Where nobody knows whether Meta carried the item out: known to the process that saw it, for as long as the execution runs. */
const unclear = new WeakMap<Book, Map<number, MetaError>>();

const digest = (value: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(value ?? null))
		.digest('base64');

/**
 * What a node already did in this run. n8n's "Retry On Fail", and its "Retry" of an execution that failed, run a node
 * again with all its items: those that were carried out must not be carried out twice. Lives in the node's context,
 * which n8n stores with the execution.
 */
export class FinishedItems {
	private readonly context: IDataObject & { unfinished?: Book };
	private readonly book: Book;
	private readonly settings: string;
	/** Entries of this try: its input does not change, and comparing it costs. */
	private readonly current = new Map<number, StoredItem>();

	constructor(n8n: IExecuteFunctions) {
		const run = n8n.getWorkflowDataProxy(0).$runIndex as number;
		this.context = n8n.getContext('node');
		const known = this.context.unfinished;
		this.book = known?.run === run ? known : { run, items: {} };
		this.settings = digest(n8n.getNode().parameters);
		// From now on, for an execution that n8n ends in the middle.
		this.context.unfinished = this.book;
	}

	/**
	 * The output of an item that was carried out with the same input; `undefined` when it has to be done.
	 * @throws MetaError once more where nobody knows whether Meta carried the item out, and no progress tells where to look;
	 *   not in another execution, which is a person's decision
	 */
	recall(index: number, input: INodeExecutionData): INodeExecutionData[] | undefined {
		const { notes, rows } = this.entryOf(index, input);
		const open = unclear.get(this.book)?.get(index);
		if (rows === undefined && open && Object.keys(notes).length === 0) throw open;
		return rows;
	}

	remember(index: number, input: INodeExecutionData, outcome: ItemOutcome): void {
		const entry = this.entryOf(index, input);
		if (!(outcome instanceof MetaError)) {
			entry.rows = outcome;
			return;
		}
		const known = unclear.get(this.book) ?? new Map<number, MetaError>();
		unclear.set(this.book, known.set(index, outcome));
	}

	/** What an operation has done of an item so far: a retry with the same input and the same settings of the node finds it. */
	progressOf(index: number, input: INodeExecutionData): Progress {
		return new StoredProgress(this.entryOf(index, input).notes);
	}

	private entryOf(index: number, { json }: INodeExecutionData): StoredItem {
		const current = this.current.get(index);
		if (current) return current;
		const input = digest(json);
		const known = this.book.items[index];
		const same = known?.input === input ? known : undefined;
		// What is done stays done; what was only begun is begun anew with other settings.
		const entry: StoredItem =
			same?.rows || same?.settings === this.settings ? same : { input, settings: this.settings, notes: {} };
		if (entry !== known) unclear.get(this.book)?.delete(index);
		this.book.items[index] = entry;
		this.current.set(index, entry);
		return entry;
	}

	/**
	 * Keeps what was done for a retry when an item failed, and forgets it when none did. n8n also retries a node that
	 * goes on after errors, when the first item is one.
	 */
	close(failed: boolean): void {
		if (failed) this.context.unfinished = this.book;
		else if (this.context.unfinished === this.book) delete this.context.unfinished;
	}
}
