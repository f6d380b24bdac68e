// Runs the tests of this folder where PostgreSQL and Redis are; elsewhere it says what is missing.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { missingStores } from '../../sandbox/n8n/stores.mts';

const missing = await missingStores();
if (missing !== undefined) {
	console.error(missing);
	process.exit(1);
}
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const args = [
	path('../../node_modules/jest/bin/jest.js'),
	'--config',
	path('jest.config.cjs'),
	'--runInBand',
	...process.argv.slice(2),
];
const jest = spawn(process.execPath, args, { stdio: 'inherit' });
jest.once('close', (code) => process.exit(code ?? 1));
