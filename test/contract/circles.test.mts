import { dirname } from 'node:path';
import { importsOf, sourcesIn, type Source } from '../support/sources.mts';

/** What leads where: a file or a room -> those that it imports. */
type Links = Map<string, Set<string>>;

const shipped = [...sourcesIn('nodes', '.ts'), ...sourcesIn('credentials', '.ts')];
const sandbox = sourcesIn('sandbox', '.mts');

/** The file that an import leads to, if it is one of these. */
const fileNamed = (links: Links, name: string): string | undefined =>
	[name, `${name}.ts`, `${name}/index.ts`].find((path) => links.has(path));

/** Each file, and the files that it imports. */
function fileLinks(sources: Source[]): Links {
	const links: Links = new Map(sources.map(({ path }) => [path, new Set()]));
	for (const source of sources) {
		for (const name of importsOf(source)) {
			const file = fileNamed(links, name);
			if (file) links.get(source.path)!.add(file);
		}
	}
	return links;
}

/** Every folder that holds one of the files, at any depth. */
function foldersOf(files: Iterable<string>): Set<string> {
	const found = new Set<string>();
	for (const file of files) {
		for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) found.add(folder);
	}
	return found;
}

/** The direct child of a folder, a file or a subfolder, that a file is or is in. */
const roomOf = (folder: string, file: string): string | undefined =>
	file.startsWith(`${folder}/`) ? `${folder}/${file.slice(folder.length + 1).split('/')[0]}` : undefined;

/** Each room of a folder, and the other rooms of it that its files import. */
function roomLinks(folder: string, links: Links): Links {
	const rooms: Links = new Map();
	for (const [file, imported] of links) {
		const room = roomOf(folder, file);
		if (!room) continue;
		const others = rooms.get(room) ?? new Set();
		for (const target of imported) {
			const other = roomOf(folder, target);
			if (other && other !== room) others.add(other);
		}
		rooms.set(room, others);
	}
	return rooms;
}

/** The first circle that is met, as the way along it; none where there is none. */
function circleIn(links: Links): string[] {
	const done = new Set<string>();
	const follow = (at: string, way: string[]): string[] => {
		const before = way.indexOf(at);
		if (before >= 0) return [...way.slice(before), at];
		if (done.has(at)) return [];
		for (const next of links.get(at) ?? []) {
			const found = follow(next, [...way, at]);
			if (found.length > 0) return found;
		}
		done.add(at);
		return [];
	};
	for (const start of links.keys()) {
		const found = follow(start, []);
		if (found.length > 0) return found;
	}
	return [];
}

/** A circle of each folder whose rooms have one. */
function roomCircles(links: Links): string[][] {
	return [...foldersOf(links.keys())]
		.map((folder) => circleIn(roomLinks(folder, links)))
		.filter((circle) => circle.length > 0);
}

/** Sources from lines such as `a.mts: b.mts c.mts`: a file, and what it imports, by paths from where it is. */
const planted = (lines: string[]): Source[] =>
	lines.map((line) => {
		const [path, names = ''] = line.split(':');
		return {
			path,
			text: names
				.split(' ')
				.filter(Boolean)
				.map((name) => `import type { X } from '${name}';`)
				.join('\n'),
		};
	});

const shippedLinks = fileLinks(shipped);
const sandboxLinks = fileLinks(sandbox);

/** Code whose files import each other in no circle. */
const FILES: Array<[string, Links]> = [
	['shipped code', shippedLinks],
	['shipped code', shippedLinks],
	['the sandbox', sandboxLinks],
];

/** Code in each folder of which the rooms import each other in no circle. */
const HOUSES: Array<[string, Links]> = [
	['shipped code', shippedLinks],
	['the sandbox', sandboxLinks],
];

describe('imports', () => {
	it('of the repository are all followed', () => {
		const lost = (sources: Source[], links: Links) =>
			sources.flatMap((source) =>
				importsOf(source).filter((name) => /^(nodes|credentials|sandbox)(\/|$)/.test(name) && !fileNamed(links, name)),
			);
		expect(lost(shipped, shippedLinks)).toEqual([]);
		expect(lost(sandbox, sandboxLinks)).toEqual([]);
		expect(lost(planted(['sandbox/a.mts: ./b.mts']), new Map())).toEqual(['sandbox/b.mts']);
	});

	it.each(FILES)('of files of %s go in no circle, those of types included', (_name, links) => {
		expect(circleIn(links)).toEqual([]);
	});

	it.each(HOUSES)('of rooms of %s go in no circle, in no folder', (_name, links) => {
		expect(roomCircles(links)).toEqual([]);
	});

	it('would be found if they did: among files', () => {
		const files = fileLinks(
			planted(['sandbox/a.mts: ./b.mts', 'sandbox/b.mts: ./c/d.mts', 'sandbox/c/d.mts: ../b.mts']),
		);
		expect(circleIn(files)).toEqual(['sandbox/b.mts', 'sandbox/c/d.mts', 'sandbox/b.mts']);
	});

	it('would be found if they did: through an index', () => {
		const files = [
			{ path: 'nodes/a.ts', text: "import type { B } from './b';" },
			{ path: 'nodes/b/index.ts', text: "export { c } from './c';" },
			{ path: 'nodes/b/c.ts', text: "import { a } from '../a';" },
		];
		expect(circleIn(fileLinks(files))).toEqual(['nodes/a.ts', 'nodes/b/index.ts', 'nodes/b/c.ts', 'nodes/a.ts']);
		expect(circleIn(fileLinks(files.slice(0, 2)))).toEqual([]);
	});

	it.each([
		[
			'two folders',
			[
				'sandbox/x/left/a.mts: ../right/b.mts',
				'sandbox/x/left/d.mts',
				'sandbox/x/right/b.mts',
				'sandbox/x/right/c.mts: ../left/d.mts',
			],
			['sandbox/x/left', 'sandbox/x/right', 'sandbox/x/left'],
		],
		[
			'a file and a folder',
			['sandbox/x.mts: ./y/a.mts', 'sandbox/y/a.mts', 'sandbox/y/deep/b.mts: ../../x.mts'],
			['sandbox/x.mts', 'sandbox/y', 'sandbox/x.mts'],
		],
	])('would be found if they did: among rooms, %s, though no files do', (_name, lines, circle) => {
		const links = fileLinks(planted(lines));
		expect(circleIn(links)).toEqual([]);
		expect(roomCircles(links)).toEqual([circle]);
	});

	it('are none where a file beside the rooms brings them together, and all stand on one ground', () => {
		const links = fileLinks(
			planted([
				'sandbox/x/index.mts: ./left/a.mts ./right/b.mts ./ground.mts',
				'sandbox/x/left/a.mts: ./c.mts ../ground.mts',
				'sandbox/x/left/c.mts: ../ground.mts',
				'sandbox/x/right/b.mts: ../left/c.mts ../left/a.mts ../../above.mts',
				'sandbox/x/ground.mts',
				'sandbox/above.mts',
			]),
		);
		expect(circleIn(links)).toEqual([]);
		expect(roomCircles(links)).toEqual([]);
	});
});
