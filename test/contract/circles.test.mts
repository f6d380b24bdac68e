import { importsOf, sourcesIn, type Source } from '../support/sources.mts';

const shipped = [...sourcesIn('nodes', '.ts'), ...sourcesIn('credentials', '.ts')];

/** The first circle of imports that is met, as the files along it; none where there is none. */
function circleIn(sources: Source[]): string[] {
	const byPath = new Map(sources.map((source) => [source.path, source]));
	const fileOf = (name: string): string | undefined =>
		[`${name}.ts`, `${name}/index.ts`].find((path) => byPath.has(path));
	const done = new Set<string>();
	const follow = (path: string, way: string[]): string[] => {
		const at = way.indexOf(path);
		if (at >= 0) return [...way.slice(at), path];
		if (done.has(path)) return [];
		for (const name of importsOf(byPath.get(path)!)) {
			const next = fileOf(name);
			const found = next ? follow(next, [...way, path]) : [];
			if (found.length > 0) return found;
		}
		done.add(path);
		return [];
	};
	for (const { path } of sources) {
		const found = follow(path, []);
		if (found.length > 0) return found;
	}
	return [];
}

describe('imports', () => {
	it('of shipped code go in no circle, those of types included', () => {
		expect(circleIn(shipped)).toEqual([]);
	});

	it('would be found if they did, through an index as well', () => {
		const planted = [
			{ path: 'nodes/a.ts', text: "import type { B } from './b';" },
			{ path: 'nodes/b/index.ts', text: "export { c } from './c';" },
			{ path: 'nodes/b/c.ts', text: "import { a } from '../a';" },
		];
		expect(circleIn(planted)).toEqual(['nodes/a.ts', 'nodes/b/index.ts', 'nodes/b/c.ts', 'nodes/a.ts']);
		expect(circleIn(planted.slice(0, 2))).toEqual([]);
	});
});
