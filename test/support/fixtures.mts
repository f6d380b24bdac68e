import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(__dirname, '..', 'fixtures', 'webhooks');

/** The raw bytes of a recorded webhook body: what Meta signs. */
export function fixture(name: string): Buffer {
	return readFileSync(join(folder, `${name}.json`));
}

/** Names of all recorded webhook bodies. */
export const fixtureNames: string[] = readdirSync(folder)
	.map((file) => basename(file, '.json'))
	.sort();
