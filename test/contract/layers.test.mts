import ts from 'typescript';
import { importsOf, sourcesIn, visit, type Source } from '../support/sources.mts';

const OUTSIDE = ['n8n-workflow', 'node:crypto'];
/** Folder -> what its files may import of the repository. The first match counts. */
const LAYERS: Array<[string, string[]]> = [
	['nodes/meta/', ['nodes/meta/']],
	['nodes/Instagram/operations/', ['nodes/meta/', 'nodes/Instagram/operations/']],
	['nodes/Instagram/', ['nodes/meta/', 'nodes/authentication', 'nodes/oneMessage', 'nodes/Instagram/']],
	['nodes/InstagramTrigger/events/', ['nodes/meta/', 'nodes/InstagramTrigger/events/']],
	['nodes/InstagramTrigger/', ['nodes/meta/', 'nodes/authentication', 'nodes/oneMessage', 'nodes/InstagramTrigger/']],
	['nodes/authentication', ['nodes/meta/']],
	['nodes/oneMessage', []],
	['credentials/', ['nodes/meta/', 'credentials/sharedFields', 'credentials/capabilities']],
];

/** Imports that cross a layer the wrong way. */
function layerFaults(source: Source): string[] {
	const { path } = source;
	const isLocal = (name: string) => /^(nodes|credentials|sandbox|test|docs|bench|examples)\/|^\.\./.test(name);
	if (path.startsWith('sandbox/')) return importsOf(source).filter((name) => /^(nodes|credentials|dist)\//.test(name));
	const allowed = LAYERS.find(([folder]) => path.startsWith(folder))?.[1] ?? [];
	return importsOf(source).filter((name) =>
		isLocal(name) ? !allowed.some((folder) => name.startsWith(folder)) : !OUTSIDE.includes(name),
	);
}

const CALLERS =
	/^(httpRequest|request|requestWithAuthentication|httpRequestWithAuthentication|requestOAuth1|requestOAuth2|requestWithAuthenticationPaginated)$/;

/** These files alone use n8n's request helpers. */
const HTTP_FILES = ['nodes/meta/graph/send.ts', 'nodes/meta/graph/wakeCredential.ts'];

/** Uses of n8n's request helpers. */
function httpUses(source: Source): string[] {
	const found: string[] = [];
	const isHelpers = (node: ts.Node) =>
		(ts.isPropertyAccessExpression(node) ? node.name.text : node.getText()) === 'helpers';
	visit(source, (node) => {
		if (ts.isPropertyAccessExpression(node) && isHelpers(node.expression) && CALLERS.test(node.name.text))
			found.push(node.name.text);
		if (ts.isElementAccessExpression(node) && isHelpers(node.expression)) found.push(node.getText());
		if (ts.isVariableDeclaration(node) && node.initializer && isHelpers(node.initializer)) found.push(node.getText());
		if (ts.isIdentifier(node) && node.text === 'fetch') found.push('fetch');
	});
	return found;
}

const tooLong = ({ text }: Source): boolean => text.split('\n').length - 1 > 250;

const shipped = [...sourcesIn('nodes', '.ts'), ...sourcesIn('credentials', '.ts')];
const sandbox = sourcesIn('sandbox', '.mts');
const named = (sources: Source[]) => sources.map((source) => [source.path, source] as const);

describe('layers', () => {
	it('are looked at', () => {
		expect(shipped.length).toBeGreaterThan(30);
		expect(sandbox.length).toBeGreaterThan(10);
	});

	it.each(named([...shipped, ...sandbox]))('%s imports only what lies below it', (_path, source) => {
		expect(layerFaults(source)).toEqual([]);
	});

	it.each([
		['nodes/meta/planted.ts', "import { resources } from '../Instagram/operations';", 'nodes/Instagram/operations'],
		['nodes/meta/planted.ts', "import type { A } from '../../credentials/x';", 'credentials/x'],
		[
			'nodes/meta/planted.ts',
			"type A = import('../InstagramTrigger/pipeline').Verdict;",
			'nodes/InstagramTrigger/pipeline',
		],
		[
			'nodes/Instagram/operations/post/planted.ts',
			"export { searchAccounts } from '../../listSearch/searchAccounts';",
			'nodes/Instagram/listSearch/searchAccounts',
		],
		[
			'nodes/InstagramTrigger/events/planted.ts',
			"import { judge } from '../pipeline';",
			'nodes/InstagramTrigger/pipeline',
		],
		['nodes/Instagram/planted.ts', "import axios from 'axios';", 'axios'],
		['nodes/Instagram/planted.ts', "const fs = require('node:fs');", 'node:fs'],
		['nodes/Instagram/planted.ts', "const fs = await import('node:fs/promises');", 'node:fs/promises'],
		['credentials/planted.ts', "import { x } from '../sandbox/server.mts';", 'sandbox/server.mts'],
		[
			'sandbox/graph/planted.mts',
			"import { ERROR_TABLE } from '../../nodes/meta/errorTable.ts';",
			'nodes/meta/errorTable.ts',
		],
	])('a wrong import is found: %s: %s', (path, text, fault) => {
		expect(layerFaults({ path, text })).toEqual([fault]);
	});
});

describe('HTTP', () => {
	it.each(named(shipped.filter(({ path }) => path.startsWith('nodes/') && !HTTP_FILES.includes(path))))(
		'%s sends no call of its own',
		(_path, source) => {
			expect(httpUses(source)).toEqual([]);
		},
	);

	it('is found where it is allowed, and where it would be hidden', () => {
		for (const file of HTTP_FILES)
			expect(httpUses(shipped.find(({ path }) => path === file)!)).toContain('httpRequestWithAuthentication');
		for (const text of [
			'this.helpers.httpRequest({})',
			'ctx.helpers.request.call(ctx)',
			"ctx.helpers['httpRequest']({})",
			'const { httpRequest } = this.helpers;',
			"await fetch('x')",
		]) {
			expect(httpUses({ path: 'nodes/planted.ts', text })).toHaveLength(1);
		}
	});
});

describe('files', () => {
	it('have at most 250 lines', () => {
		expect([...shipped, ...sandbox, ...sourcesIn('test', '.mts')].filter(tooLong).map(({ path }) => path)).toEqual([]);
		expect(tooLong({ path: 'x', text: 'a\n'.repeat(251) })).toBe(true);
		expect(tooLong({ path: 'x', text: 'a\n'.repeat(250) })).toBe(false);
	});
});
