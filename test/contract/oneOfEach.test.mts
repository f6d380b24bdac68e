import { basename } from 'node:path';
import { resources } from '../../nodes/Instagram/operations/index.ts';
import type { Operation } from '../../nodes/Instagram/operations/define.ts';
import { readers } from '../../nodes/InstagramTrigger/events/index.ts';
import { importsOf, madeBy, sourcesIn, type Source } from '../support/sources.mts';

const nameOf = ({ path }: Source) => basename(path, '.ts');
/** The files of a folder itself: what several of them share lies deeper. */
const inFolder = (sources: Source[], folder: string) =>
	sources.filter(({ path }) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/'));

/** What breaks "one operation is one file and one line of its index". */
function folderFaults(folder: string, sources: Source[], operations: Array<Pick<Operation, 'value'>>): string[] {
	const files = inFolder(sources, folder);
	const index = files.find((source) => nameOf(source) === 'index');
	if (!index) return ['no index'];
	const exported = importsOf(index).map((path) => basename(path));
	const faults = files
		.filter((source) => source !== index)
		.flatMap((source) => {
			const name = nameOf(source);
			const made = madeBy(source, 'operation');
			return [
				...(made.length === 1 && made[0] === name ? [] : [`${name} makes ${made.join(', ') || 'nothing'}`]),
				...(exported.filter((path) => path === name).length === 1 ? [] : [`${name} is not exported once`]),
				...(operations.filter(({ value }) => value === name).length === 1
					? []
					: [`${name} is no value of an operation`]),
			];
		});
	return operations.length === files.length - 1 ? faults : [...faults, 'operations and files differ in number'];
}

/** Operations that no test runs by name. */
function untested(
	tests: Source[],
	list: Array<{ value: string; operations: Array<Pick<Operation, 'value'>> }>,
): string[] {
	const all = list.flatMap(({ value, operations }) =>
		operations.map((operation) => `'${value}', '${operation.value}'`),
	);
	return all.filter((pair) => !tests.some(({ text }) => text.includes(pair)));
}

const sources = sourcesIn('nodes/Instagram/operations', '.ts');

describe('operations', () => {
	it.each(resources.map((resource) => [resource.value, resource] as const))(
		'%s: one per file, once in the index, named like its file',
		(value, { operations }) => {
			expect(folderFaults(`nodes/Instagram/operations/${value}`, sources, operations)).toEqual([]);
		},
	);

	it('lie in a folder per resource, and every folder but the shared one is a resource', () => {
		const folders = new Set(sources.map(({ path }) => path.split('/')[3]).filter((name) => !name.endsWith('.ts')));
		expect([...folders].sort()).toEqual([...resources.map(({ value }) => value), 'shared'].sort());
	});

	it('share parts that make none', () => {
		const isPart = ({ path }: Source) => path.split('/').length > 5 || path.split('/')[3] === 'shared';
		expect(sources.filter(isPart).length).toBeGreaterThan(20);
		expect(sources.filter(isPart).flatMap((source) => madeBy(source, 'operation'))).toEqual([]);
	});

	it('each have a test that runs them', () => {
		expect(untested(sourcesIn('test/Instagram', '.test.mts'), resources)).toEqual([]);
	});

	it('are looked at closely enough to find what is wrong', () => {
		const one = (name: string, text: string): Source => ({ path: `f/${name}.ts`, text });
		const good = [one('index', "export { hide } from './hide';"), one('hide', 'export const hide = operation({});')];
		const check = (files: Source[], values = ['hide']) =>
			folderFaults(
				'f',
				files,
				values.map((value) => ({ value })),
			);
		expect(check(good)).toEqual([]);
		expect(check([good[1]])).toEqual(['no index']);
		expect(check(good, ['unhide'])).toEqual(['hide is no value of an operation']);
		expect(check(good, ['hide', 'other'])).toEqual(['operations and files differ in number']);
		expect(check([one('index', ''), good[1]])).toEqual(['hide is not exported once']);
		expect(
			check([good[0], one('hide', 'export const hide = operation({}); export const more = operation({});')]),
		).toEqual(['hide makes hide, more']);
		expect(check([good[0], one('hide', 'export const show = operation({});')])).toEqual(['hide makes show']);
		// Where the name is a word of the language.
		expect(check([good[0], one('hide', 'const hideIt = operation({}); export { hideIt as hide };')])).toEqual([]);
		expect(
			untested(
				[one('x', "run('post', 'get')")],
				[{ value: 'post', operations: [{ value: 'get' }, { value: 'delete' }] }],
			),
		).toEqual(["'post', 'delete'"]);
	});
});

/** n8n's lint takes a file named test.ts for a leftover. */
const eventOf = (file: string): string => (file === 'testPayload' ? 'test' : file);

/** What breaks "one event is one reader in a file of its name". */
function readerFaults(files: Source[], known: string[]): string[] {
	const faults = files.flatMap((source) => {
		const made = madeBy(source, 'reader');
		const name = nameOf(source);
		return made.length === 1 && made[0] === name && known.filter((event) => event === eventOf(name)).length === 1
			? []
			: [`${name} makes ${made.join(', ') || 'nothing'}`];
	});
	return known.length === files.length ? faults : [...faults, 'readers and files differ in number'];
}

describe('events', () => {
	const shared = 'nodes/InstagramTrigger/events/shared';
	const files = sourcesIn('nodes/InstagramTrigger/events', '.ts').filter(
		(source) => !['define', 'index'].includes(nameOf(source)) && !source.path.startsWith(`${shared}/`),
	);

	it('have one reader each, in a file of their name, and all readers are known', () => {
		expect(
			readerFaults(
				files,
				readers.map(({ event }) => event),
			),
		).toEqual([]);
	});

	it('share parts that make no readers', () => {
		expect(sourcesIn(shared, '.ts').flatMap((source) => madeBy(source, 'reader'))).toEqual([]);
	});

	it('are looked at closely enough to find what is wrong', () => {
		const file: Source = { path: 'events/seen.ts', text: 'export const seen = reader({});' };
		expect(readerFaults([file], ['seen'])).toEqual([]);
		expect(readerFaults([file], [])).toEqual(['seen makes seen', 'readers and files differ in number']);
		expect(
			readerFaults([{ ...file, text: 'export const seen = reader({}); export const read = reader({});' }], ['seen']),
		).toEqual(['seen makes seen, read']);
	});
});
