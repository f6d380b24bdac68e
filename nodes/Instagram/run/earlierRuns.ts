import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { DAY_MS } from '../../meta/time';
import type { Since, Taken } from '../operations/define';

/** What all nodes of the package know of an execution; n8n stores it with the execution, so its names must not change. */
type Shared = { since?: Since; taken?: Array<{ id: string; at: number }> };

/** Where nobody knows when a run began. An answer to a person goes out within a day, and so do most retries. */
const LOOK_BACK_MS = DAY_MS;

/** What is older than this lies before any look back, even if Meta's clock and this one differ. */
const RECENT_MS = 2 * 60_000;

/**
 * When the execution began that is retried. n8n tells it unless the execution was cut off before anything of it was
 * stored: then the retry itself is the first to have a beginning. Older versions of n8n tell nothing.
 */
function beginningOf(n8n: Partial<Pick<IExecuteFunctions, 'getExecutionContext'>>): Since {
	const execution = n8n.getExecutionContext?.();
	return execution && execution.source !== 'retry'
		? { at: execution.establishedAt, isExact: true }
		: { at: Date.now() - LOOK_BACK_MS, isExact: false };
}

/**
 * What an execution that a person retries may have done before, without having left word of it. n8n stores what a node
 * knows when the node has ended, at the earliest: whoever kills n8n before that leaves an execution that looks as if the
 * node had never run. A status "crashed" is nothing that a node can see, and a retry can be killed as well; so every
 * retry counts as one of a run that was cut off, from the last moment on of which the stored execution tells.
 */
export class EarlierRuns {
	/** True when a person retries an execution. */
	readonly isRetry: boolean;
	private readonly shared: Shared;

	constructor(n8n: IExecuteFunctions) {
		const execution = n8n.getContext('flow') as IDataObject & { instagram?: Shared };
		execution.instagram ??= {};
		this.shared = execution.instagram;
		this.isRetry = n8n.getMode() === 'retry';
		// A retry of the retry must look as far back, for what neither of them came to.
		if (this.isRetry) this.shared.since ??= beginningOf(n8n);
	}

	/** Where a node has to look from that left no word of its own. */
	get since(): Since | undefined {
		return this.shared.since;
	}

	/** IDs that any node of the execution found or made, and those that stand in a node's own notes. */
	takenBeside(notes: string): Taken {
		return {
			has: (id) => (this.shared.taken ?? []).some((one) => one.id === id) || notes.includes(JSON.stringify(id)),
			add: (id) => {
				(this.shared.taken ??= []).push({ id, at: Date.now() });
			},
		};
	}

	/** To be called when a node ends: what was done until now is known to whoever reads the stored execution. */
	close(): void {
		if (this.isRetry) return;
		const now = Date.now();
		this.shared.since = { at: now, isExact: true };
		this.shared.taken = (this.shared.taken ?? []).filter(({ at }) => at >= now - RECENT_MS);
	}
}
