import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The raw bytes of a recorded webhook body: what Meta signs. */
export const fixture = (name: string): Buffer => readFileSync(join(__dirname, '..', 'fixtures', 'webhooks', `${name}.json`));
