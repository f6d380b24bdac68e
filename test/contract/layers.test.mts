import ts from 'typescript';
import { importsOf, sourcesIn, visit, type Source } from '../support/sources.mts';

const OUTSIDE = ['n8n-workflow', 'node:crypto'];

const META = 'nodes/meta/';
const SHARED = 'nodes/shared/';
const OPERATIONS = 'nodes/Instagram/operations/';
const TRIGGER = 'nodes/InstagramTrigger/';

const inFolder = (folder: string, ...names: string[]): string[] => names.map((name) => `${folder}${name}`);

/** What stands on the ground of `nodes/meta`: it imports nothing of the repository but itself. */
const GROUND = inFolder(META, 'accounts', 'constants', 'memory', 'time', 'input/');
/** What every call to Meta needs. */
const CALLING = [...GROUND, ...inFolder(META, 'errors/', 'connection', 'graph/')];

/**
 * File or folder -> what it may import of the repository besides its own folder: folders (with a slash at the end) or
 * single files. `*` stands for one folder. The first match counts, so the most specific come
 * first; what no row names may import nothing.
 */
const LAYERS: Array<[string, string[]]> = [
	...inFolder(META, 'accounts.ts', 'constants.ts', 'memory.ts', 'time.ts', 'input/').map((path): [string, string[]] => [
		path,
		[],
	]),
	[`${META}errors/`, GROUND],
	[`${META}connection.ts`, [...GROUND, `${META}errors/`]],
	[`${META}limits/`, [...GROUND, ...inFolder(META, 'errors/', 'connection')]],
	[`${META}graph/`, [...GROUND, ...inFolder(META, 'errors/', 'connection', 'limits/')]],
	[`${META}login/`, CALLING],
	[`${META}messages/`, CALLING],
	[`${META}publishing/`, CALLING],
	[`${META}reading/`, [...CALLING, `${META}messages/`]],
	[`${META}webhooks/`, [...CALLING, `${META}login/`]],
	[`${META}checks/`, [...CALLING, ...inFolder(META, 'login/', 'webhooks/fields', 'webhooks/subscriptions')]],

	...inFolder(OPERATIONS, 'parameters.ts', 'rateLimitWait.ts').map((path): [string, string[]] => [path, []]),
	[`${OPERATIONS}values.ts`, [`${META}input/`]],
	[`${OPERATIONS}define.ts`, [META, `${OPERATIONS}rateLimitWait`]],
	[
		`${OPERATIONS}context.ts`,
		[META, ...inFolder(OPERATIONS, 'define', 'parameters', 'rateLimitWait', 'shared/', 'values')],
	],
	[`${OPERATIONS}index.ts`, [OPERATIONS]],
	[`${OPERATIONS}shared/`, [META, `${OPERATIONS}define`]],
	// A resource knows no other one.
	[`${OPERATIONS}*/`, [META, ...inFolder(OPERATIONS, 'define', 'shared/')]],

	['nodes/Instagram/listSearch/', [META, SHARED]],
	['nodes/Instagram/run/', [META, OPERATIONS]],
	['nodes/Instagram/sendAndWait/', [`${OPERATIONS}shared/`]],
	['nodes/Instagram/Instagram.node.ts', [META, SHARED, 'nodes/Instagram/']],

	[`${TRIGGER}pattern/`, []],
	[`${TRIGGER}address/`, inFolder(META, 'connection', 'graph/')],
	[`${TRIGGER}events/`, inFolder(META, 'time', 'webhooks/fields')],
	[`${TRIGGER}extras/`, [META, `${TRIGGER}events/`]],
	[`${TRIGGER}delivery/`, [META, SHARED, ...inFolder(TRIGGER, 'address/', 'events/', 'extras/', 'pattern/')]],
	[`${TRIGGER}appCallbacks/`, [META, `${TRIGGER}delivery/`]],
	[`${TRIGGER}panel/`, [SHARED, ...inFolder(TRIGGER, 'appCallbacks/', 'events/')]],
	[
		`${TRIGGER}subscription/`,
		[META, SHARED, ...inFolder(TRIGGER, 'address/', 'appCallbacks/', 'delivery/', 'events/')],
	],
	[`${TRIGGER}route.ts`, inFolder(TRIGGER, 'appCallbacks/', 'delivery/')],
	[`${TRIGGER}InstagramTrigger.node.ts`, [META, SHARED, TRIGGER]],

	[SHARED, [`${META}connection`]],
	['credentials/', inFolder(META, 'constants', 'errors/', 'graph/', 'login/')],
];

const ROWS = LAYERS.map(([place, allowed]) => ({
	place,
	allowed,
	pattern: new RegExp(`^${place.replaceAll('.', '\\.').replace('*', '[^/]+')}`),
}));

/** What a file may import of the repository, by the first row that names it. */
function allowedFor(path: string): string[] {
	for (const { place, allowed, pattern } of ROWS) {
		const match = pattern.exec(path);
		if (match) return place.endsWith('/') ? [...allowed, match[0]] : allowed;
	}
	return [];
}

