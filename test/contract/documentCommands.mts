import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { readJson, readText, visit } from '../support/sources.mts';
import { SUITES } from '../versions/suites.mts';
import { codeIn, matches, type Document } from './documents.mts';

const root = join(__dirname, '../..');
const { scripts } = readJson<{ scripts: Record<string, string> }>('package.json');
/** The benches that there are. */
export const benches = new Set<string>();
visit({ path: 'bench/main.mts', text: readText('bench/main.mts') }, (node) => {
	if (
		!ts.isVariableDeclaration(node) ||
		node.name.getText() !== 'benches' ||
		!node.initializer ||
		!ts.isObjectLiteralExpression(node.initializer)
	)
		return;
	for (const bench of node.initializer.properties) benches.add(bench.name?.getText() ?? '');
});

/** Commands that nothing runs, and their arguments that name nothing. */
export function commandFaults({ text }: Document): string[] {
	const faults = matches(text, /npm run ([\w:]+)|npm (start|test)\b/g)
		.filter((script) => !(script in scripts))
		.map((script) => `no script "${script}"`);
	const named = matches(text, /npm run bench -- (\w+)/g);
	// The table of commands lists them all.
	const row = text.split('\n').find((line) => line.includes('npm run bench -- <name>'));
	if (row) named.push(...codeIn(row.split('|')[2]));
	faults.push(...named.filter((bench) => !benches.has(bench)).map((bench) => `no bench "${bench}"`));
	if (row)
		faults.push(
			...[...benches].filter((bench) => !named.includes(bench)).map((bench) => `bench "${bench}" is missing`),
		);
	faults.push(
		...matches(text, /npm test -- ([\w/]+)/g)
			.filter((path) => !existsSync(join(root, path)))
			.map((path) => `no tests "${path}"`),
	);
	const files = SUITES.flatMap((suite) => suite.files.map((file) => basename(file)));
	faults.push(
		...matches(text, /--only=([\w,]+)/g)
			.flatMap((list) => list.split(','))
			.filter((file) => !files.includes(file))
			.map((file) => `no suite "${file}"`),
	);
	return faults;
}
