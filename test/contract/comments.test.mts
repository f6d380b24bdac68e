import { sourcesIn, type Source } from '../support/sources.mts';

/** Numbers of a page that nobody else has, and names of such pages: a reader cannot follow them. */
const PRIVATE = /\bsections? \d+(\.\d+)*|\bfact sheet|\/work\/shared|\b(meta-api|field-reports)\.md/i;

/** Comments that send their reader to a page that is not in the repository. */
function privateCitations({ path, text }: Source): string[] {
	const comments = text
		.split('\n')
		.map((line, index) => ({ at: `${path}:${index + 1}`, comment: /(?:^\s*\*|\/\/|\/\*)(.*)$/.exec(line)?.[1] ?? '' }));
	return comments
		.filter(({ comment }) => PRIVATE.test(comment))
		.map(({ at, comment }) => `${at}: ${PRIVATE.exec(comment)![0]}`);
}

describe('comments', () => {
	const FOLDERS = ['nodes', 'credentials', 'sandbox', 'test', 'tools', 'bench', '.ci'];
	const sources = FOLDERS.flatMap((folder) =>
		['.ts', '.mts', '.mjs', '.cjs'].flatMap((ending) => sourcesIn(folder, ending)),
	);

	it('cite pages that everybody can open', () => {
		expect(sources.length).toBeGreaterThan(500);
		expect(sources.flatMap(privateCitations)).toEqual([]);
	});

	it('are looked at closely enough to find what is wrong', () => {
		const planted = [
			'/** Likes (~ 8.4). */',
			' * by the table of ~ 7.1',
			'const a = 1; // ~s 4.5 to 4.7',
			'// see the fact%sheet',
			'/** @see https://www.rfc-editor.org/rfc/rfc9110#~-7.6.1 */',
			'const text = "~ 9";',
		];
		expect(
			privateCitations({ path: 'x', text: planted.join('\n').replaceAll('~', 'section').replaceAll('%', ' ') }),
		).toEqual(['x:1: section 8.4', 'x:2: section 7.1', 'x:3: sections 4.5', 'x:4: fact sheet']);
	});
});
