import { DataDeduplicationService } from 'n8n-core';
import type { ICheckProcessedContextData, ICheckProcessedOptions, IDataDeduplicator } from 'n8n-workflow';

type Items = Parameters<IDataDeduplicator['checkProcessedAndRecord']>[0];

/**
 * n8n's list of what was processed, in memory instead of its database, with the same three steps: read, compare, write.
 * Between them others may come in, as with several processes; a list can be begun by one alone.
 */
export class MemoryDeduplicator {
	lists = new Map<string, string[]>();
	/** How often the list was written. */
	writes = 0;
	/** Called between reading and writing. */
	between: () => void | Promise<void> = () => {};

	private keyOf(scope: string, { node, workflow }: ICheckProcessedContextData) {
		return `${workflow.id}:${scope === 'node' ? node?.id : ''}`;
	}

	async checkProcessedAndRecord(
		items: Items,
		scope: string,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	) {
		const key = this.keyOf(scope, context);
		const read = this.lists.get(key);
		const known = [...(read ?? [])];
		await this.between();
		const fresh = items.map(String).filter((item) => !known.includes(item));
		if (!read && this.lists.has(key)) throw new Error('duplicate key value violates unique constraint');
		this.writes++;
		this.lists.set(key, [...known, ...fresh].slice(-(options.maxEntries ?? Infinity)));
		return { new: fresh, processed: items.map(String).filter((item) => known.includes(item)) };
	}

	async getProcessedDataCount(scope: string, context: ICheckProcessedContextData) {
		return await Promise.resolve(this.lists.get(this.keyOf(scope, context))?.length ?? 0);
	}
}

let installed: MemoryDeduplicator | undefined;

/** Gives n8n-core an empty list; n8n-core takes one per process. */
export async function memoryDeduplicator(): Promise<MemoryDeduplicator> {
	if (!installed) {
		installed = new MemoryDeduplicator();
		await DataDeduplicationService.init(installed as unknown as IDataDeduplicator);
	}
	installed.lists = new Map();
	installed.writes = 0;
	installed.between = () => {};
	return installed;
}
