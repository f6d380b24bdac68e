import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');

/** A source file by its path from the root of the repository. */
export type Source = { path: string; text: string };

export function readText(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}
export function readJson<T>(path: string): T {
	return JSON.parse(readText(path)) as T;
}

/** Every file below a folder whose name ends so, installed packages aside. */
export function sourcesIn(folder: string, ending: string): Source[] {
	return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(path, ending);
		return entry.name.endsWith(ending) ? [{ path, text: readText(path) }] : [];
	});
}

/** Goes through every node of a file's syntax tree. */
export function visit({ path, text }: Source, look: (node: ts.Node) => void): void {
	const walk = (node: ts.Node): void => {
		look(node);
		ts.forEachChild(node, walk);
	};
	walk(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
}

/** What a file imports, in any way that TypeScript has; relative paths are given from the root. */
export function importsOf(source: Source): string[] {
	const found: string[] = [];
	const add = (node: ts.Node | undefined) => {
		if (node && ts.isStringLiteralLike(node)) found.push(node.text);
	};
	visit(source, (node) => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
		if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
		if (ts.isExternalModuleReference(node)) add(node.expression);
		if (!ts.isCallExpression(node)) return;
		const { expression } = node;
		if (
			expression.kind === ts.SyntaxKind.ImportKeyword ||
			(ts.isIdentifier(expression) && expression.text === 'require')
		)
			add(node.arguments[0]);
	});
	return found.map((name) =>
		name.startsWith('.') ? relative('.', normalize(join(dirname(source.path), name))) : name,
	);
}

/** Names under which a file exports what it declares by another name, as in `export { deletePost as delete }`. */
function aliasesIn(source: Source): Map<string, string> {
	const found = new Map<string, string>();
	visit(source, (node) => {
		if (ts.isExportSpecifier(node) && node.propertyName) found.set(node.propertyName.text, node.name.text);
	});
	return found;
}

/** Names of exported constants that are made by calling `maker`, as in `export const hide = operation({ .. })`. */
export function madeBy(source: Source, maker: string): string[] {
	const aliases = aliasesIn(source);
	const found: string[] = [];
	visit(source, (node) => {
		if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isCallExpression(node.initializer)) return;
		const name = node.name.getText();
		if (ts.isIdentifier(node.initializer.expression) && node.initializer.expression.text === maker)
			found.push(aliases.get(name) ?? name);
	});
	return found;
}
