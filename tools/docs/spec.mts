import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Context from '../../nodes/Instagram/operations/context.ts';
import type * as Operations from '../../nodes/Instagram/operations/index.ts';
import { rehearse, type RehearsedCall } from './rehearse.mts';
import { EXCEPTIONS } from './specExceptions.mts';
import { check, readDescription } from './specRules.mts';

const [folder] = process.argv.slice(2);
if (!folder) {
	console.error(
		"Name the folder with Meta's description: npm run spec -- <folder>. It is api_specs/specs of facebook-business-sdk-codegen at GitHub.",
	);
	process.exit(2);
}

const require = createRequire(import.meta.url);
const built = (path: string): unknown =>
	require(join(import.meta.dirname, '../../dist/nodes/Instagram/operations', path));
const { resources } = built('index') as typeof Operations;
const { runContext } = built('context') as typeof Context;

const calls: RehearsedCall[] = [];
const { faults } = await rehearse(resources, runContext, (call) => calls.push(call));
const { findings, notInFolder, parameters, requests, unexplained } = check(calls, readDescription(folder));
const called = new Set(calls.map(({ operation }) => operation));
const all = resources.flatMap(({ name, operations }) => operations.map((operation) => `${name}: ${operation.name}`));
const silent = all.filter((name) => !called.has(name));
const unexpected = findings.filter(({ at }) => !(at in EXCEPTIONS));
const unused = Object.keys(EXCEPTIONS).filter((at) => !findings.some((finding) => finding.at === at));

console.log(
	`${requests} requests of ${called.size} of ${all.length} operations; ${notInFolder} of them to nodes that this folder lacks`,
);
console.log(`${parameters} parameters checked, ${unexplained} of them of a type that the description only names`);
console.log(`${Object.keys(EXCEPTIONS).length} exceptions with a reason`);
if (silent.length > 0) console.log(`no call in the rehearsal: ${silent.join(', ')}`);
for (const { at, operations: by, what } of unexpected) console.error(`${at}: ${what} (${[...by].sort().join(', ')})`);
for (const at of unused)
	console.error(`${at}: this exception is not needed any more, take it out of tools/docs/specExceptions.mts`);
for (const fault of faults) console.error(fault);
process.exit(unexpected.length + unused.length + faults.length > 0 ? 1 : 0);
