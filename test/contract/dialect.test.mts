import ts from 'typescript';
import { sourcesIn, visit, type Source } from '../support/sources.mts';

const FOLDERS: Array<[string, string]> = [
	['nodes', '.ts'],
	['credentials', '.ts'],
	['sandbox', '.mts'],
	['test', '.mts'],
	['bench', '.mts'],
	['tools', '.mts'],
];

const isExported = (node: ts.VariableStatement) =>
	node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** What is said in another way than everywhere else: an interface, an exported arrow function without a type of its own. */
function otherWords(source: Source): string[] {
	const found: string[] = [];
	visit(source, (node) => {
		if (ts.isInterfaceDeclaration(node)) found.push(`interface ${node.name.text}: a type`);
		if (!ts.isVariableStatement(node) || !isExported(node)) return;
		for (const { name, type, initializer } of node.declarationList.declarations) {
			if (initializer && ts.isArrowFunction(initializer) && !type) found.push(`${name.getText()}: a function`);
		}
	});
	return found;
}

describe('the dialect', () => {
	it.each(FOLDERS)('is the same in all of %s', (folder, ending) => {
		const sources = sourcesIn(folder, ending);
		expect(sources.length).toBeGreaterThan(4);
		expect(sources.flatMap((source) => otherWords(source).map((word) => `${source.path}: ${word}`))).toEqual([]);
	});

	it('is told from another one', () => {
		const said = (text: string) => otherWords({ path: 'nodes/planted.ts', text });
		expect(said('export interface A { a: string }')).toEqual(['interface A: a type']);
		expect(said('interface A { a: string }')).toEqual(['interface A: a type']);
		expect(said('export const twice = (n: number) => 2 * n;')).toEqual(['twice: a function']);
		expect(
			said('const twice = (n: number) => 2 * n; export const read: Reader = (x) => x; export type A = { a: string };'),
		).toEqual([]);
	});
});
