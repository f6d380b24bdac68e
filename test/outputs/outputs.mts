import { SEND_AND_WAIT_OPERATION, type IDataObject } from 'n8n-workflow';
import { ANSWER_FIELD } from '../../nodes/Instagram/sendAndWait/pages.ts';
import { schemaOf, type Schema } from '../../docs/schema.mts';
import { answerWaiting } from '../support/answers.mts';
import * as content from './inputs/content.mts';
import * as talks from './inputs/talks.mts';
import { openWorld, type Ways } from './world.mts';

const INPUTS: Record<string, Record<string, Ways>> = { ...content, ...talks };

/** What a paused execution goes on with: the person's answer takes the place of what the run itself put out. */
const answers = async (parameters: IDataObject): Promise<IDataObject[]> =>
	((await answerWaiting({ body: { [ANSWER_FIELD]: 'Friday' } }, { parameters })).items ?? []).map(({ json }) => json);

/** The schema of what an operation puts out by default, from real runs at a sandbox of its own. */
export async function outputOf(resource: string, operation: string): Promise<Schema> {
	const world = await openWorld();
	try {
		const items: IDataObject[] = [];
		for (const parameters of (await INPUTS[resource]?.[operation]?.(world)) ?? [{}]) {
			const own = await world.run(resource, operation, parameters);
			items.push(...(operation === SEND_AND_WAIT_OPERATION ? await answers(parameters) : own));
		}
		if (items.length === 0) throw new Error(`${resource}/${operation} put out no items`);
		return schemaOf(items);
	} finally {
		await world.close();
	}
}
