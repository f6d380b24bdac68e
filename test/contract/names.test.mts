import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readText, sourcesIn } from '../support/sources.mts';
import { benches, commandFaults } from './documentCommands.mts';
import { codeIn, document, documents, matches, type Document } from './documents.mts';
import { OTHER_NAMES } from './otherNames.mts';
import { CREDENTIALS, labelsOf, SHOWN } from './shownNames.mts';

const root = join(__dirname, '../..');

describe('commands in documents', () => {
	it.each(documents)('exist: $path', (one) => {
		expect(commandFaults(one)).toEqual([]);
	});

	it('are looked at closely enough to find what is wrong', () => {
		expect(benches.size).toBeGreaterThan(3);
		const text =
			'`npm run built`, `npm run bench -- tirgger`, `npm test -- test/mata`, `--only=retry,extra`\n| `npm run bench -- <name>` | figures: `messages`, `webhooks` |';
		expect(commandFaults(document(text))).toEqual([
			'no script "built"',
			'no bench "tirgger"',
			'no bench "webhooks"',
			...[...benches].filter((bench) => bench !== 'messages').map((bench) => `bench "${bench}" is missing`),
			'no tests "test/mata"',
			'no suite "extra"',
		]);
	});
});

describe('files in documents', () => {
	/** The tree of a document: every entry by its path from the root, folders with a slash. Two blanks in front are one level. */
	function treeOf(text: string): string[] {
		const block = matches(text, /```\n(credentials\/[^]*?)```/g)[0] ?? '';
		const open: string[] = [];
		return block
			.split('\n')
			.filter((line) => /^ *[\w.]+\/?( |$)/.test(line))
			.flatMap((line) => {
				const depth = /^ */.exec(line)![0].length / 2;
				if (!Number.isInteger(depth) || depth > open.length) return [];
				// Several folders may share a line.
				const names = /^\S+\/( \S+\/)* |^\S+/.exec(`${line.trim()} `)![0].trim().split(' ');
				const paths = names.map((name) => join(...open.slice(0, depth), name));
				open.splice(depth, open.length, names[0]);
				return paths;
			});
	}

	const tree = treeOf(readText('docs/architecture.md'));
	/** Files that the tree names: elsewhere their names will do without a folder. */
	const inTree = new Set(tree.filter((path) => !path.endsWith('/')).map((path) => basename(path)));
	const TOP = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory() && name !== 'dist');

	/** Paths that lead nowhere, and names of files of which nobody can tell where they are. */
	function fileFaults({ path, text }: Document): string[] {
		const faults = treeOf(text)
			.filter((entry) => !existsSync(join(root, entry)))
			.map((entry) => `no ${entry} (tree)`);
		for (const name of codeIn(text)) {
			// `<resource>` stands for any name: what is before it must be there.
			const literal = name.replace(/<.*$/, '');
			const isPath = TOP.some((folder) => name.startsWith(`${folder}/`)) || name.startsWith('.ci/');
			const isFile = /^[\w./]*\w\.(ts|mts|mjs|cjs|md|json)$/.test(name);
			if (!isPath && !isFile) continue;
			const isThere = existsSync(join(root, literal)) || existsSync(join(root, dirname(path), literal));
			if (!isThere && !(isFile && inTree.has(name))) faults.push(`no ${name}`);
		}
		return faults;
	}

	it.each(documents)('exist: $path', (one) => {
		expect(fileFaults(one)).toEqual([]);
	});

	it('have a line in the tree for each folder that one must know', () => {
		const PARENTS = [
			'.',
			'nodes',
			'nodes/meta',
			'nodes/Instagram',
			'nodes/InstagramTrigger',
			'sandbox',
			'sandbox/graph',
			'test',
			'tools',
		];
		const folders = PARENTS.flatMap((parent) =>
			readdirSync(join(root, parent), { withFileTypes: true })
				.filter((entry) => entry.isDirectory())
				.map((entry) => join(parent, entry.name)),
		);
		const isOurs = (path: string) => !/^\.git$|^\.ci$|^dist$|^coverage$|node_modules/.test(path);
		expect(folders.filter(isOurs).filter((path) => !tree.includes(`${path}/`))).toEqual([]);
	});

	it('are looked at closely enough to find what is wrong', () => {
		const text =
			'```\ncredentials/   logins\nnodes/\n  mata/  Meta\n  meta/ mota/  Meta\n    graph/  calls\n    gate.ts  waits\n```\n`nodes/meta/gate.ts` `gone.ts` `test/<any>/x` `docs/<name>.md` `tast/x` `meta` `architecture.md`';
		expect(treeOf(text)).toEqual([
			'credentials/',
			'nodes/',
			'nodes/mata/',
			'nodes/meta/',
			'nodes/mota/',
			'nodes/meta/graph/',
			'nodes/meta/gate.ts',
		]);
		expect(fileFaults(document(text))).toEqual([
			'no nodes/mata/ (tree)',
			'no nodes/mota/ (tree)',
			'no nodes/meta/gate.ts (tree)',
			'no nodes/meta/gate.ts',
			'no gone.ts',
		]);
	});
});

