import ts from 'typescript';
import { sourcesIn, type Source } from '../support/sources.mts';

/** Whose it is, how much of it there can be, and when it leaves memory. */
type Thought = { owner: string; bound: string; end: string };

/** With the object that it is about, which nothing else holds. */
const OF_ITS_OBJECT = (owner: string): Thought => ({ owner, bound: 'one each', end: 'with its owner' });

/**
 * Everything that a process keeps between two calls of the nodes, as `file name`. All tenants of an n8n share the
 * process: nobody may crowd out or hold up others with it, nothing may grow for ever, and no token may stay that is of no
 * use any more.
 */
const MEMORIES: Record<string, Thought> = {
	'nodes/Instagram/listSearch/searchAccounts.ts recent': { owner: 'login', bound: '100', end: 'a minute' },
	'nodes/Instagram/operations/parameters.ts runs': OF_ITS_OBJECT('run of a node'),
	'nodes/Instagram/operations/webhook/shared/newEvents.ts answers': OF_ITS_OBJECT('run of a node'),
	'nodes/Instagram/operations/webhook/shared/newEvents.ts last': {
		owner: 'process: n8n’s database is one for all',
		bound: 'one promise',
		end: 'it holds nothing',
	},
	'nodes/Instagram/run/finishedItems.ts unclear': OF_ITS_OBJECT('run of a node'),
	'nodes/InstagramTrigger/delivery/announced.ts wholeMessages': { owner: 'trigger', bound: '5,000', end: 'an hour' },
	'nodes/InstagramTrigger/delivery/handOver.ts repeats': { owner: 'trigger', bound: '20,000', end: 'an hour' },
	'nodes/InstagramTrigger/delivery/liveCopies.ts listeners': {
		owner: 'trigger',
		bound: 'one for each trigger',
		end: 'the test is over, or twenty minutes',
	},
	'nodes/InstagramTrigger/delivery/receive.ts firstMessages': {
		owner: 'trigger',
		bound: '20,000',
		end: 'the hours that the option says',
	},
	'nodes/InstagramTrigger/delivery/secrets.ts secretsInMemory': {
		owner: 'trigger and credential',
		bound: 'one for each trigger',
		end: 'a minute',
	},
	'nodes/InstagramTrigger/extras/cdnFile.ts bytesInHand': {
		owner: 'process: its memory is one for all',
		bound: 'a number',
		end: 'it holds nothing',
	},
	'nodes/InstagramTrigger/extras/senderProfile.ts profiles': { owner: 'credential', bound: '5,000', end: 'an hour' },
	'nodes/meta/limits/budgets.ts budgets': { owner: 'app or login', bound: '10,000', end: 'answered, or a day' },
	'nodes/meta/limits/pace.ts queues': { owner: 'app or login', bound: 'calls that wait', end: 'the last has left' },
	'nodes/meta/login/chooseAccount.ts looks': { owner: 'credential', bound: '1,000', end: 'a minute' },
	'nodes/meta/login/exchangeRequests.ts open': { owner: 'login', bound: 'nodes that wait', end: 'n8n has answered' },
	'nodes/meta/login/heldLogins.ts held': {
		owner: 'credential',
		bound: '1,000',
		end: 'saved, connected anew, or not used for 60 days',
	},
	'nodes/meta/login/heldLogins.ts underWay': { owner: 'credential', bound: 'nodes that wait', end: 'it is done' },
	'nodes/meta/login/prepareFacebookLogin.ts failedRenewals': { owner: 'login', bound: '1,000', end: 'a day' },
	'nodes/meta/time.ts day': { owner: 'process: time is one for all', bound: 'one', end: 'the next day' },
	'nodes/meta/webhooks/signature.ts keysOf': OF_ITS_OBJECT('list of secrets'),
};

/** Lists of Meta's numbers and names, which nothing may be added to. */
const isConstant = (text: string, name: string, made: ts.NewExpression): boolean =>
	(made.arguments?.length ?? 0) > 0 &&
	['Map', 'Set', 'RegExp'].includes(made.expression.getText()) &&
	!new RegExp(`\\b${name}\\.(add|set|delete|clear)\\(`).test(text);

/** What a file keeps beyond a call: what is made or can be changed outside of any function. */
function memoriesIn({ path, text }: Source): string[] {
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: string[] = [];
	const look = (name: string, initializer: ts.Expression | undefined, canChange: boolean) => {
		const made = initializer && ts.isNewExpression(initializer) ? initializer : undefined;
		const isEmptyList =
			initializer !== undefined &&
			((ts.isArrayLiteralExpression(initializer) && initializer.elements.length === 0) ||
				(ts.isObjectLiteralExpression(initializer) && initializer.properties.length === 0));
		if (canChange || isEmptyList || (made && !isConstant(text, name, made))) found.push(`${path} ${name}`);
	};
	for (const statement of file.statements) {
		if (ts.isVariableStatement(statement)) {
			const canChange = (statement.declarationList.flags & ts.NodeFlags.Const) === 0;
			for (const { name, initializer } of statement.declarationList.declarations)
				look(name.getText(), initializer, canChange);
		}
		if (!ts.isClassDeclaration(statement)) continue;
		for (const member of statement.members) {
			const isStatic =
				ts.isPropertyDeclaration(member) && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
			if (isStatic) look(member.name.getText(), member.initializer, true);
		}
	}
	return found;
}

const shipped = [...sourcesIn('nodes', '.ts'), ...sourcesIn('credentials', '.ts')];

describe('what a process keeps', () => {
	it('was thought about: it has an owner, a bound and an end', () => {
		expect(shipped.flatMap(memoriesIn).sort()).toEqual(Object.keys(MEMORIES).sort());
	});

	it.each([
		['const a = new Map<string, number>();', 'a'],
		['export const a = new Set<string>();', 'a'],
		["const a = new Set(['x']);\nexport const add = () => a.add('y');", 'a'],
		['const a = new WeakMap();', 'a'],
		['const a = new Memory<string>(1000, 10);', 'a'],
		['const a: string[] = [];', 'a'],
		['const a: Record<string, string> = {};', 'a'],
		['let a = 0;', 'a'],
		['class A { static a = 0; }', 'a'],
	])('is found: %s', (text, name) => {
		expect(memoriesIn({ path: 'x.ts', text })).toEqual([`x.ts ${name}`]);
	});

	it.each([
		"const A = new Set(['x']);",
		"const A = new RegExp('x');",
		'const a = () => new Map();',
		"const A = ['x'];",
		'function f() { let a = 0; }',
	])('is not: %s', (text) => {
		expect(memoriesIn({ path: 'x.ts', text })).toEqual([]);
	});
});
