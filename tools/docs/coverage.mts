import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Context from '../../nodes/Instagram/operations/context.ts';
import type * as Operations from '../../nodes/Instagram/operations/index.ts';
import { judge } from './edgeReport.mts';
import { EDGES } from './edges.mts';
import { rehearse } from './rehearse.mts';

const require = createRequire(import.meta.url);
const built = (path: string): unknown =>
	require(join(import.meta.dirname, '../../dist/nodes/Instagram/operations', path));

const { resources } = built('index') as typeof Operations;
const { runContext } = built('context') as typeof Context;

const { nodes, faults } = judge(EDGES, await rehearse(resources, runContext));
for (const { node, covered, leftOut, edges } of nodes) {
	console.log(
		`${node.padEnd(22)} ${String(covered.length).padStart(3)} of ${String(edges.length).padStart(3)} edges${leftOut.length > 0 ? `, ${leftOut.length} left out with a reason` : ''}`,
	);
}
const sum = (count: (node: (typeof nodes)[number]) => number): number =>
	nodes.reduce((total, node) => total + count(node), 0);
console.log(
	`${'all'.padEnd(22)} ${String(sum(({ covered }) => covered.length)).padStart(3)} of ${String(sum(({ edges }) => edges.length)).padStart(3)} edges, ${sum(({ leftOut }) => leftOut.length)} left out with a reason`,
);
for (const fault of faults) console.error(fault);
process.exit(faults.length > 0 ? 1 : 0);