describe('names in documents', () => {
	const others = Object.values(OTHER_NAMES).flat();
	const code = [...sourcesIn('nodes', '.ts'), ...sourcesIn('credentials', '.ts')]
		.map(({ text }) => text)
		.join('\n')
		.replaceAll("\\'", "'");

	const setOff = (text: string): string[] =>
		matches(text.replace(/```[^]*?```|`[^`]*`/g, ''), /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|"([^"]+)"/g);

	/** `Instagram > Account > Check Connection`, `Create credential > Instagram Login OAuth2 API` */
	function isShownPath(name: string): boolean {
		const parts = name.split(' > ');
		if (parts.length === 2 && parts[0] === 'Create credential') return CREDENTIALS.has(parts[1]);
		const [operation, ...before] = [parts.slice(-2).join(': '), ...parts.slice(0, -2)];
		return parts.length > 1 && SHOWN.has(operation) && before.every((part) => SHOWN.has(part));
	}

	const isSentence = (name: string) => /[.!?]$/.test(name);
	/** Messages are cited by their beginning or whole. */
	const isMessage = (name: string) => name.split(' ').length > 3 && code.includes(name);

	/** What a document sets off from its text, and nobody shows. */
	const nameFaults = ({ text }: Document): string[] =>
		setOff(text)
			.filter(
				(name) =>
					!isSentence(name) && !SHOWN.has(name) && !isShownPath(name) && !isMessage(name) && !others.includes(name),
			)
			.map((name) => `nothing is called "${name}"`);

	/** Steps in n8n: what they fill in must be a field of the credential that they are about. */
	function fieldFaults({ text }: Document): string[] {
		let labels: string[] = [];
		return text
			.split('\n')
			.filter((line) => /^(\d\. )?(n8n:|In n8n)/.test(line))
			.flatMap((line) => {
				const bold = matches(line, /\*\*([^*]+)\*\*/g);
				for (const name of bold) labels = CREDENTIALS.get(name.replace('Create credential > ', '')) ?? labels;
				return bold
					.filter(
						(name) =>
							!labels.includes(name) &&
							!OTHER_NAMES.n8n.includes(name) &&
							!CREDENTIALS.has(name.replace('Create credential > ', '')),
					)
					.map((name) => `the credential has no field "${name}"`);
			});
	}

	/** Names of code in backticks that no code has. */
	const codeFaults = ({ text }: Document): string[] =>
		codeIn(text)
			.filter((name) => /^[a-z]+(_[a-z_]*|[a-z]*[A-Z]\w*)$/.test(name) && !code.includes(name))
			.map((name) => `no code has "${name}"`);

	it.each(documents)('are what people see: $path', (one) => {
		expect([...nameFaults(one), ...fieldFaults(one)]).toEqual([]);
	});

	it.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/connect.md'])(
		'of code are in the code: %s',
		(path) => {
			expect(codeFaults({ path, text: readText(path) })).toEqual([]);
		},
	);

	it('of others are still needed', () => {
		const all = new Set(documents.flatMap(({ text }) => setOff(text)));
		expect(others.filter((name) => !all.has(name))).toEqual([]);
	});

	it('of the fields that n8n labels by itself are those labels', () => {
		expect(
			labelsOf({
				properties: [
					{ displayName: 'App ID', name: 'clientId', type: 'string', default: '' },
					{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
				],
			}),
		).toEqual(['Client ID']);
		for (const name of ['Instagram App ID', 'Instagram App Secret', 'Token Session'])
			expect([name, SHOWN.has(name)]).toEqual([name, false]);
		for (const name of [
			'Client ID',
			'Webhook: Get Status',
			'Setup: Manual',
			'Wait When Rate Limited',
			'Copy Live Events to Test',
			'Pages in Business Portfolios',
		])
			expect([name, SHOWN.has(name)]).toEqual([name, true]);
	});

	it('are looked at closely enough to find what is wrong', () => {
		const text =
			'*Webhook: Get State*, **Account > Check Connexion**, "Instagram App ID", *Setup: By hand*, **Create credential > Instagram API**, *This login reaches no Facebook account*, `longLivedFur`, *Setup: Manual*';
		expect([...nameFaults(document(text)), ...codeFaults(document(text))]).toEqual([
			'nothing is called "Webhook: Get State"',
			'nothing is called "Account > Check Connexion"',
			'nothing is called "Instagram App ID"',
			'nothing is called "Setup: By hand"',
			'nothing is called "Create credential > Instagram API"',
			'nothing is called "This login reaches no Facebook account"',
			'no code has "longLivedFur"',
		]);
		const steps =
			'2. n8n: **Create credential > Instagram Login OAuth2 API**.\n5. n8n: enter the ID as **App ID**, the text as **Webhook Verify Token**, click **Connect**.';
		expect(fieldFaults(document(steps))).toEqual(['the credential has no field "App ID"']);
	});
});
