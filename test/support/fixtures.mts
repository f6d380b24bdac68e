import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(__dirname, '..', 'fixtures', 'webhooks');

/** The raw bytes of a recorded webhook body: what Meta signs. */
export const fixture = (name: string): Buffer => readFileSync(join(folder, `${name}.json`));

/** Names of all recorded webhook bodies. */
export const fixtureNames: string[] = readdirSync(folder)
	.map((file) => basename(file, '.json'))
	.sort();
