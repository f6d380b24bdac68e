import type { IDataObject } from 'n8n-workflow';
import { schemaOf, type Schema } from '../../docs/schema.mts';
import * as content from './inputs/content.mts';
import * as talks from './inputs/talks.mts';
import { openWorld, type Ways } from './world.mts';

const INPUTS: Record<string, Record<string, Ways>> = { ...content, ...talks };

/** The schema of what an operation puts out by default, from real runs at a sandbox of its own. */
export async function outputOf(resource: string, operation: string): Promise<Schema> {
	const world = await openWorld();
	try {
		const items: IDataObject[] = [];
		for (const parameters of (await INPUTS[resource]?.[operation]?.(world)) ?? [{}]) items.push(...(await world.run(resource, operation, parameters)));
		if (items.length === 0) throw new Error(`${resource}/${operation} put out no items`);
		return schemaOf(items);
	} finally {
		await world.close();
	}
}