/** Imports that cross a layer the wrong way. */
function layerFaults(source: Source): string[] {
	const { path } = source;
	const isLocal = (name: string) => /^(nodes|credentials|sandbox|test|tools|bench|examples)(\/|$)|^\.\./.test(name);
	if (path.startsWith('sandbox/')) return importsOf(source).filter((name) => /^(nodes|credentials|dist)\//.test(name));
	const allowed = allowedFor(path);
	const isAllowed = (name: string) =>
		allowed.some((entry) => (entry.endsWith('/') ? `${name}/`.startsWith(entry) : name === entry));
	return importsOf(source).filter((name) => (isLocal(name) ? !isAllowed(name) : !OUTSIDE.includes(name)));
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

	it.each(ROWS)('$place is a place that there is', ({ pattern }) => {
		expect(shipped.some(({ path }) => pattern.test(path))).toBe(true);
	});

	it.each(
		// prettier-ignore
		[
			['nodes/meta/planted.ts', "import { resources } from '../Instagram/operations';", 'nodes/Instagram/operations'],
			['nodes/meta/planted.ts', "import type { A } from '../../credentials/x';", 'credentials/x'],
			['nodes/meta/planted.ts', "type A = import('../InstagramTrigger/delivery/judge').Verdict;", 'nodes/InstagramTrigger/delivery/judge'],
			['nodes/Instagram/operations/post/planted.ts', "export { searchAccounts } from '../../listSearch/searchAccounts';", 'nodes/Instagram/listSearch/searchAccounts'],
			['nodes/InstagramTrigger/events/planted.ts', "import { judge } from '../delivery/judge';", 'nodes/InstagramTrigger/delivery/judge'],
			['nodes/Instagram/planted.ts', "import axios from 'axios';", 'axios'],
			['nodes/Instagram/planted.ts', "const fs = require('node:fs');", 'node:fs'],
			['nodes/Instagram/planted.ts', "const fs = await import('node:fs/promises');", 'node:fs/promises'],
			['credentials/planted.ts', "import { x } from '../sandbox/server.mts';", 'sandbox/server.mts'],
			['credentials/planted.ts', "import { publishOnce } from '../nodes/meta/publishing/publishOnce';", 'nodes/meta/publishing/publishOnce'],
			['nodes/meta/time.ts', "import { FACEBOOK_GRAPH_URL } from './constants';", 'nodes/meta/constants'],
			['nodes/meta/newcomer.ts', "import { isoFromGraph } from './time';", 'nodes/meta/time'],
			['nodes/meta/input/planted.ts', "import type { Connection } from '../connection';", 'nodes/meta/connection'],
			['nodes/meta/errors/planted.ts', "import { callGraph } from '../graph/call';", 'nodes/meta/graph/call'],
			['nodes/meta/limits/planted.ts', "import { callGraph } from '../graph/call';", 'nodes/meta/graph/call'],
			['nodes/meta/graph/planted.ts', "import { fingerprint } from '../login/request';", 'nodes/meta/login/request'],
			['nodes/meta/login/planted.ts', "import { readCallback } from '../webhooks/subscriptions';", 'nodes/meta/webhooks/subscriptions'],
			['nodes/meta/messages/planted.ts', "import { tidy } from '../reading/tidy';", 'nodes/meta/reading/tidy'],
			['nodes/Instagram/operations/define.ts', "import { resources } from '.';", 'nodes/Instagram/operations'],
			['nodes/Instagram/operations/shared/planted.ts', "import { sendMessage } from '../message/shared/sending';", 'nodes/Instagram/operations/message/shared/sending'],
			['nodes/Instagram/operations/mention/planted.ts', "import { commentIdField } from '../comment/shared/comments';", 'nodes/Instagram/operations/comment/shared/comments'],
			['nodes/Instagram/operations/post/planted.ts', "import { runContext } from '../context';", 'nodes/Instagram/operations/context'],
			['nodes/Instagram/listSearch/planted.ts', "import { resources } from '../operations';", 'nodes/Instagram/operations'],
			['nodes/InstagramTrigger/events/planted.ts', "import { callGraph } from '../../meta/graph/call';", 'nodes/meta/graph/call'],
			['nodes/InstagramTrigger/extras/planted.ts', "import { filtersOf } from '../delivery/settings';", 'nodes/InstagramTrigger/delivery/settings'],
			['nodes/InstagramTrigger/delivery/planted.ts', "import { subscribe } from '../subscription/subscribe';", 'nodes/InstagramTrigger/subscription/subscribe'],
			['nodes/shared/planted.ts', "import { openConnection } from '../meta/login/openConnection';", 'nodes/meta/login/openConnection'],
			['sandbox/graph/planted.mts', "import { ERROR_TABLE } from '../../nodes/meta/errors/table.ts';", 'nodes/meta/errors/table.ts'],
		],
	)('a wrong import is found: %s: %s', (path, text, fault) => {
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
