import { SEND_AND_WAIT_OPERATION, type IDataObject } from 'n8n-workflow';
import type { Operation } from '../../nodes/Instagram/operations/define.ts';
import { ANSWER_FIELD } from '../../nodes/Instagram/sendAndWait/pages.ts';
import { schemaOf, type Schema } from '../../tools/docs/schema.mts';
import { answerWaiting } from '../support/answers.mts';
import * as content from './inputs/content.mts';
import * as talks from './inputs/talks.mts';
import { openWorld, type Ways } from './world.mts';

const INPUTS: Record<string, Record<string, Ways>> = { ...content, ...talks };

/** What a paused execution goes on with: the person's answer takes the place of what the run itself put out. */
const answers = async (parameters: IDataObject): Promise<IDataObject[]> =>
	((await answerWaiting({ body: { [ANSWER_FIELD]: 'Friday' } }, { parameters })).items ?? []).map(({ json }) => json);

/** What an operation puts out: by default, and, where it can, the keys of Meta's own objects. */
export type Output = { schema: Schema; rawKeys?: string[] };

/** Reads off real runs at a sandbox of its own what an operation puts out. */
export async function outputOf(resource: string, { value, fields }: Operation): Promise<Output> {
	const world = await openWorld();
	try {
		const ways = (await INPUTS[resource]?.[value]?.(world)) ?? [{}];
		const itemsOf = async (more: IDataObject = {}) => {
			const items: IDataObject[] = [];
			for (const way of ways) {
				const own = await world.run(resource, value, { ...way, ...more });
				items.push(...(value === SEND_AND_WAIT_OPERATION ? await answers(way) : own));
			}
			if (items.length === 0) throw new Error(`${resource}/${value} put out no items`);
			return items;
		};
		const schema = schemaOf(await itemsOf());
		if (!fields.some(({ name }) => name === 'simplify')) return { schema };
		return { schema, rawKeys: [...new Set((await itemsOf({ simplify: false })).flatMap((item) => Object.keys(item)))] };
	} finally {
		await world.close();
	}
}
